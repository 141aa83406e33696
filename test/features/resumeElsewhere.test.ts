import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/** Real Chromium: stopping and going on elsewhere, entry links, and the frame on another site. */
let desk: Desk;
let door: Door;
let browser: Browser;
let site: Server;
let siteOrigin: string;

beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
  site = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html');
    res.end(
      `<!doctype html><title>Un partenaire</title><iframe src="${door.base}/integrer?via=cci" title="x"></iframe>`,
    );
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  siteOrigin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  site.close();
  await door.close();
  await desk.stop();
});

const newPage = async (locale: 'fr-FR' | 'en-GB' = 'fr-FR'): Promise<Page> =>
  (await browser.newContext({ locale, viewport: WIDTHS.desk })).newPage();

const begin = async (page: Page): Promise<string> => {
  await page.goto(`${door.base}/projet?besoin=water&vous=company`);
  const draft = await desk.parts.drafts.model.findOne().sort({ startedAt: -1, _id: 1 }).lean();
  return draft?._id ?? '';
};

test.each(['fr-FR', 'en-GB'] as const)(
  'a questionnaire begun on one device goes on on another (%s)',
  async (locale) => {
    await desk.parts.drafts.model.deleteMany({});
    const [phone, laptop] = [await newPage(locale), await newPage(locale)];
    await phone.goto(`${door.base}/projet/plus-tard`);
    await lookAt(phone, `later-empty-${locale}`);
    const draft = await begin(phone);
    await phone.goto(`${door.base}/projet?besoin=energy`);
    await lookAt(phone, `begun-${locale}`);
    await phone.goto(`${door.base}/projet/plus-tard`);
    await lookAt(phone, `later-${locale}`);
    await phone.getByRole('textbox').fill('camille');
    await phone.locator('main form button').click();
    await lookAt(phone, `later-wrong-${locale}`);
    await phone.getByRole('textbox').fill('camille@example.org');
    await phone.locator('main form button').click();
    await lookAt(phone, `later-sent-${locale}`);

    const secret = await desk.parts.links.create({ purpose: 'resume', draft }, desk.clock.now);
    await laptop.goto(`${door.base}/projet?besoin=skills`);
    await laptop.goto(`${door.base}/reprendre/${secret}`);
    await lookAt(laptop, `resume-link-${locale}`);
    await laptop.locator('main form button').click();
    expect(new URL(laptop.url()).pathname).toBe('/projet/avancement');
    await laptop.goto(`${door.base}/reprendre/nothing`);
    await lookAt(laptop, `resume-unknown-${locale}`);
  },
  120_000,
);

test('a site shows the frame once a manager has listed it, and its form opens the desk in a new page', async () => {
  const page = await newPage();
  await page.goto(siteOrigin);
  expect(await page.frames()[1]?.locator('form').count()).toBe(0);

  const { version, updatedAt: _at, updatedBy: _by, ...rest } = await desk.services.readPublicSite();
  await desk.services.savePublicSite(staffMember('marie'), { ...rest, frameSites: [siteOrigin] }, version);
  await page.goto(siteOrigin);
  const frame = page.frameLocator('iframe');
  await frame.getByLabel('Mon procédé consomme trop d’eau').check();
  await frame.getByRole('textbox').fill('Thiers');
  expect(await page.context().cookies()).toEqual([]);
  const [opened] = await Promise.all([page.context().waitForEvent('page'), frame.getByRole('button').click()]);
  await opened.waitForLoadState();
  expect(new URL(opened.url()).pathname).toBe('/projet/avancement');
  await page.goto(`${door.base}/integrer`);
  await lookAt(page, 'frame');
});

test('a manager makes an entry link and its poster', async () => {
  const page = await newPage();
  await page.goto(`${door.base}/connexion`);
  await page.locator('#email').fill('marie@example.org');
  await page.locator('#password').fill(PASSWORD);
  await page.locator('main form button').click();
  await page.goto(`${door.base}/pilotage/liens`);
  await lookAt(page, 'channels-empty');
  await page.getByLabel('Nom du lien').fill('Salon de l’industrie 2027');
  await page.getByLabel('Événement').check();
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  await lookAt(page, 'channels');
  await page.getByRole('link', { name: 'Affiche à imprimer' }).click();
  await lookAt(page, 'poster');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.header').isVisible()).toBe(false);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
