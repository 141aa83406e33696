import type { Browser, Page } from 'playwright-core';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { CUTLER, sendProject } from '../support/fillIn.js';
import { lookAt } from '../support/lookAt.js';
import { until } from '../support/startProcesses.js';
import { type Standalone, startStandalone } from '../support/startStandalone.js';
import { visit } from '../support/visit.js';

/**
 * A manager changes a rule knowing what the change would have done: edits it, sees the replay on a year of projects,
 * publishes, and the next project is routed by the new version. With SCREENSHOTS=folder, every page is kept as a picture.
 */
let desk: Standalone;
let browser: Browser;
beforeAll(async () => {
  desk = await startStandalone();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});

const MANAGER = 'pilotage1@example.org';
const SENTENCE = 'Vous modernisez votre production : {partner} a été créé pour cela.';

const look = (page: Page, name: string): Promise<void> => lookAt(page, `rules-${name}`);

const replay = async (page: Page): Promise<void> => {
  await page.goto('/pilotage/regles/brouillon/rejeu');
  await look(page, '08-replay');
  await page.getByRole('button', { name: 'Rejouer ces projets' }).first().click();
  const isOver = async (): Promise<boolean> => {
    await page.reload();
    return (await page.locator('h1').textContent())?.includes('Terminé') ?? false;
  };
  await until('the replay', isOver, 60);
};

it('edits a rule, replays it, publishes it, and the next project follows it', async () => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, baseURL: desk.base });
  const page = await context.newPage();
  await page.goto('/pilotage/regles');
  await page.getByLabel('Adresse e-mail').fill(MANAGER);
  await page.getByLabel('Mot de passe').fill(desk.passwordOf(MANAGER));
  await page.locator('main form').getByRole('button').click();
  await look(page, '01-in-force');
  await page.getByRole('button', { name: 'Préparer une nouvelle version' }).click();
  await look(page, '02-draft');

  await page.goto('/pilotage/regles/brouillon/modifier/eau-cci');
  await look(page, '03-nested-rule');
  await page.goto('/pilotage/regles/brouillon/modifier/industrie-territoire');
  await page.locator('#to').selectOption('family:cci');
  await page.locator('main form .actions').getByRole('button').click();
  await replay(page);
  await look(page, '09-replay-moves');
  expect(await page.locator('main').textContent()).toMatch(/\d+\u00a0projets sur \d+ iraient ailleurs/);
  await page.goto('/pilotage/regles/brouillon/publier');
  await look(page, '10-publish-refused');
  expect(await page.locator('main').textContent()).toContain('À corriger avant de publier');

  await page.goto('/pilotage/regles/brouillon/modifier/industrie-territoire');
  await page.locator('#to').selectOption('family:territoire-industrie');
  await page.locator('#add-root').selectOption('headcount');
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.locator('main form .actions').getByRole('button').click();
  await look(page, '04-rule-errors');
  expect(await page.locator('.error-summary').textContent()).toContain('Écrivez un nombre.');
  await page.locator('#op-2').selectOption('not-atLeast');
  await page.locator('#from-2').fill('5000');
  await page.getByLabel('Faire comme si', { exact: false }).last().check();
  await page.getByLabel('Phrase').fill(SENTENCE);
  await page.locator('main form .actions').getByRole('button').click();
  expect(await page.locator('#regle-industrie-territoire').textContent()).toContain('Modifiée');
  await page.goto('/pilotage/regles/differences?a=brouillon');
  await look(page, '05-difference');
  await page.goto('/pilotage/regles/brouillon/essai?besoin1=industry-of-the-future&commune=Thiers');
  await look(page, '06-try');
  await page.goto('/pilotage/regles/brouillon/controles');
  await look(page, '07-checks');

  await replay(page);
  expect(await page.locator('main').textContent()).toContain('irait ailleurs');

  await page.goto('/pilotage/regles/brouillon/publier');
  for (const reason of await page.locator('input[name^="reason-"]').all()) await reason.fill('C’est voulu.');
  await page.getByLabel('Ce qui change, et pourquoi').fill('Une phrase plus claire pour l’industrie.');
  await look(page, '10-publish');
  await page.getByRole('button', { name: 'Publier la version 2' }).click();
  expect(await page.locator('main').textContent()).toContain('Nouvelle version publiée.');
  await look(page, '11-published');
  await page.goto('/pilotage/regles/versions/1');
  await look(page, '12-version');
  await page.goto('/pilotage/regles/versions/1/republier');
  await look(page, '13-roll-back');

  const receipt = await sendProject(visit(desk.base), CUTLER);
  expect(receipt.text).toContain('Vous modernisez votre production');
});
