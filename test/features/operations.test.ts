import type { Browser, Page } from 'playwright-core';
import type { EmailId } from '../../src/domain/emails/catalogue.js';
import { arrivals } from '../support/arrivals.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/**
 * E-mails as people see them: on the sheet of a project, where one is sent again, and on the operations page, where what
 * failed is tried again. With SCREENSHOTS=folder, every page is kept as a picture.
 */
const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
let browser: Browser;
let project: string;
let referral: string;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, redis: true });
  await addStaff(desk);
  door = await openDoor(desk);
  const arrived = await arrivals(desk).arrives();
  project = arrived.project;
  referral = arrived.id;
  await things();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

/** One e-mail of each state, runs of the timetable, an address refused, a message that nobody expected. */
const things = async (): Promise<void> => {
  const { accounts, deliveries, inbox, projects, runs } = desk.parts;
  const find = async (email: EmailId): Promise<string> =>
    (await deliveries.ofProject(project)).find((each) => each.email === email)?.id ?? '';
  const receipt = await find('holder-receipt');
  await deliveries.markSent(receipt, { at: MONDAY, messageId: '<a@localhost>', response: '250 ok' });
  const because = 'Message failed: 550 5.1.1 <(address)>: Recipient address rejected: User unknown in virtual table';
  await deliveries.markFailed(await find('advisor-new-project'), { because, final: true, at: MONDAY });
  await deliveries.markFailed(await find('advisor-second-reminder'), {
    because: '450 later',
    final: false,
    at: MONDAY,
  });
  await deliveries.markCancelled(await find('lead-escalation'), 'while waiting');
  await accounts.markMailRefused('bruno', { at: MONDAY, because });
  const { id: other } = await arrivals(desk).arrives();
  const elsewhere = (await desk.parts.referrals.byId(other))?.project ?? '';
  await projects.model.updateOne({ _id: elsewhere }, { $set: { mailRefused: { at: MONDAY, because } } });
  await runs.claim({ name: 'sweep', slot: '2026-11-23T08:29Z' }, MONDAY, MONDAY);
  await runs.finish({ name: 'sweep', slot: '2026-11-23T08:29Z' }, { at: MONDAY, done: 4 });
  await runs.claim({ name: 'purge', slot: '2026-11-23' }, MONDAY, MONDAY);
  await runs.fail({ name: 'purge', slot: '2026-11-23' }, { at: MONDAY, because: 'the store is away' });
  const { id } = await inbox.receive('<lost@example.org>', MONDAY);
  await inbox.leave(id, {
    from: 'quelqu.un@example.org',
    subject: 'Ma question',
    text: 'Bonjour,\n\nOù en est mon dossier ? Je n’ai pas de nouvelles depuis la semaine dernière.',
    why: 'Aucun projet ne correspond à cette adresse.',
    project: null,
  });
};

const signedIn = async (who: StaffName): Promise<Page> => {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: WIDTHS.desk });
  const page = await context.newPage();
  await page.goto(`${door.base}/connexion`);
  await page.fill('#email', `${who}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main button:not([type="button"])');
  return page;
};

it('an advisor reads what was sent on a sheet, and sends the receipt again', async () => {
  const page = await signedIn('anne');
  await page.goto(`${door.base}/dossiers/${referral}`);
  await lookAt(page, 'operations-1-sheet');
  await page.click('#courriels ~ ul >> text=Envoyer à nouveau');
  await page.waitForURL(/renvoyer/);
  await lookAt(page, 'operations-2-send-again');
  await page.click('main button');
  await page.waitForURL(/fait=renvoi/);
  expect(await page.textContent('main')).toContain('(à nouveau)');
  await page.context().close();
});

it('an administrator sees how things stand, and has what failed tried again', async () => {
  const page = await signedIn('admin');
  await page.waitForURL(/exploitation/);
  await lookAt(page, 'operations-3-admin');
  await page.click('text=Tout reprendre');
  await page.waitForURL(/reprendre/);
  await lookAt(page, 'operations-4-retry');
  await page.click('main button');
  await page.waitForURL(/fait=reprise/);
  expect(await page.textContent('main')).toContain('message repart');
  await page.context().close();
});

it('an administrator finds in the log who read the project, and nothing of it', async () => {
  const page = await signedIn('admin');
  await page.getByRole('link', { name: 'Journal' }).click();
  await page.getByLabel('Fait par (nom ou adresse)').fill('anne');
  await page.getByLabel('Acte').selectOption('reading');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByText(`a lu la fiche d’un projet : projet ${project}`).first().waitFor();
  await lookAt(page, 'operations-7-log');
  await page.goto(`${door.base}/exploitation/journal?personne=personne`);
  await lookAt(page, 'operations-8-log-empty');
});

it('a manager reads what nobody expected, and the e-mails of a project', async () => {
  const page = await signedIn('marie');
  await page.goto(`${door.base}/exploitation`);
  await lookAt(page, 'operations-5-manager');
  await page.goto(`${door.base}/pilotage/projets/${project}`);
  await lookAt(page, 'operations-6-project');
  await page.context().close();
});
