import type { Browser, Page } from 'playwright-core';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { aSubmission } from '../support/aSubmission.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const signedIn = async (name: StaffName, javaScriptEnabled = true): Promise<Page> => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, baseURL: door.base, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto('/connexion');
  await giveName(page, name);
  return page;
};
const giveName = async (page: Page, name: StaffName): Promise<void> => {
  await page.fill('#email', `${name}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
};
const look = (page: Page, name: string): Promise<void> => lookAt(page, `equipe-${name}`);

let visitors = 0;
/** A new project at TILTAM. */
const arrives = async (): Promise<Referral> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await desk.services.saveDraft(visitor, {});
  const { project } = await desk.services.submitProject({ visitor, submission: aSubmission() });
  return (await desk.parts.referrals.ofProject(project.id))[0] as Referral;
};

test('a lead sees who has what, says who deals with what, and prepares an absence', async () => {
  const page = await signedIn('lea');
  await page.getByRole('link', { name: 'Équipe', exact: true }).click();
  await look(page, '1-vide');
  for (let count = 0; count < 5; count += 1) await arrives();
  await desk.parts.referrals.model.updateOne({ assignee: 'bruno' }, { $set: { assignee: null } });
  desk.clock.now = new Date('2026-11-26T09:30:00+01:00');
  await arrives();
  // Three days later: the session is over.
  await page.reload();
  await giveName(page, 'lea');
  await page.waitForURL('**/equipe');
  await look(page, '2-retards');
  expect(await page.locator('.team .is-late').count()).toBe(2);

  await page.getByRole('link', { name: 'Modifier ce dont s’occupe Bruno P.' }).click();
  await look(page, '3-competences');
  await page.getByLabel('Développement international').check();
  await page.locator('main form .actions').getByRole('button').click();
  expect(await page.locator('.notice--done').textContent()).toContain('C’est enregistré');

  await page.getByRole('link', { name: 'Absences' }).last().click();
  await look(page, '4-absences-vide');
  await page.locator('main form .actions').getByRole('button').first().click();
  await look(page, '5-absences-erreurs');
  expect(await page.locator('.error-summary li').count()).toBe(3);
  await page.locator('#account').selectOption('anne');
  await page.locator('#from').fill('2026-11-26');
  await page.locator('#to').fill('2026-12-04');
  await page.locator('#deputy').selectOption('bruno');
  await page.getByRole('button', { name: 'Noter cette absence' }).click();
  await look(page, '6-absence-notee');
  expect(await page.locator('.notice--done').textContent()).toMatch(/sont confiés à quelqu’un d’autre/);
  await page.getByRole('link', { name: 'Qui a quoi' }).click();
  await look(page, '7-absence');
  expect(await page.locator('.team').textContent()).toContain('remplacement par Bruno\u00a0P.');
  await page.locator('.team').getByRole('link', { name: 'à prendre, Bruno P.' }).click();
  expect(page.url()).toContain('personne=bruno');
  await page.context().close();
});

test('a lead settles the partner, with the keyboard alone and no JavaScript', async () => {
  const page = await signedIn('lea', false);
  await page.goto('/equipe/reglages');
  await page.locator('#closures').focus();
  await page.keyboard.type('Noël');
  await page.keyboard.press('Tab');
  await page.keyboard.type('accueil@example.org');
  for (let field = 0; field < 5; field += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator('.error-summary').textContent()).toContain('Vérifiez cette ligne');
  expect(await page.locator('#mailbox').inputValue()).toBe('accueil@example.org');
  await page.locator('#closures').fill('24/12/2026 au 31/12/2026 Fin d’année');
  await page.locator('main form .actions').getByRole('button').click();
  expect(await page.locator('.notice--done').textContent()).toContain('C’est enregistré');
  await page.context().close();
});

test('the settings look right, with errors and after somebody else saved', async () => {
  const page = await signedIn('lea');
  await page.goto('/equipe/reglages');
  await look(page, '8-reglages');
  await page.locator('#mailbox').fill('accueil');
  await page.locator('main form .actions').getByRole('button').click();
  await look(page, '9-reglages-erreurs');
  await page.locator('#mailbox').fill('bureau@example.org');
  const { model } = desk.parts.partnerSettings;
  await model.updateOne({ _id: 'ti-tiltam' }, { $inc: { version: 1 }, $set: { updatedBy: 'lea' } });
  await page.locator('main form .actions').getByRole('button').click();
  await look(page, '10-reglages-conflit');
  expect(await page.locator('.notice--late').textContent()).toContain('a enregistré cette page avant vous');
  await page.context().close();
});

test('an advisor sees the own absences, and not the team', async () => {
  const page = await signedIn('anne');
  await page.goto('/equipe/absences');
  await look(page, '11-mes-absences');
  expect(await page.locator('#account').count()).toBe(0);
  await page.goto('/equipe');
  await look(page, '12-refus');
  expect(await page.locator('h1').textContent()).toBe('Accès réservé');
  await page.context().close();
});
