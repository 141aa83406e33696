import { hashPassword } from '../../src/services/accounts/passwords.js';
import { type Browser, besiege, type Siege } from '../support/besiege.js';
import { PASSWORD } from '../support/staff.js';

/** OWASP A07: nobody signs in by guessing, by a session from before, by a cookie made up, or past the second factor. */
let siege: Siege;
beforeAll(async () => {
  siege = await besiege({ limits: true, at: new Date('2026-11-23T09:00:00+01:00') });
});
afterAll(() => siege.stop());

const isOutside = async (browser: Browser): Promise<boolean> => (await browser.get('/dossiers')).status === 303;
const cookieOf = (browser: Browser): string => browser.cookies.get('session') ?? '';

describe('guessing', () => {
  it('is slowed down, alike for addresses that have an account and those that have none, and never locks the right one out', async () => {
    const statusesOf = async (email: string): Promise<number[]> => {
      const statuses: number[] = [];
      for (let i = 0; i < 12; i += 1)
        statuses.push((await siege.browser().post('/connexion', { email, password: `wrong guess ${i}` })).status);
      return statuses;
    };
    const known = await statusesOf('bruno@example.org');
    expect(known).toContain(429);
    expect(await statusesOf('nobody@example.org')).toEqual(known);
    siege.desk.clock.now = new Date(siege.desk.clock.now.getTime() + 16 * 60_000);
    const { headers } = await siege.browser().post('/connexion', { email: 'bruno@example.org', password: 'again' });
    expect(Number(headers['retry-after'] ?? 0)).toBeLessThanOrEqual(15 * 60);
  });

  it('says the same whatever is wrong', async () => {
    await siege.desk.parts.accounts.model.updateOne({ _id: 'paul' }, { $set: { active: false } });
    const bodies = new Set<string>();
    for (const [email, password] of [
      ['chloe@example.org', 'not the right one'],
      ['unknown@example.org', 'not the right one'],
      ['paul@example.org', PASSWORD],
    ] as const) {
      const { status, body } = await siege.browser().post('/connexion', { email, password });
      expect(status).toBe(422);
      bodies.add(body.replaceAll(email, 'ADDRESS').replace(/_csrf" value="[^"]*"/g, ''));
    }
    expect(bodies.size).toBe(1);
  });

  it.each(['/mot-de-passe-perdu', '/connexion/lien', '/lien-perdu'])(
    'learns nothing where a link is asked for: %s',
    async (path) => {
      const bodies = new Set<string>();
      for (const email of ['anne@example.org', 'camille@example.org', 'unknown@example.org']) {
        const visitor = siege.browser();
        const { status, headers, body } = await visitor.post(path, { email });
        const shown = headers.location ? (await visitor.get(headers.location)).body : body;
        bodies.add(`${status} ${shown}`.replaceAll(email, 'ADDRESS').replace(/_csrf" value="[^"]*"/g, ''));
      }
      expect(bodies.size).toBe(1);
    },
  );
});

describe('a session', () => {
  it('from before signing in opens nothing afterwards', async () => {
    const victim = siege.browser();
    await victim.get('/connexion');
    const planted = new Map(victim.cookies);
    await victim.post('/connexion', { email: 'anne@example.org', password: PASSWORD });
    expect(await isOutside(victim)).toBe(false);
    const thief = siege.browser();
    for (const [name, value] of planted) thief.cookies.set(name, value);
    expect(await isOutside(thief)).toBe(true);
  });

  it('is over once signed out, and after the longest time that one lasts', async () => {
    const anne = await siege.signedIn('anne');
    const kept = cookieOf(anne);
    await anne.post('/deconnexion', {}, '/dossiers');
    const thief = siege.browser();
    thief.cookies.set('session', kept);
    expect(await isOutside(thief)).toBe(true);

    const lea = await siege.signedIn('lea');
    const began = siege.desk.clock.now;
    for (let hour = 1; hour <= 13; hour += 1) {
      siege.desk.clock.now = new Date(began.getTime() + hour * 3_600_000);
      await lea.get('/dossiers');
    }
    expect(await isOutside(lea)).toBe(true);
  });

  it('is not made up', async () => {
    const anne = await siege.signedIn('anne');
    const cookie = decodeURIComponent(cookieOf(anne));
    const [id = '', signature = ''] = cookie.slice(2).split(/\.(?=[^.]*$)/);
    const neighbour = `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`;
    const madeUp = [
      `s:${id}`,
      `s:${id}.`,
      `s:${id}.${'A'.repeat(signature.length)}`,
      `s:${neighbour}.${signature}`,
      `s:anne.${signature}`,
      id,
      'j:{"account":"anne"}',
      `j:${JSON.stringify({ cookie: {}, account: 'anne' })}`,
      's:undefined.undefined',
      '[object Object]',
      '{"$ne":null}',
      '../../sessions/anne',
      'x'.repeat(3000),
    ];
    for (const value of madeUp) {
      const thief = siege.browser();
      thief.cookies.set('session', encodeURIComponent(value));
      expect(await isOutside(thief)).toBe(true);
    }
    expect(await isOutside(anne)).toBe(false);
  });
});

describe('the second factor', () => {
  const PAGES = [
    '/exploitation',
    '/exploitation/comptes',
    '/exploitation/journal',
    '/compte',
    '/compte/mot-de-passe',
    '/dossiers',
  ];

  it('is not passed by going on to the next page, nor by codes that are tried one after the other', async () => {
    const person = {
      id: 'guarded',
      name: 'Personne G.',
      email: 'guarded@example.org',
      role: 'admin',
      partner: null,
    } as const;
    await siege.desk.parts.accounts.insert(person, { passwordHash: await hashPassword(PASSWORD), demo: false });
    const thief = siege.browser();
    const { status, headers } = await thief.post('/connexion', { email: person.email, password: PASSWORD });
    expect([status, headers.location]).toEqual([303, '/connexion/proteger']);
    for (const page of PAGES) expect(`${page} ${(await thief.get(page)).headers.location}`).toMatch(/ \/connexion/);
    for (const path of [
      '/compte/mot-de-passe',
      '/exploitation/comptes/inviter',
      '/compte/double-authentification/retirer',
    ])
      expect([303, 403]).toContain((await thief.post(path, { password: 'x' }, '/connexion/proteger')).status);

    const statuses: number[] = [];
    for (let code = 0; code < 12; code += 1) {
      const answer = await thief.post('/connexion/proteger', { code: String(100_000 + code), otp: '000000' });
      statuses.push(answer.status);
      expect(answer.headers.location ?? '').not.toMatch(/exploitation/);
    }
    expect((await thief.get('/exploitation')).headers.location).toMatch(/^\/connexion/);
    expect(statuses.every((each) => [303, 422, 429].includes(each))).toBe(true);
  });
});

it('met no answer of the kind 5xx', () => {
  expect(siege.statuses.filter((line) => /^5/.test(line))).toEqual([]);
});
