import { type Browser, besiege, type Siege } from '../support/besiege.js';

/** OWASP A04 (2021), A06 (2025): steps out of order, done twice, done too often, or done at the same time. */
let siege: Siege;
let anne: Browser;
beforeAll(async () => {
  siege = await besiege({ limits: true });
  anne = await siege.signedIn('anne');
});
afterAll(() => siege.stop());

const sheet = (act = ''): string => `/dossiers/${siege.id}${act}`;

it('a project is not sent without its answers, nor from a draft of somebody else', async () => {
  for (const path of ['/projet/verification', '/projet/deja-envoye']) {
    const stranger = siege.browser();
    const { status, headers } = await stranger.post(path, { consent: 'yes' }, '/projet/besoins');
    expect(status === 422 || (status === 303 && !String(headers.location).startsWith('/suivi'))).toBe(true);
  }
  expect(await siege.desk.parts.projects.model.countDocuments()).toBe(1);
});

it('an act out of its turn changes nothing', async () => {
  for (const act of ['/cloturer', '/remettre', '/rouvrir', '/rendez-vous/annuler']) {
    const { status } = await anne.post(
      sheet(act),
      { version: '1', kind: 'helped', words: 'x', outcome: 'helped' },
      sheet(),
    );
    expect([303, 404, 409, 422]).toContain(status);
  }
  expect(await siege.desk.parts.referrals.byId(siege.id)).toMatchObject({ state: 'waiting', version: 1 });
});

it('an act done twice, or by two at the same time, is done once', async () => {
  const bruno = await siege.signedIn('bruno');
  const take = (browser: Browser) => browser.post(sheet('/prendre-en-charge'), { version: '1' }, sheet());
  await Promise.all([take(anne), take(anne), take(bruno), take(bruno), take(anne)]);
  expect((await siege.desk.parts.referrals.byId(siege.id))?.version).toBe(2);
  const taken = (await siege.desk.parts.events.ofProject(siege.project)).filter(({ type }) => type === 'taken');
  expect(taken).toHaveLength(1);
});

it('a form of a page that is old does not write over what came since', async () => {
  for (const version of ['0', '1', '-1', '999', 'NaN', '1e9', '2.5', '', '0x2', '１'])
    await anne.post(sheet('/remettre'), { version, reason: 'x', words: 'x' }, sheet());
  expect((await siege.desk.parts.referrals.byId(siege.id))?.version).toBe(2);
});

it('what costs is limited for one address', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 30; i += 1)
    statuses.push((await siege.browser().post('/lien-perdu', { email: `person${i}@example.org` })).status);
  expect(statuses[0]).not.toBe(429);
  expect(statuses.at(-1)).toBe(429);
});

it('nobody is sent link after link, however many ask at the same time', async () => {
  const asked = await Promise.all(
    Array.from({ length: 40 }, () => siege.browser().post('/connexion/lien', { email: 'lea@example.org' })),
  );
  expect(asked.every(({ status }) => status < 500)).toBe(true);
  expect(await siege.desk.parts.deliveries.model.countDocuments({ email: 'account-sign-in' })).toBe(4);
});

it('met no answer of the kind 5xx', () => {
  expect(siege.statuses.filter((line) => /^5/.test(line))).toEqual([]);
});
