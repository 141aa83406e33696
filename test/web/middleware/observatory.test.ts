import request from 'supertest';
import { createApp } from '../../../src/app.js';
import { gradeOf, type Seen } from '../../support/observatory.js';
import { addStaff, PASSWORD, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ publicUrl: 'https://porte.example.org', settings: { TRUST_PROXY: '1' } });
  await addStaff(desk);
});
afterAll(() => desk.stop());

const cookiesIn = (headers: Record<string, unknown>): string[] => [headers['set-cookie'] ?? []].flat() as string[];

/** A browser behind the proxy that ends https: keeps cookies by hand, for supertest is on plain http. */
const browser = (app = desk.app) => {
  const kept = new Map<string, string>();
  const send = async (method: 'get' | 'post', address: string, form: object = {}): Promise<Seen> => {
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
    const { headers, text } = await request(app)
      [method](address)
      .set({ Cookie: cookie, 'X-Forwarded-Proto': 'https' })
      .type('form')
      .send(form);
    const cookies = cookiesIn(headers);
    for (const line of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      kept.set(name, value);
    }
    return { headers, cookies, html: text };
  };
  const signIn = async (): Promise<Seen> => {
    const _csrf = /name="_csrf" value="([^"]+)"/.exec((await send('get', '/connexion')).html)?.[1];
    return send('post', '/connexion', { _csrf, email: staffMember('anne').email, password: PASSWORD });
  };
  return { get: (address: string) => send('get', address), signIn };
};

const PAGES = ['/', '/projet/besoins', '/connexion', '/dossiers', '/chiffres', '/nowhere'];
/** Slow on purpose, as passwords are: once. */
let ofDesk: Promise<Seen> | undefined;
const seeDesk = async (): Promise<Seen> => {
  const anne = browser();
  const { cookies: set } = await anne.signIn();
  const seen = await anne.get('/dossiers');
  return { ...seen, cookies: [...set, ...seen.cookies] };
};
const see = (page: string): Promise<Seen> => {
  if (page !== '/dossiers') return browser().get(page);
  ofDesk ??= seeDesk();
  return ofDesk;
};

describe('by the rules of Mozilla’s HTTP Observatory', () => {
  it.each(PAGES)('%s is graded A+', async (page) => {
    const { score, grade } = gradeOf(await see(page));
    expect(score).toBeGreaterThanOrEqual(125);
    expect(grade).toBe('A+');
  });

  it.each<[string, (seen: Seen) => Seen, string]>([
    ['no policy', (seen) => without(seen, 'content-security-policy'), 'B'],
    ['inline scripts', (seen) => policy(seen, "script-src 'self'", "script-src 'self' 'unsafe-inline'"), 'B+'],
    ['pictures over http', (seen) => policy(seen, "img-src 'self'", 'img-src http:'), 'A+'],
    ['no HSTS', (seen) => without(seen, 'strict-transport-security'), 'B+'],
    ['a session without HttpOnly', (seen) => cookies(seen, '; HttpOnly', ''), 'B'],
    ['cookies without Secure', (seen) => cookies(seen, '; Secure', ''), 'A+'],
    ['any site with credentials', (seen) => having(seen, 'access-control-allow-credentials', 'true'), 'C'],
    ['an unsafe referrer', (seen) => having(seen, 'referrer-policy', 'unsafe-url'), 'A+'],
    ['sniffing', (seen) => without(seen, 'x-content-type-options'), 'A+'],
    ['frames', (seen) => without(policy(seen, 'frame-ancestors', 'x'), 'x-frame-options'), 'B+'],
    ['resources for others', (seen) => having(seen, 'cross-origin-resource-policy', 'cross-origin'), 'A+'],
    ['a script of others', (seen) => ({ ...seen, html: '<script src="//cdn.example.org/a.js"></script>' }), 'C'],
  ])('%s lowers the score of a page of the desk', async (_name, worsen, grade) => {
    const seen = await see('/dossiers');
    const worse = gradeOf(worsen(seen));
    expect(worse.score).toBeLessThan(gradeOf(seen).score);
    expect(worse.grade).toBe(grade);
  });
});

