import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import { arrivals } from '../../support/arrivals.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const MINUTE = 60_000;
const REFUSED = { at: MONDAY, because: '550 5.1.1 (address): unknown' };

let desk: Desk;
let door: Door;
let here: ReturnType<typeof arrivals>;
let marie: Visitor;
let admin: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, redis: true });
  await addStaff(desk);
  door = await openDoor(desk);
  here = arrivals(desk);
  [marie, admin] = (await Promise.all((['marie', 'admin'] as const).map((who) => door.signedIn(who)))) as [
    Visitor,
    Visitor,
  ];
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
/** The figure of a tile, by its label. */
const tile = (page: Page, label: string): string | undefined => {
  const tiles = page.html.querySelectorAll('.tile').map((one) => squeeze(one.textContent));
  return tiles.find((text) => text.startsWith(label))?.slice(label.length + 1);
};
/** The cells of a row of a table, by the first of them. */
const row = (page: Page, name: string): string[] | undefined =>
  page.html
    .querySelectorAll('tbody tr')
    .map((one) => one.querySelectorAll('th, td').map((cell) => squeeze(cell.textContent)))
    .find(([first]) => first === name)
    ?.slice(1);
const find = async (project: string, email: EmailId): Promise<string> =>
  (await desk.parts.deliveries.ofProject(project)).find((each) => each.email === email)?.id ?? '';
const fail = async (project: string, email: EmailId, because: string): Promise<string> => {
  const id = await find(project, email);
  await desk.parts.deliveries.markFailed(id, { because, final: true, at: desk.clock.now });
  return id;
};

it('is good news in words while nothing is owed, refused or to read', async () => {
  const page = await admin.open('/exploitation');
  for (const words of [
    'Tout part à l’heure',
    'Rien à reprendre',
    'Toutes les adresses reçoivent',
    'Aucun message à lire',
  ])
    expect(page.text).toContain(words);
  expect(tile(page, 'À envoyer maintenant')).toBe('0 Tout ce qui devait partir est parti.');
  expect(row(page, 'E-mails')).toEqual(['0', '0', '0']);
  expect((await admin.open('/exploitation/reprendre')).text).toContain('Il n’y a rien à reprendre.');
});

it('says first that something which runs by itself has failed, until it is done', async () => {
  const slot = { name: 'weekly-summary', slot: '2026-11-23' };
  const lease = new Date(MONDAY.getTime() + MINUTE);
  await desk.parts.runs.claim(slot, MONDAY, lease);
  await desk.parts.runs.fail(slot, { at: MONDAY, because: 'the store is away' });
  const notice = async (): Promise<string> =>
    squeeze((await admin.open('/exploitation')).html.querySelector('main .notice-title')?.textContent);
  expect(await notice()).toBe('Une tâche a échoué parmi celles qui tournent toutes seules');
  await desk.parts.runs.claim(slot, lease, new Date(lease.getTime() + MINUTE));
  await desk.parts.runs.finish(slot, { at: lease, done: 1 });
  expect(await notice()).toBe('Tout part à l’heure');
});

it('counts nothing that an address makes up', async () => {
  for (const combien of ['-5', '1e308', 'Infinity', '9'.repeat(40)]) {
    const { text } = await admin.open(`/exploitation?fait=reprise&combien=${combien}`);
    expect([combien, text.includes('Il n’y avait rien à reprendre.')]).toEqual([combien, true]);
  }
});

it('is where an administrator lands, with the menu of one', async () => {
  const visitor = door.visitor();
  const form = { email: 'admin@example.org', password: 'un mot de passe assez long' };
  const landed = await visitor.send(await visitor.open('/connexion'), form);
  expect(landed.url).toBe(`${door.base}/exploitation`);
  const menu = landed.html.querySelectorAll('.header-nav a').map((link) => squeeze(link.textContent));
  expect(menu).toEqual(expect.arrayContaining(['Exploitation', 'Files d’attente']));
  expect(menu).not.toContain('Projets');
  const ofManager = (await marie.open('/exploitation')).html.querySelectorAll('.header-nav a');
  const labels = ofManager.map((link) => squeeze(link.textContent));
  expect(labels).toContain('Exploitation');
  expect(labels).not.toContain('Files d’attente');
});

