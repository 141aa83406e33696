import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aSubmission } from '../support/aSubmission.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/**
 * An advisor empties the queue by keys alone, filters it, comes back to the same place, and learns that it changed. With
 * SCREENSHOTS=folder, every page is kept as a picture.
 */
const MONDAY = new Date('2024-11-25T09:30:00+01:00');
const TITLES = ['Un four à émail', 'Une ligne de polissage', 'Un atelier à céder', 'Une presse à froid'];

let desk: Desk;
let services: Desk['services'];
let door: Door;
let browser: Browser;
let visitors = 0;
const arrives = async (title: string, channel: string | null = null): Promise<string> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await services.saveDraft(visitor, {});
  if (channel) await services.keepChannel(visitor, channel, 'fr');
  const { project, token } = await services.submitProject({ visitor, submission: aSubmission({ facts: { title } }) });
  desk.clock.now = new Date(desk.clock.now.getTime() + 60_000);
  if (title === TITLES[1]) await services.addMessage(token, 'Je suis en congé mardi.');
  return (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
};

beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
  desk.clock.now = new Date('2024-11-19T10:00:00+01:00');
  for (const title of TITLES.slice(0, 2)) await arrives(title);
  desk.clock.now = MONDAY;
  for (const title of TITLES.slice(2)) await arrives(title, 'salon-de-l-industrie');
  const taken = await arrives('Un local à Thiers');
  await services.takeReferral({ id: taken, version: 1, by: staffMember('anne') });
  desk.clock.now = MONDAY;
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await door?.close();
  await desk?.stop();
});

const signIn = async (): Promise<Page> => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, baseURL: door.base });
  const page = await context.newPage();
  await page.goto('/dossiers');
  await page.keyboard.press('Tab');
  await page.getByLabel('Adresse e-mail').focus();
  await page.keyboard.type('anne@example.org');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dossiers');
  return page;
};
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
const look = (page: Page, name: string): Promise<void> => lookAt(page, `queue-${name}`);

it('is read, opened, taken and searched by keys alone', async () => {
  const page = await signIn();
  await look(page, '01-to-take');
  await page.keyboard.press('j');
  expect(TITLES.slice(0, 2)).toContain(await focused(page));
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('k');
  const title = await focused(page);
  expect(TITLES).toContain(title);
  await page.keyboard.press('x');
  expect(await page.locator('input[name="choisis"]:checked').count()).toBe(1);
  await look(page, '02-row-chosen');

  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/dossiers\/[\w-]{36}$/);
  expect(await page.locator('h1').textContent()).toContain(title);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL('**/dossiers');

  await page.keyboard.press('j');
  await page.keyboard.press('t');
  await page.waitForURL('**/prendre-en-charge');
  await page.goBack();
  await page.keyboard.press('/');
  await page.keyboard.type('jet presse');
  expect(await page.locator('#q').inputValue()).toBe('jet presse');
  await page.locator('#q').fill('pre');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=pre/);
  expect(await page.locator('.queue tbody th a').allTextContents()).toEqual(['Une presse à froid']);
  await look(page, '03-found');
  await page.keyboard.press('?');
  await page.waitForURL('**/raccourcis');
  await look(page, '04-shortcuts');

  await page.getByLabel('Utiliser ces raccourcis').uncheck();
  await page.goto('/dossiers');
  await page.keyboard.press('j');
  expect(TITLES).not.toContain(await focused(page));
  await page.context().close();
});

it('is filtered in one line, saved as a view, and found again from a sheet', async () => {
  const page = await signIn();
  await page.getByLabel('Qui l’a').selectOption({ label: 'Bruno P.' });
  await page.getByRole('button', { name: 'Filtrer' }).click();
  await page.waitForURL('**/dossiers?personne=bruno');
  await look(page, '05-filtered');
  await page.getByText('Enregistrer cette vue').click();
  await page.getByLabel('Nom de la vue').fill('Ceux de Bruno');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('link', { name: 'Ceux de Bruno' }).click();
  await look(page, '06-view');
  await page.locator('.queue tbody th a').first().click();
  await page.locator('.back-link').click();
  await page.waitForURL('**/dossiers?personne=bruno');
  await page.goto('/dossiers/vues');
  await look(page, '07-views');
  for (const basket of ['en-cours', 'en-attente', 'clotures', 'expires']) {
    await page.goto(`/dossiers?panier=${basket}`);
    await look(page, `08-${basket}`);
  }
  await page.goto('/dossiers?besoin=skills&retard=1&du=2024-11-01');
  await look(page, '09-nothing-found');
  await page.setViewportSize(WIDTHS.phone);
  await page.goto('/dossiers');
  expect(await page.locator('#filtres').isVisible()).toBe(false);
  await page.getByRole('link', { name: 'Filtrer' }).click();
  expect(await page.locator('#filtres').isVisible()).toBe(true);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, 'queue-10-unfolded-phone.png'), fullPage: true });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.queue-search').isVisible()).toBe(false);
  if (folder) await page.screenshot({ path: path.join(folder, 'queue-11-print.png'), fullPage: true });
  await page.context().close();
});

it('says that it changed, while it stays open, and reloads only when asked', async () => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, baseURL: door.base });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto('/dossiers');
  await page.getByLabel('Adresse e-mail').fill('anne@example.org');
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dossiers');
  desk.clock.now = new Date('2024-11-25T14:32:00+01:00');
  await arrives('Un projet de plus');
  await page.clock.runFor(61_000);
  await page.getByRole('link', { name: 'Recharger' }).waitFor();
  expect((await page.locator('.fresh').textContent())?.replace(/\s+/g, ' ')).toContain(
    'Lu à 9 h 30. Cette liste a changé à 14 h 32. Recharger',
  );
  expect(await page.getByText('Un projet de plus').count()).toBe(0);
  await look(page, '12-changed');
  await page.getByRole('link', { name: 'Recharger' }).click();
  await page.getByText('Un projet de plus').first().waitFor();
  expect(await page.locator('.fresh-said').textContent()).toBe('');
  await context.close();
});
