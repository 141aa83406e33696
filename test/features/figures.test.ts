import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startOfLocalDay } from '../../src/domain/calendar/businessTime.js';
import { loadDemonstration } from '../../src/services/demonstration/loadDemonstration.js';
import { refreshFacts } from '../../src/services/statistics/refreshFacts.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const DAY = '2026-11-27';
const PROJECTS = 100;
/** What A4 leaves between margins of 10 mm, in CSS pixels. */
const PAPER = { width: 718, height: 1047 };

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk({ at: new Date(`${DAY}T10:00:00+01:00`) });
  await loadDemonstration(desk.parts, { until: startOfLocalDay(DAY), password: () => PASSWORD, size: PROJECTS });
  await addStaff(desk);
  await refreshFacts(desk.parts)();
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const signedIn = async (name: StaffName, more: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({
    viewport: WIDTHS.desk,
    baseURL: door.base,
    locale: 'fr-FR',
    javaScriptEnabled: true,
    ...more,
  });
  const page = await context.newPage();
  await page.goto('/connexion');
  await page.fill('#email', `${name}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
  return page;
};
const look = (page: Page, name: string): Promise<void> => lookAt(page, `chiffres-${name}`);

const keep = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `chiffres-${name}.png`), fullPage: true });
};

/** In the page: words of drawings that are cut, too small to read, or one over another. */
const FAULTS = `(() => {
  const faults = [];
  const shown = [...document.querySelectorAll('svg[role="img"]')].filter((svg) => svg.getBoundingClientRect().width > 0);
  if (shown.length < 5) faults.push('only ' + shown.length + ' drawings');
  for (const svg of shown) {
    const { width, height } = svg.viewBox.baseVal;
    const scale = svg.getBoundingClientRect().width / width;
    const name = svg.querySelector('title').textContent;
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBBox(), size: parseFloat(getComputedStyle(text).fontSize) * scale }));
    for (const { text, box, size } of boxes) {
      if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > width + 0.5 || box.y + box.height > height + 0.5) faults.push(name + ': cut: ' + text);
      if (size < 11) faults.push(name + ': too small: ' + text + ' ' + size);
    }
    boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
      const across = Math.min(one.box.x + one.box.width, other.box.x + other.box.width) - Math.max(one.box.x, other.box.x);
      const down = Math.min(one.box.y + one.box.height, other.box.y + other.box.height) - Math.max(one.box.y, other.box.y);
      if (across > 1 && down > 4) faults.push(name + ': "' + one.text + '" over "' + other.text + '"');
    }));
  }
  return faults;
})()`;

test('every word of every chart can be read at every width', async () => {
  const page = await signedIn('marie');
  for (const address of ['/pilotage', '/pilotage?periode=2026-11', '/pilotage?periode=mois&du=2020-01&au=2026-11']) {
    await page.goto(address);
    for (const viewport of Object.values(WIDTHS)) {
      await page.setViewportSize(viewport);
      expect(await page.evaluate(FAULTS)).toEqual([]);
    }
  }
  await page.context().close();
});

test('the page has no fault at any width, whole, and with problems', async () => {
  const page = await signedIn('marie');
  await page.goto('/pilotage?periode=2026-T3&territoire=riom-vichy');
  await look(page, '1-filtre');
  await page.goto('/pilotage?partenaire=ti-tiltam&axe=industry&besoin=energy&periode=mois&du=2026-09&au=2026-03');
  await look(page, '2-erreurs');
  await page.context().close();
});

test('a manager narrows the figures, opens the projects behind one, and names a period, without JavaScript', async () => {
  const page = await signedIn('marie', { javaScriptEnabled: false });
  await page.goto('/pilotage');
  await page.getByText('Filtrer').click();
  await page.getByLabel('Territoire', { exact: true }).selectOption('riom-vichy');
  await page.getByRole('button', { name: 'Appliquer ces filtres' }).click();
  expect(page.url()).toContain('territoire=riom-vichy');
  expect(await page.locator('.figures-narrowed').textContent()).toContain('Riom-Vichy');
  await page.getByRole('link', { name: 'Voir les projets : Pris en charge en 2 jours ouvrés' }).click();
  await keep(page, '3-derriere');
  expect(await page.locator('.queue tbody tr').count()).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Chiffres', exact: true }).last().click();
  await page.getByText('Choisir d’autres mois').click();
  await page.getByRole('link', { name: 'Donner un nom à une période' }).click();
  await page.getByLabel('Nom de la période').fill('Convention, 1re année');
  await page.getByLabel('Premier mois').fill('2026-01');
  await page.getByLabel('Dernier mois').fill('2026-10');
  await page.getByRole('button', { name: 'Ajouter cette période' }).click();
  await keep(page, '4-periodes');
  await page.getByRole('link', { name: 'Convention, 1re année' }).click();
  expect(await page.locator('h1').textContent()).toContain('Convention, 1re année');
  await page.context().close();
});

test('what darkens on the map and in the table of needs darkens in grey too', async () => {
  const page = await signedIn('marie', { bypassCSP: true });
  await page.goto('/pilotage');
  const luminances = await page.evaluate(`(() => {
    const probe = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    probe.setAttribute('class', 'chart');
    document.body.append(probe);
    return [0, 1, 2, 3, 4, 5].map((step) => {
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      rect.setAttribute('class', 'step-' + step);
      probe.append(rect);
      const [red, green, blue] = getComputedStyle(rect).fill.match(/\\d+/g).map(Number);
      return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    });
  })()`);
  const steps = luminances as number[];
  const gaps = steps.slice(1).map((light, index) => (steps[index] ?? 0) - light);
  expect(Math.min(...gaps)).toBeGreaterThan(10);
  await page.addStyleTag({ content: 'html { filter: grayscale(1) }' });
  await keep(page, '5-gris');
  await page.context().close();
});

test('on paper there are charts, and neither menus nor forms', async () => {
  const page = await signedIn('marie', { viewport: PAPER });
  await page.goto('/pilotage');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(FAULTS)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  const seen = await page.evaluate(
    `[...document.querySelectorAll('form, nav, .button, .figure-side details')].filter((one) => one.checkVisibility()).length`,
  );
  expect(seen).toBe(0);
  expect(await page.getByText('Données au').isVisible()).toBe(true);
  await keep(page, '6-papier');
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.pdf({ format: 'A4', path: path.join(folder, 'chiffres.pdf'), printBackground: false });
  await page.context().close();
});

test('a lead reads the figures of the own partner, an observer all of them and no list', async () => {
  const lead = await signedIn('lea');
  await lead.goto('/pilotage');
  expect(await lead.locator('.figures-own').textContent()).toContain('TILTAM');
  expect(await lead.locator('#filtre-partenaire').count()).toBe(0);
  await keep(lead, '7-responsable');
  await lead.context().close();
  const observer = await signedIn('odile');
  await observer.goto('/pilotage');
  expect(await observer.locator('.tile').count()).toBeGreaterThan(20);
  expect(await observer.locator('.tile-link').count()).toBe(0);
  await observer.context().close();
});
