import type { Browser, Page } from 'playwright-core';
import { arrivals } from '../support/arrivals.js';
import { anUndecidedSubmission, type aSubmission } from '../support/aSubmission.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/**
 * A manager empties triage: compares the candidates, sends one project, ends another. An advisor takes several projects at
 * once. With SCREENSHOTS=folder, every page is kept as a picture.
 */
const MONDAY = new Date('2024-11-25T09:30:00+01:00');
const TABLET = { width: 768, height: 1024 };

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  const { arrives, services } = arrivals(desk);
  const refused = await arrives({ facts: { title: 'Un atelier refusé par un partenaire' } });
  const said = { reason: 'other-need', words: 'La CCI connaît ce commerce.' } as const;
  await services.declineReferral({ id: refused.id, version: 1, by: staffMember('anne') }, said);
  desk.clock.now = new Date(MONDAY.getTime() + 60_000);
  const undecided = anUndecidedSubmission();
  await arrives({ ...undecided, facts: { ...undecided.facts, title: 'Une idée sans besoin précis' } } as never);
  for (const title of ['Une presse à froid', 'Un four à émail', 'Une ligne de polissage'])
    await arrives({ facts: { title } } as Parameters<typeof aSubmission>[0]);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await door?.close();
  await desk?.stop();
});

const signIn = async (who: StaffName, address: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, baseURL: door.base });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByLabel('Adresse e-mail').fill(`${who}@example.org`);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.locator('main form').getByRole('button').click();
  return page;
};

/** At the three widths: axe and overflow at two of them by `lookAt`, the third here. */
const look = async (page: Page, name: string): Promise<void> => {
  await lookAt(page, `triage-${name}`);
  await page.setViewportSize(TABLET);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(`${name} tablet ${overflow}`).toBe(`${name} tablet 0`);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/triage-${name}-tablet.png`, fullPage: true });
  await page.setViewportSize(WIDTHS.phone);
  await lookAt(page, `triage-${name}`);
  await page.setViewportSize(WIDTHS.desk);
};

it('a manager compares the candidates, sends a project, and ends one that nobody can have', async () => {
  const page = await signIn('marie', '/pilotage/a-orienter');
  await look(page, '01-list');
  await page.getByRole('link', { name: 'Un atelier refusé par un partenaire' }).click();
  await look(page, '02-project');
  await page.getByRole('link', { name: 'Choisir un partenaire' }).click();
  await page.getByRole('button', { name: 'Envoyer le projet' }).click();
  expect(await page.locator('.error-summary').textContent()).toContain('Choisissez un partenaire.');
  await look(page, '03-missing');
  await page.getByLabel('CCI Puy-de-Dôme Clermont Auvergne Métropole').check();
  await page.getByLabel('Après le refus d’un partenaire').check();
  await page.getByRole('button', { name: 'Envoyer le projet' }).click();
  expect(await page.locator('.notice').textContent()).toContain('Projet envoyé.');
  await look(page, '04-sent');

  await page.goto('/pilotage/a-orienter');
  await page.getByRole('link', { name: 'Une idée sans besoin précis' }).click();
  await page.getByRole('link', { name: 'Clore sans partenaire' }).click();
  await look(page, '05-close');
  await page.getByLabel('La personne n’a pas pu être jointe').check();
  await page.locator('textarea').fill('Nous avons essayé de vous appeler. Écrivez-nous quand vous le pourrez.');
  await page.getByRole('button', { name: 'Clore ce projet' }).click();
  await look(page, '06-closed');
  await page.goto('/pilotage/a-orienter');
  expect(await page.locator('main').textContent()).toContain('Rien à orienter');
  await page.context().close();
});

it('an advisor takes every project of a page at once, and reads what became of each', async () => {
  const page = await signIn('anne', '/dossiers');
  await page.getByRole('button', { name: 'Tout sélectionner' }).click();
  expect(await page.locator('.queue-count').textContent()).toBe('3 projets choisis');
  await look(page, '07-selected');
  await page.locator('.queue-bulk select').selectOption('take');
  await page.locator('.queue-bulk').getByRole('button', { name: 'Continuer' }).click();
  await look(page, '08-ask');
  const first = (
    await desk.parts.referrals.list({
      partner: 'ti-tiltam',
      basket: 'a-prendre',
      words: null,
      from: null,
      limit: 1,
      now: MONDAY,
      filters: (await import('../../src/domain/referrals/queueFilters.js')).NO_FILTERS,
    })
  ).rows[0];
  await desk.services.takeReferral({ id: first?.id ?? '', version: 1, by: staffMember('bruno') });
  await page.locator('main form').getByRole('button').click();
  expect(await page.locator('.notice').textContent()).toContain('C’est fait pour 2 projets sur 3.');
  expect(await page.locator('.many').textContent()).toContain('Bruno P. a déjà pris ce projet en charge.');
  await look(page, '09-results');
  await page.reload();
  expect(await page.locator('.many li').count()).toBe(3);
  await page.locator('main a.button').click();
  await page.goto('/dossiers?panier=en-cours');
  await page.locator('input[name="choisis"]').first().check();
  await page.locator('.queue-bulk select').selectOption('close');
  await page.locator('.queue-bulk').getByRole('button', { name: 'Continuer' }).click();
  await look(page, '10-ask-close');
  await page.context().close();
});
