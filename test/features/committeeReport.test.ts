import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadDemonstration } from '../../src/services/demonstration/loadDemonstration.js';
import { startBrowser } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, type StaffName } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const FIRST_MORNING = new Date('2024-10-01T10:00:00+02:00');

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk({ at: FIRST_MORNING, browser: true });
  const until = new Date('2024-10-01T00:00:00+02:00');
  await loadDemonstration(desk.parts, { until, password: () => PASSWORD, size: 140 });
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const signedIn = async (id: StaffName): Promise<Page> => {
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: door.base });
  const page = await context.newPage();
  await page.goto('/connexion');
  await page.fill('#email', `${id}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
  return page;
};

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

const keep = (name: string, bytes: Buffer): void => {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), bytes);
};

describe('on the first morning of a quarter', () => {
  it('a manager reads the report over, issues it, and has it as a PDF that everybody gets the same', async () => {
    const page = await signedIn('marie');
    await page.goto('/pilotage/rapports');
    await lookAt(page, 'reports');
    await page.click('text=Relire le rapport du 3e trimestre 2024');
    expect(await page.textContent('main h1')).toBe('Projet de rapport du 3e trimestre 2024');
    await lookAt(page, 'report-draft');
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('.report-watermark')).toBe(true);
    await page.emulateMedia({ media: null });

    await page.click('text=Arrêter le rapport du 3e trimestre 2024');
    expect(await page.textContent('.notice-title')).toBe('Le rapport est arrêté');
    expect(await page.textContent('main h1')).toBe('Rapport du 3e trimestre 2024');
    await lookAt(page, 'report');

    const printed = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
    keep('report-page.pdf', printed);
    const answer = await page.request.get('/pilotage/rapports/2024-T3.pdf');
    expect(answer.headers()['content-type']).toBe('application/pdf');
    const file = await answer.body();
    keep('report.pdf', file);
    expect(pagesOf(file)).toBeGreaterThan(8);
    expect(pagesOf(file)).toBeLessThan(30);
    expect(Math.abs(pagesOf(file) - pagesOf(printed))).toBeLessThanOrEqual(1);
    const again = await (await page.request.get('/pilotage/rapports/2024-T3.pdf')).body();
    expect(again.equals(file)).toBe(true);
    await page.context().close();
  });

  it('prints on A4 without menus, and nothing wider than the paper', async () => {
    const page = await signedIn('odile');
    await page.goto('/pilotage/rapports/2024-T3');
    await page.emulateMedia({ media: 'print' });
    // 178 mm between the margins, in CSS pixels.
    await page.setViewportSize({ width: 673, height: 980 });
    for (const away of ['.header', '.footer', '.report-desk', '.report-watermark', '.report .figure details'])
      expect(await page.locator(away).filter({ visible: true }).count()).toBe(0);
    const wider = await page.evaluate(
      `[...document.querySelectorAll('.report table, .report svg')].filter((one) => one.getBoundingClientRect().width > 674).length`,
    );
    expect(wider).toBe(0);
    keep('report-print.png', await page.screenshot({ fullPage: true }));
    await page.context().close();
  });
});
