import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { BSON } from 'mongodb';
import { hashPassword } from '../../src/services/accounts/passwords.js';
import { type Browser, besiege, type Siege } from '../support/besiege.js';
import { PASSWORD } from '../support/staff.js';

/** OWASP A02 (2021), A04 (2025): who reads the store finds nothing that opens anything; secrets cannot be guessed or chosen weak. */
let siege: Siege;
let anne: Browser;
beforeAll(async () => {
  siege = await besiege({ publicUrl: 'https://desk.example.org', settings: { TRUST_PROXY: '1' } });
  anne = siege.browser();
  const overHttps = { 'x-forwarded-proto': 'https' };
  const page = await anne.send('GET', '/connexion', overHttps);
  const form = new URLSearchParams({ _csrf: anne.tokenOf(page), email: 'anne@example.org', password: PASSWORD });
  const type = { 'content-type': 'application/x-www-form-urlencoded', ...overHttps };
  expect((await anne.send('POST', '/connexion', type, form.toString())).status).toBe(303);
});
afterAll(() => siege.stop());

const wholeStore = async (): Promise<string> => {
  const { db } = siege.desk.parts.accounts.model.db;
  const texts: string[] = [];
  for (const { name } of (await db?.listCollections().toArray()) ?? [])
    for await (const document of db?.collection(name).find() ?? []) texts.push(BSON.EJSON.stringify(document));
  return texts.join('\n');
};

it('keeps no secret that opens anything: link, session, password, visitor', async () => {
  const holder = siege.browser();
  await holder.send('GET', '/projet/besoins', { 'x-forwarded-proto': 'https' });
  await siege.desk.services.askAccountLink('sign-in', 'anne@example.org');
  const store = await wholeStore();
  const inCookie = (browser: Browser, name: string): string =>
    decodeURIComponent(browser.cookies.get(`__Host-${name}`) ?? '')
      .slice(2)
      .split('.')[0] ?? '';
  const secrets = {
    link: siege.token,
    password: PASSWORD,
    session: inCookie(anne, 'session'),
    visitor: inCookie(holder, 'visiteur'),
  };
  expect(store).toContain(siege.project);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(`${what} ${secret.length > 19}`).toBe(`${what} true`);
    expect(store.includes(secret) ? what : 'nothing').toBe('nothing');
  }
});

it('sends every cookie by https alone, out of the reach of scripts, for this host', async () => {
  const lines: string[] = [];
  for (const address of ['/', '/projet/besoins', '/connexion', '/?lang=en', '/?via=salon'])
    lines.push(
      ...((await siege.browser().send('GET', address, { 'x-forwarded-proto': 'https' })).headers['set-cookie'] ?? []),
    );
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line).toMatch(/^__Host-\w+=.*; Path=\/.*(; HttpOnly|; Secure|; SameSite=Lax).*$/);
  for (const line of lines) for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax']) expect(line).toContain(part);
  for (const line of lines) expect(line).not.toContain('Domain');
});

it('hashes passwords with Argon2id, by OWASP’s least cost or more', async () => {
  const passwordHash = await hashPassword(PASSWORD);
  const [, memory = '0', passes = '0'] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? [];
  expect(Number(memory)).toBeGreaterThanOrEqual(19 * 1024);
  expect(Number(passes)).toBeGreaterThanOrEqual(2);
});

it('draws secrets of links that are never the same and long enough', async () => {
  const tokens = new Set<string>();
  for (let i = 0; i < 200; i += 1)
    tokens.add(
      await siege.desk.parts.links.create({ purpose: 'follow-up', project: siege.project }, siege.desk.clock.now),
    );
  expect(tokens.size).toBe(200);
  for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBe(32);
});

describe('in production', () => {
  const ADDRESSES = {
    MONGODB_URL: 'mongodb://127.0.0.1:9/x',
    REDIS_URL: 'redis://127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
  const start = (settings: Record<string, string>): string => {
    const env = { PATH: process.env['PATH'], NODE_ENV: 'production', ...ADDRESSES, ...settings };
    try {
      return execFileSync('node', ['dist/src/server.js'], {
        cwd: path.join(__dirname, '../..'),
        env,
        encoding: 'utf8',
        timeout: 20_000,
        stdio: 'pipe',
      });
    } catch (error) {
      return String((error as { stderr?: string }).stderr);
    }
  };

  it.each([
    ['none', ''],
    ['short', 'short'],
    ['one of two short', `${'x7Kq'.repeat(9)},short`],
    ['one sign again and again', 'a'.repeat(40)],
  ])('starts with no weak secret: %s', (_what, secrets) => {
    expect(start({ SESSION_SECRETS: secrets })).toMatch(/SESSION_SECRETS/);
  });

  it('refuses the demonstration', () => {
    expect(start({ SESSION_SECRETS: 'kJ8s-Qm2v_Zx91LpTr04-BnWcYd7E-hUo3', DEMO: 'yes' })).toMatch(/DEMO/);
  });
});
