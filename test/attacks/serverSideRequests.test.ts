import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, besiege, type Siege } from '../support/besiege.js';

/** OWASP A10 (2021): the desk fetches no address that somebody gives. A listener on this machine tells when it does. */
let siege: Siege;
let listener: Server;
let canary: string;
const knocks: string[] = [];

beforeAll(async () => {
  listener = createServer((req, res) => {
    knocks.push(String(req.url));
    res.end('secret of the inside');
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  canary = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  siege = await besiege();
});
afterAll(async () => {
  listener.close();
  await siege.stop();
});

const forms = (): string[] => {
  const [host, port] = canary.split(':');
  return [
    `http://${canary}/plain`,
    `http://user:pass@${canary}/user`,
    `http://localhost:${port}/name`,
    `http://2130706433:${port}/number`,
    `http://0x7f000001:${port}/hexadecimal`,
    `http://0177.0.0.1:${port}/octal`,
    `http://127.1:${port}/short`,
    `http://[::ffff:7f00:1]:${port}/ipv6`,
    `http://0.0.0.0:${port}/zero`,
    `//${canary}/scheme-less`,
    `http://example.org@${canary}/at`,
    `http://${canary}#@example.org/fragment`,
    `gopher://${canary}/_GET`,
    `dict://${canary}/info`,
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data/',
    `http://${host}.nip.example.org:${port}/`,
    'data:text/html,<script>alert(1)</script>',
  ];
};

it('fetches nothing, wherever an address is typed', async () => {
  const anne = await siege.signedIn('anne');
  const marie = await siege.signedIn('marie');
  const holder = siege.browser();
  const follow = `/suivi/${siege.token}`;
  const sheet = `/dossiers/${siege.id}`;
  const places: [Browser, string, (url: string) => Record<string, string>, string?][] = [
    [siege.browser(), '/connexion', (url) => ({ email: url, password: url, suite: url })],
    [siege.browser(), '/lien-perdu', (url) => ({ email: url })],
    [siege.browser(), '/projet/besoins', (url) => ({ needs: url })],
    [holder, `${follow}/message`, (url) => ({ text: `Voyez ${url}` }), follow],
    [holder, `${follow}/coordonnees`, (url) => ({ name: url, email: url, phone: url })],
    [anne, `${sheet}/notes`, (url) => ({ note: url }), sheet],
    [anne, `${sheet}/ecrire`, (url) => ({ text: url, words: url })],
    [marie, '/pilotage/site-public', (url) => ({ editor: url, host: url, legalNotice: url, sites: url })],
    [marie, '/pilotage/liens', (url) => ({ name: url, code: url })],
  ];
  for (const [browser, address, form, from] of places) {
    for (const url of forms()) {
      const { status, body } = await browser.post(address, form(url), from);
      expect(status).toBeLessThan(500);
      expect(body).not.toContain('secret of the inside');
    }
  }
  for (const url of forms()) {
    const text = encodeURIComponent(url);
    for (const page of [`/?via=${text}`, `/connexion?suite=${text}`, `/integrer?site=${text}`, `/communes?q=${text}`])
      expect((await siege.browser().get(page, { referer: url, origin: url })).status).toBeLessThan(500);
  }
  expect(knocks).toEqual([]);
  expect(siege.statuses.length).toBeGreaterThan(9 * 18);
});

it('would have been told: the listener hears who knocks', async () => {
  expect(await (await fetch(`http://${canary}/heard`)).text()).toBe('secret of the inside');
  expect(knocks).toEqual(['/heard']);
});

it('has no code that could, but for the provider that the settings name', () => {
  const root = path.resolve(__dirname, '../..');
  const found = execFileSync(
    'grep',
    ['-rlE', 'fetch\\(|http\\.(get|request)\\(|axios|undici|openid-client', 'src', 'jobs'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const files = found.split('\n').filter((file) => file.endsWith('.ts'));
  expect(files).toEqual(['src/delivery/singleSignOn.ts']);
});
