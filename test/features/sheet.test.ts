import type { Browser, Page } from 'playwright-core';
import { arrivals } from '../support/arrivals.js';
import { startBrowser, WIDTHS } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2020-11-23T09:30:00+01:00');
const TABLET = { width: 768, height: 1024 };
const by = staffMember('anne');

let desk: Desk;
let door: Door;
let browser: Browser;
let page: Page;
let at: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  at = arrivals(desk);
  browser = await startBrowser();
  page = await (await browser.newContext({ viewport: TABLET })).newPage();
  await page.goto(`${door.base}/connexion`);
  await page.fill('#email', 'anne@example.org');
  await page.fill('#password', PASSWORD);
  await page.click('main form button');
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const versionOf = async (id: string): Promise<number> => (await desk.parts.referrals.byId(id))?.version ?? 0;
const seen = async (id: string) => ({ id, version: await versionOf(id), by });
const taken = async (): Promise<string> => {
  const { id } = await at.arrives();
  await at.services.takeReferral(await seen(id));
  return id;
};
const look = async (address: string, name: string): Promise<void> => {
  await page.goto(door.base + address);
  await page.setViewportSize(TABLET);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}-tablet.png`, fullPage: true });
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(`${name} ${overflow}`).toBe(`${name} 0`);
  await lookAt(page, name);
};

test('the sheet, in every state', async () => {
  const { id, token } = await at.arrives();
  await look(`/dossiers/${id}`, 'fiche-a-prendre');
  await at.services.askHolder(await seen(id), { question: 'Combien de machines ?' });
  await look(`/dossiers/${id}`, 'fiche-attend');
  await at.services.addMessage(token, 'Deux machines.\nUne troisième en mars.');
  await at.services.addNote(by, id, { id: 'note', text: 'Elle hésite.\nRappeler jeudi.' });
  await at.services.takeReferral(await seen(id));
  await at.services.bringInPartner(await seen(id), { partner: 'cci-puy-de-dome' });
  await at.services.shareMessage(by, id, { id: 'message', text: 'Pouvez-vous voir le financement ?' });
  const booking = {
    at: new Date('2020-12-08T14:30:00+01:00'),
    minutes: 60,
    kind: 'visit',
    place: '1 rue du Pont',
  } as const;
  await at.services.bookAppointment(await seen(id), booking);
  await look(`/dossiers/${id}?fait=rendez-vous`, 'fiche-en-cours');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.act-list', '.note-form', '.sheet-next .actions', '.fresh'])
    expect(`${hidden} ${await page.isVisible(hidden)}`).toBe(`${hidden} false`);
  for (const text of ['Quel est votre projet', 'Appeler 06', 'Elle hésite.', 'Rencontre sur place'])
    expect(await page.isVisible(`text=${text}`)).toBe(true);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/fiche-imprimee.png`, fullPage: true });
  await page.emulateMedia({ media: 'screen' });
  for (let call = 0; call < 3; call += 1)
    await at.services.logCall(await seen(id), { result: 'no-answer', words: null });
  await look(`/dossiers/${id}`, 'fiche-injoignable');
  await at.services.closeReferral(await seen(id), { outcome: 'helped', help: 'advice', words: 'Bonne suite.' });
  await look(`/dossiers/${id}`, 'fiche-cloturee');
  await at.services.eraseProject(token);
  await look(`/dossiers/${id}`, 'fiche-effacee');
});

test('each form, empty and with what must be put right', async () => {
  const id = await taken();
  for (const form of [
    'confier',
    'appel',
    'rendez-vous',
    'precision',
    'associer',
    'reorienter',
    'refuser',
    'cloturer',
    'remettre',
    'notes',
  ]) {
    await look(`/dossiers/${id}/${form}`, `acte-${form}`);
    if (form === 'remettre') continue;
    await page.click('main form .actions button:not([formaction])');
    expect(await page.textContent('.error-summary')).not.toBe('');
    await lookAt(page, `acte-${form}-erreur`);
  }
  await at.services.closeReferral(await seen(id), { outcome: 'no_solution', words: null });
  await look(`/dossiers/${id}/rouvrir`, 'acte-rouvrir');
  await look(`/dossiers/${id}/cloturer`, 'acte-trop-tard');
});

test('with the keyboard alone: take, and close with words proposed for the outcome', async () => {
  const { id } = await at.arrives();
  await page.setViewportSize(WIDTHS.desk);
  await page.goto(`${door.base}/dossiers/${id}`);
  const tabTo = async (text: RegExp): Promise<void> => {
    for (let count = 0; count < 80; count += 1) {
      await page.keyboard.press('Tab');
      const here = String(
        await page.evaluate('document.activeElement.textContent + " " + (document.activeElement.name ?? "")'),
      );
      if (text.test(here.trim())) return;
    }
    throw new Error(`no way to ${text} with the Tab key`);
  };
  await tabTo(/^Prendre en charge/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/fait=prise-en-charge/);
  expect(await page.evaluate('document.activeElement.className')).toContain('notice');
  await tabTo(/^Clôturer/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/cloturer/);
  await tabTo(/outcome$/);
  await page.keyboard.press('ArrowDown');
  expect(await page.inputValue('textarea[name="words"]')).toContain('nous ne trouvons pas de réponse');
  await page.keyboard.press('ArrowDown');
  expect(await page.inputValue('textarea[name="words"]')).toContain('plusieurs fois, sans réponse');
  await tabTo(/words$/);
  await page.keyboard.type('Merci. ');
  await tabTo(/^Clôturer ce projet/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/fait=cloture/);
  expect((await desk.parts.referrals.byId(id))?.state).toBe('unreachable');
});

test('what is typed is kept while one types, and found again on another day', async () => {
  const id = await taken();
  await page.goto(`${door.base}/dossiers/${id}`);
  expect(await page.isHidden('.note-form button[formaction]')).toBe(true);
  await page.fill('textarea#note', 'À moitié écrit');
  await page.waitForSelector('.draft-said:has-text("Brouillon enregistré.")');
  await page.goto(`${door.base}/dossiers`);
  await page.goto(`${door.base}/dossiers/${id}`);
  expect(await page.inputValue('textarea#note')).toBe('À moitié écrit');
  await page.fill('textarea#note', 'Tout écrit');
  await page.click('.note-form button:not([formaction])');
  await page.waitForURL(/fait=note/);
  expect(await page.inputValue('textarea#note')).toBe('');
  expect(await page.textContent('.sheet-aside')).toContain('Tout écrit');
});