describe('with e-mails owed and given up', () => {
  let project: string;
  let receipt: string;
  beforeAll(async () => {
    project = (await here.arrives(aSubmission())).project;
    receipt = await fail(project, 'holder-receipt', 'connect ECONNREFUSED (address)');
    await fail(project, 'advisor-reminder', '550 5.1.1 (address): unknown');
    desk.clock.now = new Date(MONDAY.getTime() + 12 * MINUTE);
  });

  it('counts what is late and since when, what is for later and what left', async () => {
    const page = await marie.open('/exploitation');
    expect(page.text).toContain('Un message attend depuis 12 minutes');
    expect(tile(page, 'À envoyer maintenant')).toMatch(/^1 Le plus ancien attend depuis 12 minutes\./);
    expect(Number(tile(page, 'Pour plus tard')?.split(' ')[0])).toBeGreaterThan(2);
    const sent = await find(project, 'advisor-new-project');
    await desk.parts.deliveries.markSent(sent, { at: desk.clock.now, messageId: '<a@b>', response: '250' });
    const next = await marie.open('/exploitation');
    expect(tile(next, 'Partis depuis une heure')).toMatch(/^1 /);
    expect(tile(next, 'Partis depuis 24 heures')).toMatch(/^1 /);
  });

  it('says why what was given up did not arrive, and names no holder', async () => {
    const page = await admin.open('/exploitation');
    expect(page.text).toContain('2 messages ne sont pas arrivés');
    expect(row(page, 'Adresse refusée')).toEqual(['1']);
    expect(row(page, 'Serveur injoignable')).toEqual(['1']);
    expect(page.text).not.toMatch(/Camille|camille|coutellerie/);
    expect(page.html.querySelectorAll('main a[href^="/pilotage/projets/"]').length).toBe(0);
    const links = (await marie.open('/exploitation')).html.querySelectorAll('main a[href^="/pilotage/projets/"]');
    expect(links.length).toBeGreaterThan(0);
  });

  it('tries all again once somebody has said so', async () => {
    const asked = await admin.open('/exploitation/reprendre');
    expect(asked.text).toContain('2 messages à envoyer à nouveau');
    expect((await desk.parts.deliveries.byId(receipt))?.gaveUpAt).not.toBeNull();
    const done = await admin.send(asked, {});
    expect(done.text).toContain('2 messages repartent.');
    expect(done.text).toContain('Rien à reprendre');
    expect((await desk.parts.deliveries.byId(receipt))?.gaveUpAt).toBeNull();
    // They are in Redis, and counted.
    expect(row(done, 'E-mails')).toEqual(['2', '0', '0']);
  });
});

it('lists accounts whose address is refused, and counts projects', async () => {
  await desk.parts.accounts.markMailRefused('anne', REFUSED);
  const { project } = await here.arrives(aSubmission({ facts: { title: 'Sans adresse qui reçoive' } }));
  await desk.parts.projects.model.updateOne({ _id: project }, { $set: { mailRefused: REFUSED } });
  const page = await admin.open('/exploitation');
  expect(page.text).toMatch(/Anne D\. Conseil, .*TILTAM/);
  expect(page.text).toContain('ne reçoit plus dans 1 projet');
  expect(page.text).not.toContain('Tout part à l’heure');
  expect(page.text).not.toContain('Sans adresse qui reçoive');
});

it('shows each row of the timetable with its last runs', async () => {
  const slot = { name: 'sweep', slot: '2026-11-23T08:30Z' };
  await desk.parts.runs.claim(slot, MONDAY, new Date(MONDAY.getTime() + MINUTE));
  await desk.parts.runs.finish(slot, { at: MONDAY, done: 3 });
  const failed = { name: 'purge', slot: '2026-11-23' };
  await desk.parts.runs.claim(failed, MONDAY, new Date(MONDAY.getTime() + MINUTE));
  await desk.parts.runs.fail(failed, { at: MONDAY, because: 'the store is away' });
  const page = await admin.open('/exploitation');
  expect(page.text).toMatch(/, chaque minute Fait lundi 23 novembre à 9 h 30, 3 traités/);
  expect(page.text).toMatch(/Échec lundi 23 novembre à 9 h 30 : the store is away/);
  expect(page.text).toMatch(/, au début de la semaine à 8 h 30 Pas encore\./);
});

it('shows messages that nobody expected to managers alone, who settle them', async () => {
  const { id } = await desk.parts.inbox.receive('<lost@example.org>', MONDAY);
  await desk.parts.inbox.leave(id, {
    from: 'quelqu.un@example.org',
    subject: 'Ma question',
    text: 'Bonjour, où en est mon dossier ?',
    why: 'Aucun projet ne correspond.',
    project: null,
  });
  const seen = await admin.open('/exploitation');
  expect(seen.text).toContain('1 message à lire par le pilotage.');
  expect(seen.text).not.toContain('quelqu.un');
  const page = await marie.open('/exploitation');
  expect(page.text).toMatch(/Ma question quelqu\.un@example\.org.* Bonjour, où en est mon dossier \?/);
  const done = await marie.send(page, {}, '/classer');
  expect(done.text).toContain('Message classé.');
  expect(done.text).toContain('Aucun message à lire');
  expect((await marie.send(page, {}, '/classer')).status).toBe(200);
});

it('says that Redis does not answer, within a second and a half, and shows the rest', async () => {
  const away = await startDesk({ at: MONDAY });
  const frozen = await openDoor(away);
  try {
    await addStaff(away);
    const visitor = await frozen.signedIn('admin');
    const before = Date.now();
    const page = await visitor.open('/exploitation');
    expect(Date.now() - before).toBeLessThan(1500);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Redis ne répond pas')]);
    expect(page.text).toContain('Rien à reprendre');
  } finally {
    await frozen.close();
    await away.stop();
  }
});
