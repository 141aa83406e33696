import type { Browser, Page } from 'playwright-core';
import { aSubmission } from '../support/aSubmission.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, staffMember } from '../support/staff.js';
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

const open = async (): Promise<Page> => (await browser.newContext({ viewport: WIDTHS.phone })).newPage();

test.each(['fr', 'en'] as const)('a holder writes, sees everything, gives up and is forgotten, in %s', async (lang) => {
  desk.clock.now = MONDAY;
  await desk.services.saveDraft(`holder-${lang}`, {}, lang);
  const sent = { visitor: `holder-${lang}`, submission: aSubmission({ language: lang }) };
  const { token } = await desk.services.submitProject(sent);
  const address = `${door.base}/suivi/${token}`;
  const page = await open();
  await page.goto(`${address}?recu=1&lang=${lang}`);
  await lookAt(page, `suivi-${lang}`);

  await page.click('a[href$="/message"]');
  await page.click('main form button');
  await lookAt(page, `suivi-message-erreur-${lang}`);
  await page.fill('textarea', 'Le devis du robot est arrivé.\nIl est de 42 000 €.');
  await page.click('main form button');
  await lookAt(page, `suivi-apres-message-${lang}`);

  desk.clock.now = new Date('2026-11-26T09:30:00+01:00');
  for (const path of ['coordonnees', 'personne-n-a-appele', 'mes-donnees', 'retirer', 'effacer']) {
    await page.goto(`${address}/${path}`);
    await lookAt(page, `suivi-${path}-${lang}`);
  }
  await page.goto(`${address}/retirer`);
  await page.click('label[for="reason"]');
  await page.click('main form button');
  await lookAt(page, `suivi-retire-${lang}`);
  await page.click('a[href$="/effacer"]');
  await page.click('main form button');
  expect(new URL(page.url()).pathname).toBe('/donnees-effacees');
  await lookAt(page, `suivi-efface-${lang}`);
  await page.goto(`${door.base}/lien-perdu`);
  await lookAt(page, `lien-perdu-${lang}`);
});

test('once helped, two questions', async () => {
  desk.clock.now = MONDAY;
  await desk.services.saveDraft('holder-helped', {}, 'fr');
  const sent = await desk.services.submitProject({ visitor: 'holder-helped', submission: aSubmission() });
  const [referral] = await desk.parts.referrals.ofProject(sent.project.id);
  const id = referral?.id ?? '';
  const by = staffMember('anne');
  await desk.services.takeReferral({ id, version: 1, by });
  await desk.services.closeReferral(
    { id, version: 2, by },
    { outcome: 'helped', help: 'advice', words: 'Bonne suite.' },
  );
  const page = await open();
  await page.goto(`${door.base}/suivi/${sent.token}/avis?lang=fr`);
  await page.click('main form button');
  await lookAt(page, 'suivi-avis-erreur');
  await page.click('label[for="calledBack"]');
  await page.click('label[for="useful"]');
  await page.click('main form button');
  await lookAt(page, 'suivi-avis-donne');
  expect(await page.textContent('main')).toContain('Votre avis est enregistré');
});
