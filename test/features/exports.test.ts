import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import readWorkbook from 'read-excel-file/node';
import { startBrowser } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { someFacts } from '../support/manyFacts.js';
import { addStaff, type Door, openDoor, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
let door: Door;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2024-11-25T09:30:00+01:00') });
  await addStaff(desk);
  const in2024 = { day: '2024-11-04', month: '2024-11' };
  await desk.parts.projectFacts.keep([someFacts(1, in2024), someFacts(2, in2024)]);
  door = await openDoor(desk);
  browser = await startBrowser();
  page = await (await browser.newContext({ locale: 'fr-FR', acceptDownloads: true })).newPage();
  await page.goto(`${door.base}/connexion`);
  await page.fill('#email', 'marie@example.org');
  await page.fill('#password', PASSWORD);
  await page.click('main button');
  await page.waitForLoadState();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

test('a manager asks for a workbook, sees it being made without doing anything, and opens it', async () => {
  await page.goto(`${door.base}/pilotage/exports`);
  await lookAt(page, 'exports-form');
  await page.getByText('Une ligne par projet').click();
  await page.selectOption('#periode', '2024-11');
  await page.getByRole('button', { name: 'Préparer le fichier' }).click();
  await page.getByText('Le fichier est demandé.').waitFor();

  const id = (await desk.parts.exportRecords.model.findOne().lean())?._id ?? '';
  const now = desk.clock.now;
  const claimed = await desk.parts.exportRecords.claim(id, now, new Date(now.getTime() + 30_000));
  await desk.parts.exportRecords.progress({ id, attempt: 1 }, { total: 200_000, done: 90_000 }, now);
  expect(claimed?.state).toBe('running');
  await page.getByText('sur 200').first().waitFor({ timeout: 15_000 });
  await lookAt(page, 'exports-under-way');

  await desk.parts.exportRecords.release({ id, attempt: 1 });
  expect(await desk.services.runExport(id)).toBe('done');
  const link = page.getByRole('link', { name: /^Télécharger/ });
  await link.waitFor({ timeout: 15_000 });
  await lookAt(page, 'exports-ready');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('projets-2024-11-01-2024-11-30.xlsx');
  const [projects] = await readWorkbook(await readFile(await download.path()));
  expect(projects?.data).toHaveLength(3);
});
