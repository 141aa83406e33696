import { besiege, type Siege } from '../support/besiege.js';

/** OWASP A05 (2021), A02 (2025): nothing of the machine is served, errors say nothing of the inside, odd requests get a plain answer. */
const FILES = [
  '/.env',
  '/.env.example',
  '/.git/config',
  '/.git/HEAD',
  '/.npmrc',
  '/.ci/run',
  '/package.json',
  '/package-lock.json',
  '/tsconfig.json',
  '/src/config.ts',
  '/dist/src/server.js',
  '/dist/src/server.js.map',
  '/views/layouts/page.ejs',
  '/node_modules/express/package.json',
  '/data/store/data.mdb',
  '/README.md',
  '/Procfile',
  '/server-status',
  '/phpinfo.php',
  '/wp-login.php',
  '/admin',
  '/actuator/env',
  '/debug/pprof',
  '/graphql',
  '/.well-known/../.env',
  '/css/../../package.json',
  '/css/..%2f..%2fpackage.json',
  '/css/%2e%2e/%2e%2e/package.json',
  '/css/..%252f..%252fpackage.json',
  '/css/..\\..\\package.json',
  '/css/....//....//package.json',
  '/..%c0%af..%c0%afetc/passwd',
  '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '//etc/passwd',
  '/file:///etc/passwd',
  '/css/desk.css%00.ejs',
];
const METHODS = ['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'MKCOL', 'LOCK', 'REPORT', 'SEARCH'];
const BODIES: [string, string, string][] = [
  ['JSON', 'application/json', '{"email":"x","password":"x"}'],
  ['broken JSON', 'application/json', '{"email":'],
  ['XML with an entity', 'application/xml', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'],
  [
    'several parts',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="f"; filename="a.sh"\r\n\r\nid\r\n--b--\r\n',
  ],
  ['another character set', 'application/x-www-form-urlencoded; charset=utf-7', 'email=+ADw-script+AD4-'],
  ['an unknown one', 'application/x-www-form-urlencoded; charset=klingon', 'email=x'],
  ['a percent sign alone', 'application/x-www-form-urlencoded', 'email=%&password=%zz'],
  ['bytes that are no text', 'application/x-www-form-urlencoded', 'email=%ff%fe%fd&password=%c3%28'],
  ['too many fields', 'application/x-www-form-urlencoded', Array.from({ length: 2000 }, (_, i) => `f${i}=1`).join('&')],
  ['too much of one', 'application/x-www-form-urlencoded', `email=${'a'.repeat(200_000)}`],
  ['a compressed body that is none', 'application/x-www-form-urlencoded', 'not gzip'],
];

let siege: Siege;
beforeAll(async () => {
  siege = await besiege();
});
afterAll(() => siege.stop());

/** Names of files, of packages or of lines of ours are nobody's business. */
const INSIDE = /\bat \S+ \(|node_modules|\/src\/|\.ts:\d+|MongoServerError|ValidationError|CastError|ENOENT|EJS|stack/;

describe('what is not a page', () => {
  it.each(FILES)('is not served: %s', async (path) => {
    const { status, body } = await siege.browser().send('GET', path);
    expect([301, 303, 400, 403, 404]).toContain(status);
    expect(body.replaceAll(path, '')).not.toMatch(INSIDE);
    expect(body).not.toMatch(/"dependencies"|root:x|SESSION_SECRETS|\[core\]/);
  });
});

describe('odd requests', () => {
  it.each(METHODS)('get no more than a refusal: %s', async (method) => {
    for (const path of ['/', '/connexion', `/dossiers/${siege.id}`, '/css/desk.css']) {
      const { status, body, headers } = await siege.browser().send(method, path, { 'x-secret': 'mirror' });
      expect(status < 500 && (status >= 400 || method === 'OPTIONS' || status === 303)).toBe(true);
      expect(body).not.toContain('mirror');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it.each(BODIES)('are refused without a word of the inside: %s', async (what, type, body) => {
    const headers = { 'content-type': type, ...(what.includes('compressed') && { 'content-encoding': 'gzip' }) };
    for (const path of ['/connexion', '/lien-perdu', '/projet/besoins', `/suivi/${siege.token}/message`]) {
      const answer = await siege.browser().send('POST', path, headers, body);
      expect([400, 403, 413, 415]).toContain(answer.status);
      expect(answer.body).not.toMatch(INSIDE);
      expect(answer.body).toContain('<html');
    }
  });

  it('do not choose the address of our links, nor who is thought to ask', async () => {
    const LIES = [
      'x-forwarded-host',
      'x-host',
      'forwarded',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
    ];
    for (const header of LIES) {
      const lie = header.includes('url') ? '/pilotage' : header.includes('method') ? 'DELETE' : 'evil.example.org';
      const { status, body, headers } = await siege.browser().get('/', { [header]: lie });
      expect(status).toBe(200);
      expect(body).toContain('<h1');
      expect(JSON.stringify([body, headers])).not.toContain('evil.example.org');
    }
    const { status, headers, body } = await siege.browser().get('/dossiers', { host: 'evil.example.org' });
    expect(status).toBe(303);
    expect(headers.location).toMatch(/^\/connexion/);
    expect(body).not.toContain('evil.example.org');
  });

  it('say neither what they are answered by, nor that a page may be kept by others', async () => {
    const anne = await siege.signedIn('anne');
    for (const path of ['/', '/connexion', '/dossiers', `/dossiers/${siege.id}`, `/suivi/${siege.token}`, '/nowhere']) {
      const { headers } = await anne.get(path);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      if (path.includes('dossiers') || path.includes('suivi'))
        expect(headers['cache-control']).toMatch(/no-store|private/);
    }
  });

  it('meet no answer of the kind 5xx', () => {
    expect(siege.statuses.length).toBeGreaterThan(120);
    expect(siege.statuses.filter((line) => /^5/.test(line))).toEqual([]);
  });
});
