import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, besiege, type Siege } from '../support/besiege.js';

/** OWASP A08: nothing that comes from outside changes what the program is, or passes for something of ours. */
let siege: Siege;
let anne: Browser;
beforeAll(async () => {
  siege = await besiege({ settings: { INBOUND_ADDRESS: 'replies@example.org', INBOUND_SECRET: 's'.repeat(40) } });
  anne = await siege.signedIn('anne');
});
afterAll(() => siege.stop());

const POLLUTION = [
  '__proto__[polluted]=yes',
  '__proto__.polluted=yes',
  'constructor[prototype][polluted]=yes',
  'constructor.prototype.polluted=yes',
  'a[__proto__][polluted]=yes',
  '__proto__=yes',
  'toString=yes&hasOwnProperty=yes&valueOf=yes',
  'settings[view options][outputFunctionName]=x;process.exit(1);s',
  'settings[view options][client]=true&settings[view options][escapeFunction]=x',
  'cache=true&filename=/etc/passwd&_locals=x&delimiter=%25',
];

describe('names of fields', () => {
  it('change no object of the program, and no page', async () => {
    for (const fields of POLLUTION) {
      for (const address of ['/connexion', '/lien-perdu', '/projet/besoins'])
        expect((await siege.browser().post(address, fields)).status).toBeLessThan(500);
      for (const address of ['/dossiers', '/', '/communes', '/pilotage'])
        expect((await anne.get(`${address}?${encodeURI(fields)}`)).status).toBeLessThan(500);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await anne.get('/dossiers')).body).toContain('coutellerie');
  });
});

describe('cookies', () => {
  const NAMES = ['visiteur', 'langue', 'jeton', 'session', 'entree'];
  const VALUES = [
    'j:{"__proto__":{"x":1}}',
    'j:[1]',
    's:j:{}.x',
    'j:{"toString":1}',
    '%',
    '%00',
    '{}',
    'null',
    '"><script>',
  ];

  it('of any content harm nothing', async () => {
    for (const name of NAMES)
      for (const value of VALUES) {
        const visitor = siege.browser();
        visitor.cookies.set(name, value.includes('%') ? value : encodeURIComponent(value));
        for (const address of ['/', '/projet/besoins', '/connexion'])
          expect((await visitor.get(address)).status).toBeLessThan(400);
        expect((await visitor.get('/dossiers')).status).toBe(303);
      }
  });
});

describe('messages that come in', () => {
  const MAIL = 'From: a@example.org\r\nTo: replies@example.org\r\nSubject: x\r\n\r\nBonjour';

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${'s'.repeat(39)}`,
    `Bearer ${'s'.repeat(41)}`,
    `bearer ${'S'.repeat(40)}`,
    `Basic ${'s'.repeat(40)}`,
    'Bearer undefined',
    `Bearer ${'\u00e9'.repeat(40)}`,
  ])('are taken from nobody without the secret: %s', async (authorization) => {
    const headers: Record<string, string> = {
      'content-type': 'message/rfc822',
      ...(authorization !== undefined && { authorization }),
    };
    const { status } = await siege.browser().send('POST', '/webhooks/inbound', headers, MAIL);
    expect([401, 403, 404]).toContain(status);
  });
});

describe('what the pages load', () => {
  it('is ours alone: no script, style or picture from elsewhere', async () => {
    for (const address of [
      '/',
      '/projet/besoins',
      '/connexion',
      '/chiffres',
      '/partenaires',
      `/suivi/${siege.token}`,
    ]) {
      const { body } = await siege.browser().get(address);
      const loaded = [
        ...body.matchAll(
          /<(?:script|link(?! rel="(?:alternate|canonical)")|img|iframe|source)[^>]+(?:src|href)="([^"]+)"/g,
        ),
      ].map(([, url]) => url);
      expect(loaded.filter((url) => !/^\/(?!\/)/.test(url ?? ''))).toEqual([]);
    }
  });

  it('has a lock that names what each package must contain', () => {
    const lock = JSON.parse(readFileSync(path.join(__dirname, '../../package-lock.json'), 'utf8'));
    expect(lock.lockfileVersion).toBe(3);
  });
});
