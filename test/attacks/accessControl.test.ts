import { type Browser, besiege, type Siege } from '../support/besiege.js';

/** OWASP A01: what is not one's own stays shut, however it is asked for. Roles and routes one by one: test/web/walk.test.ts. */
let siege: Siege;
let chloe: Browser;
let anne: Browser;
beforeAll(async () => {
  siege = await besiege();
  chloe = await siege.signedIn('chloe');
  anne = await siege.signedIn('anne');
});
afterAll(() => siege.stop());

const TITLE = 'coutellerie';
const isShut = ({ status, body }: { status: number; body: string }): boolean =>
  [303, 400, 403, 404].includes(status) && !body.includes(TITLE) && !body.includes('Camille');

describe('the project of another partner', () => {
  const spellings = (id: string): string[] => [
    `/dossiers/${id}`,
    `/dossiers/${id}/`,
    `/dossiers//${id}`,
    `//dossiers/${id}`,
    `/DOSSIERS/${id}`,
    `/dossiers/${id.toUpperCase()}`,
    `/dossiers/${id}?partner=ti-tiltam`,
    `/dossiers/${id}?role=manager&account=anne`,
    `/dossiers/${id}#x`,
    `/dossiers/${id}%20`,
    `/dossiers/${id}%00`,
    `/dossiers/${id};jsessionid=1`,
    `/dossiers/./${id}`,
    `/dossiers/x/../${id}`,
    `/dossiers/%2e/${id}`,
    `/dossiers/${id}.json`,
    `/dossiers/${id}/rendez-vous.ics`,
    `/dossiers/${id}/cloturer`,
    `/pilotage/projets/${siege.project}`,
    `/pilotage/projets/${siege.project}/donnees.json`,
    `/Pilotage/Projets/${siege.project}`,
    `/guichet/recepisse/${siege.project}`,
    `/pilotage/./projets/${siege.project}`,
  ];

  it('is on no address, however it is spelt', async () => {
    const open: string[] = [];
    for (const address of spellings(siege.id)) if (!isShut(await chloe.get(address))) open.push(address);
    expect(open).toEqual([]);
    expect((await anne.get(`/dossiers/${siege.id}`)).body).toContain(TITLE);
  });

  it('is not opened by a header that says who asks, or from where', async () => {
    const lies: Record<string, string>[] = [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
      { 'x-original-url': `/dossiers/${siege.id}` },
      { 'x-rewrite-url': `/dossiers/${siege.id}` },
      { 'x-http-method-override': 'PUT' },
      { 'x-user': 'anne', 'x-role': 'manager' },
      { authorization: 'Basic YW5uZUBleGFtcGxlLm9yZzp4' },
      { authorization: 'Bearer anne' },
      { referer: `http://127.0.0.1:${siege.port}/pilotage` },
    ];
    for (const headers of lies) {
      expect(isShut(await chloe.get(`/dossiers/${siege.id}`, headers))).toBe(true);
      expect(isShut(await siege.browser().get(`/dossiers/${siege.id}`, headers))).toBe(true);
    }
  });

  it('is not acted on, whatever the form says', async () => {
    const acts = [
      'prendre-en-charge',
      'refuser',
      'cloturer',
      'remettre',
      'confier',
      'appel',
      'ecrire',
      'notes',
      'messages',
    ];
    const lies = {
      version: '1',
      partner: 'cci-puy-de-dome',
      owner: 'chloe',
      role: 'manager',
      _id: siege.id,
      state: 'closed',
    };
    for (const act of acts)
      expect(isShut(await chloe.post(`/dossiers/${siege.id}/${act}`, lies, '/dossiers'))).toBe(true);
    expect(await siege.desk.parts.referrals.byId(siege.id)).toMatchObject({ version: 1, partner: 'ti-tiltam' });
  });
});

describe('a form', () => {
  it('changes nothing of an account but what it is for', async () => {
    const more = {
      role: 'admin',
      partner: 'cci-puy-de-dome',
      _id: 'marie',
      id: 'marie',
      active: 'true',
      demo: 'false',
    };
    for (const [path, fields] of [
      ['/compte/courriels', { news: 'now', digest: 'weekly' }],
      ['/compte/mot-de-passe', { current: 'x', password: 'y' }],
    ] as const)
      await anne.post(path, { ...fields, ...more });
    expect(await siege.desk.parts.accounts.byId('anne')).toMatchObject({ role: 'advisor', partner: 'ti-tiltam' });
    expect((await anne.get('/pilotage')).status).toBe(403);
  });

  it('is refused without the token of its page, with one of another browser, and from another site', async () => {
    const _csrf = chloe.tokenOf(await chloe.get('/dossiers'));
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const address = `/dossiers/${siege.id}/prendre-en-charge`;
    for (const body of [
      'version=1',
      '_csrf=&version=1',
      `_csrf=${_csrf}&version=1`,
      '_csrf[]=x&version=1',
      '_csrf=x.y&version=1',
    ])
      for (const origin of ['https://evil.example.org', 'null'])
        expect((await anne.send('POST', address, { ...type, origin }, body)).status).toBe(403);
    expect((await anne.send('POST', address, { 'content-type': 'text/plain' }, 'version=1')).status).toBe(403);
    expect((await siege.desk.parts.referrals.byId(siege.id))?.version).toBe(1);
  });
});

describe('the link of a holder', () => {
  const spoilt = (token: string): string[] => [
    token.slice(0, -1),
    `${token}A`,
    token.toLowerCase(),
    token.toUpperCase(),
    [...token].reverse().join(''),
    `${token.slice(0, 20)}${'A'.repeat(token.length - 20)}`,
    `${token}%00`,
    `${token}%0a`,
    `../suivi/${token}x`,
    'undefined',
    'null',
    '[object%20Object]',
    '%24ne',
    'A'.repeat(43),
    'A'.repeat(4000),
  ];

  it('opens nothing when it is not copied whole, or made up', async () => {
    for (const token of spoilt(siege.token))
      for (const page of ['', '/message', '/mes-donnees', '/mes-donnees.json', '/effacer', '/rendez-vous.ics'])
        expect(isShut(await siege.browser().get(`/suivi/${token}${page}`))).toBe(true);
  });

  it('of one purpose opens nothing of another', async () => {
    for (const place of ['/reprendre/', '/connexion/lien/', '/mot-de-passe/', '/invitation/', '/desabonnement/'])
      expect(isShut(await siege.browser().get(`${place}${siege.token}`))).toBe(true);
    for (const id of [siege.id, siege.project]) expect(isShut(await siege.browser().get(`/suivi/${id}`))).toBe(true);
    expect((await siege.browser().get(`/suivi/${siege.token}`)).status).toBe(200);
  });
});

it('met no answer of the kind 5xx', () => {
  expect(siege.statuses.length).toBeGreaterThan(150);
  expect(siege.statuses.filter((line) => /^5/.test(line))).toEqual([]);
});
