import path from 'node:path';
import { loadExamples } from '../../src/data/territoryFiles.js';
import { EMAIL_IDS, languagesOf } from '../../src/domain/emails/catalogue.js';
import { exampleFacts } from '../../src/domain/emails/examples.js';
import { modelOf } from '../../src/domain/emails/models.js';
import type { Account } from '../../src/domain/referrals/access.js';
import { paths } from '../../src/paths.js';
import { hashPassword } from '../../src/services/accounts/passwords.js';
import { needsDemonstration } from '../../src/services/demonstration/needsDemonstration.js';
import { fillIn } from '../support/fillIn.js';
import { firstPlacesIn } from '../support/firstPlaces.js';
import { sendAll } from '../support/lastLink.js';
import { runDesk } from '../support/runDesk.js';
import { type Door, openDoor, PASSWORD, type StaffName } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import type { Page, Visitor } from '../support/visit.js';

/** A made-up territory of two EPCI, three partners and a dozen communes: the same desk, another folder. */
const FOLDER = path.join(__dirname, '../support/secondTerritory');
const CASES = path.join(FOLDER, 'cases.json');
const MONDAY = new Date('2026-11-23T10:00:00+01:00');

interface Example {
  id: string;
  outcome: string;
  expectedPrimary: string | null;
  expectedAlsoInvolved: string[];
}
const examples = loadExamples(FOLDER) as Example[];

const ROBOT = {
  besoins: { needs: ['industry-of-the-future'] },
  'besoin-principal': { mainNeed: 'industry-of-the-future' },
  avancement: { stage: 'industrialisation' },
  vous: { holderKind: 'company' },
  lieu: { place: 'Rivemodèle' },
  activite: { sector: 'metal', headcount: '12' },
  projet: { title: 'Un robot de plus', summary: 'Nous voulons robotiser une ligne de notre atelier.' },
  entreprise: { organisation: 'Atelier Modèle' },
  'deja-en-contact': { partners: 'none' },
  contact: { name: 'Camille R.', email: 'camille@example.org', phone: '06 39 98 12 34', consent: 'yes' },
};

let desk: Desk;
let door: Door;
let visitor: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true, settings: { TERRITORY_DIR: FOLDER } });
  door = await openDoor(desk);
  visitor = door.visitor();
  const passwordHash = await hashPassword(PASSWORD);
  const staff: Account[] = [
    { id: 'zoe', name: 'Zoé A.', email: 'zoe@example.org', role: 'advisor', partner: 'ti-aval' },
    { id: 'max', name: 'Max P.', email: 'max@example.org', role: 'manager', partner: null },
  ];
  // `demo`: signs in without a second factor.
  for (const account of staff) await desk.parts.accounts.insert(account, { passwordHash, demo: true });
});
afterAll(async () => {
  await door?.close();
  await desk?.stop();
});

/** The page says nothing of the first territory, in its header and footer either. */
const isOurs = (page: Page): Page => {
  expect([page.url, page.status]).toEqual([page.url, 200]);
  expect([page.url, firstPlacesIn(page.html.outerHTML)]).toEqual([page.url, []]);
  return page;
};
const signedIn = (id: string): Promise<Visitor> => door.signedIn(id as StaffName);

test.each([
  paths.home(),
  paths.partners(),
  paths.charter(),
  paths.legal(),
  paths.privacy(),
  paths.accessibility(),
  paths.publicFigures(),
  paths.frame(),
])('%s speaks of this territory alone, in both languages', async (address) => {
  for (const language of ['fr', 'en']) isOurs(await visitor.open(`${address}?lang=${language}`));
});

test('home and partners name its towns and its partners, and no kind of desk that it has none of', async () => {
  const home = await visitor.open('/?lang=fr');
  expect(home.text).toContain('entre Bourg-Exemple et Rivemodèle');
  expect(home.html.querySelector('.brand-place')?.text).toBe('Val d’Exemple');
  const partners = await visitor.open(`${paths.partners()}?lang=fr`);
  expect(partners.text).toContain('Territoire d’industrie Aval');
  expect(partners.text).not.toContain('Université');
});

test('a project goes from the first question to its receipt, its e-mails and its advisor’s queue', async () => {
  const check = isOurs(await fillIn(visitor, ROBOT));
  const receipt = isOurs(await visitor.send(check, {}));
  expect(receipt.text).toContain('Territoire d’industrie Aval');
  expect(receipt.text).toContain('à Rivemodèle');

  await sendAll(desk);
  const messages = desk.mailbox?.messages() ?? [];
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.some(({ text }) => text.includes('un service commun des partenaires du Val d’Exemple'))).toBe(true);
  expect(messages.flatMap(({ text, html }) => firstPlacesIn(`${text}${html}`))).toEqual([]);

  const advisor = await signedIn('zoe');
  const queue = isOurs(await advisor.open(paths.queue()));
  expect(queue.text).toContain('Un robot de plus');
  const links = queue.html.querySelectorAll('main a').map((link) => link.getAttribute('href') ?? '');
  const sheet = isOurs(await advisor.open(links.find((href) => /^\/dossiers\/[0-9a-f-]{36}/.test(href)) ?? '/nowhere'));
  expect(sheet.text).toContain('Nous voulons robotiser une ligne de notre atelier.');
});

test('the manager’s figures, rules and reports are its own', async () => {
  const manager = await signedIn('max');
  for (const address of ['/pilotage', paths.rules(), paths.reports(), paths.publicSite()])
    isOurs(await manager.open(address));
  const rules = await manager.open(paths.rules());
  expect(rules.text).toContain('L’industrie de l’Aval va à son Territoire d’industrie');
});

test('every e-mail of the catalogue, with its examples, is its own', () => {
  const { render, territory } = desk.parts;
  const said = EMAIL_IDS.flatMap((id) =>
    languagesOf(id).flatMap((language) => {
      const { subject, text, html } = render(id, modelOf(id, exampleFacts(id, language, territory)), language);
      return firstPlacesIn(`${subject}${text}${html}`).map((name) => `${id}.${language}: ${name}`);
    }),
  );
  expect(said).toEqual([]);
});

test('it has no demonstration, so none is loaded', async () => {
  expect(desk.parts.demonstration).toBeNull();
  expect(await needsDemonstration(desk.parts)).toBe(false);
});

test('desk route sends its examples where they are expected', async () => {
  const { status, stdout, stderr } = await runDesk(['route', CASES, '--json'], { TERRITORY_DIR: FOLDER });
  expect([status, stderr]).toEqual([0, '']);
  const rows: { id: string; outcome: string; main: string | null; associated: string[] }[] = JSON.parse(stdout);
  expect(rows.map(({ id, outcome, main }) => [id, outcome, main])).toEqual(
    examples.map(({ id, outcome, expectedPrimary }) => [id, outcome, expectedPrimary]),
  );
  for (const [place, { associated }] of rows.entries())
    expect(associated).toEqual(examples[place]?.expectedAlsoInvolved);
  expect(firstPlacesIn(stdout)).toEqual([]);
});

test('desk rules check judges its rules', async () => {
  const { status, stdout, stderr } = await runDesk(['rules', 'check', '--json'], {
    TERRITORY_DIR: FOLDER,
    MONGODB_URL: desk.config.mongodbUrl,
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ faults: [], missed: [], mayPublish: true });
  expect(firstPlacesIn(stdout)).toEqual([]);
});