const having = (seen: Seen, name: string, value: string): Seen => {
  const any = name.startsWith('access-control')
    ? { 'access-control-allow-origin': 'https://elsewhere.example.org' }
    : {};
  return { ...seen, headers: { ...seen.headers, ...any, [name]: value } };
};
const without = (seen: Seen, name: string): Seen => ({ ...seen, headers: { ...seen.headers, [name]: undefined } });
const policy = (seen: Seen, from: string, to: string): Seen =>
  having(seen, 'content-security-policy', String(seen.headers['content-security-policy']).replace(from, to));
const cookies = (seen: Seen, from: string, to: string): Seen => ({
  ...seen,
  cookies: seen.cookies.map((line) => line.replace(from, to)),
});

describe('the headers of every answer', () => {
  it.each([...PAGES, '/livez', '/css/desk.css', '/communes?q=thiers', '/suivi/nothing'])(
    '%s shuts the page off',
    async (page) => {
      const { headers } = await see(page);
      expect(headers).toMatchObject({
        'strict-transport-security': 'max-age=63072000',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\).*clipboard-write=\(self\)/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:/);
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  it('may be framed by the sites that managers list, even those that isolate themselves, on the page made for it alone', async () => {
    const { version, updatedAt: _at, updatedBy: _by, ...site } = await desk.services.readPublicSite();
    await desk.services.savePublicSite(
      staffMember('marie'),
      { ...site, frameSites: ['https://www.example.org'] },
      version,
    );
    const { headers, cookies: set } = await see('/integrer');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['content-security-policy']).toContain('frame-ancestors https://www.example.org');
    expect(set).toEqual([]);
  });

  it('keep pages with personal data out of every cache', async () => {
    const anne = browser();
    await anne.signIn();
    for (const page of ['/dossiers', '/compte/courriels', '/equipe/absences', '/guichet', '/dossiers?q=a'])
      expect((await anne.get(page)).headers['cache-control']).toBe('no-store');
  });
});

describe('cookies', () => {
  const everyCookie = async (app: Desk['app'], https: boolean): Promise<string[]> => {
    const anne = browser(app);
    const seen = [await anne.get('/projet?via=cci'), await anne.get('/?lang=en'), await anne.get('/projet/besoins')];
    if (https) seen.push(await anne.signIn());
    return seen.flatMap(({ cookies: set }) => set);
  };
  const nameOf = (line: string): string => line.split('=')[0] ?? '';

  it('are __Host- and Secure where the site is https', async () => {
    const set = await everyCookie(desk.app, true);
    const names = [...new Set(set.map(nameOf))].sort();
    expect(names).toEqual(['__Host-jeton', '__Host-langue', '__Host-session', '__Host-visiteur']);
    for (const line of set)
      expect(line).toMatch(/^(?=.*; Path=\/;)(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)(?!.*Domain)/);
  });

  it('have the same names without the prefix, and are not Secure, where it is not; nor is there HSTS', async () => {
    const app = createApp(desk.services, desk.sessions, {
      ...desk.config,
      publicUrl: 'http://localhost:3000',
      trustProxy: 0,
    });
    const plain = browser(app);
    const { headers } = await plain.get('/');
    expect(headers['strict-transport-security']).toBeUndefined();
    const set = [...(await everyCookie(app, false)), ...(await plain.signIn()).cookies];
    const names = [...new Set(set.map(nameOf))].sort();
    expect(names).toEqual(['jeton', 'langue', 'session', 'visiteur']);
    for (const line of set) expect(line).toMatch(/^(?!.*Secure)(?=.*; HttpOnly)(?=.*; SameSite=Lax)(?!.*Domain)/);
  });
});
