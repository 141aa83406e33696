import type { Browser, Page } from 'playwright-core';
import { axeFaults } from '../support/axeFaults.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { addStaff, type Door, openDoor, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-16T09:30:00+01:00');
const TABLET = { width: 768, height: 1024 };

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

const signedIn = async (name: string, javaScriptEnabled = true): Promise<Page> => {
  const context = await browser.newContext({ viewport: WIDTHS.desk, javaScriptEnabled });
  const page = await context.newPage();
  await page.goto(`${door.base}/connexion`);
  await page.fill('#email', `${name}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
  return page;
};

/** At the three widths, each with the faults that axe sees. */
const look = async (page: Page, name: string): Promise<void> => {
  for (const viewport of [WIDTHS.phone, TABLET, WIDTHS.desk]) {
    await page.setViewportSize(viewport);
    expect((await axeFaults(page)).map((fault) => `${name} ${viewport.width} ${fault}`)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(`${name} ${viewport.width} ${overflow}`).toBe(`${name} ${viewport.width} 0`);
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/guichet-${name}-${viewport.width}.png`, fullPage: true });
  }
};

const choose = (page: Page, name: string, value: string): Promise<void> =>
  page.check(`input[name="${name}"][value="${value}"]`);
const goOn = (page: Page): Promise<void> => page.click('main form .actions .button');

test('somebody without an e-mail comes to the counter of the CCI, and leaves with a sheet of paper', async () => {
  const page = await signedIn('chloe');
  await page.goto(`${door.base}/guichet`);
  await look(page, 'debut');
  await goOn(page);
  await look(page, 'besoin');
  await goOn(page);
  expect(await page.locator('.error-summary').count()).toBe(1);
  await look(page, 'besoin-erreur');
  await choose(page, 'needs', 'industry-of-the-future');
  await choose(page, 'needs', 'skills');
  await goOn(page);

  await look(page, 'situation');
  await choose(page, 'mainNeed', 'industry-of-the-future');
  await choose(page, 'stage', 'industrialisation');
  await choose(page, 'holderKind', 'company');
  await page.fill('#place', 'Thie');
  await page.locator('[role="option"]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await page.inputValue('#place')).toBe('Thiers');
  await goOn(page);

  await choose(page, 'sector', 'metal');
  await page.fill('#title', 'Un robot à l’émouture');
  await page.fill('#summary', 'Une ligne de coutellerie à robotiser.');
  await choose(page, 'partners', 'none');
  await look(page, 'projet');
  await goOn(page);

  await look(page, 'contact');
  await page.fill('#name', 'Odile V.');
  await page.fill('#phone', '04 73 80 00 01');
  await page.check('#consent');
  await choose(page, 'how', 'signed');
  await page.goBack();
  await page.goForward();
  await page.fill('#name', 'Odile V.');
  await page.fill('#phone', '04 73 80 00 01');
  await page.check('#consent');
  await choose(page, 'how', 'signed');
  await goOn(page);

  await page.click('details summary >> text=Garder chez nous');
  await look(page, 'decision');
  await page.click('text=Envoyer à TILTAM');
  await look(page, 'recepisse');
  expect(await page.textContent('main')).toMatch(/avant mercredi\s18\snovembre/);
});

test('the receipt prints on one A4 page, with the address of the follow-up page when it is wanted', async () => {
  const page = await signedIn('anne');
  await page.goto(`${door.base}/guichet`);
  const [sent] = await desk.parts.projects.ofPerson({ email: null, phone: '04 73 80 00 01' }, MONDAY);
  await page.goto(`${door.base}/guichet/recepisse/${sent?.id}`);
  const pagesOf = async (): Promise<number> => {
    const printed = (await page.pdf({ format: 'A4' })).toString('latin1');
    return printed.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  };
  expect(await pagesOf()).toBe(1);
  await page.click('text=Ajouter l’adresse de suivi');
  await page.locator('.paper-code svg').waitFor();
  await look(page, 'recepisse-adresse');
  expect(await pagesOf()).toBe(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.no-print').isVisible()).toBe(false);
  expect(await page.locator('.header').isVisible()).toBe(false);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/guichet-recepisse-papier.png`, fullPage: true });
});

test('what an e-mail would have said is a line to say, without JavaScript too', async () => {
  const [sent] = await desk.parts.projects.ofPerson({ email: null, phone: '04 73 80 00 01' }, MONDAY);
  for (const { id } of await desk.parts.deliveries.ofProject(sent?.id ?? '')) {
    await desk.services.sendDelivery(id).catch(() => undefined);
  }
  const looking = await signedIn('anne');
  await looking.goto(`${door.base}/dossiers/a-appeler`);
  await look(looking, 'a-appeler');
  const page = await signedIn('anne', false);
  await page.goto(`${door.base}/dossiers/a-appeler`);
  expect(await page.textContent('main')).toContain('Odile V.');
  await page.click('text=C’est dit');
  expect(await page.textContent('main')).toContain('C’est noté.');
  expect(await page.textContent('main')).toContain('Personne à appeler');
  await looking.reload();
  await look(looking, 'a-appeler-vide');
});
