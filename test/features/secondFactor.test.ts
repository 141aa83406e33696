import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { lastLink, sendAll } from '../support/lastLink.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { telephone } from '../support/telephone.js';

/** The second factor in a real browser: invited, protected, in by a code, in by a recovery code, out everywhere. */
const NEW_PASSWORD = 'quatre mots sans aucun lien';
const EMAIL = 'noa@example.org';

let desk: Desk;
let door: Door;
let browser: Browser;

beforeAll(async () => {
  desk = await startDesk({ mailbox: true });
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
  await desk.stop();
});

const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: door.base, ...options });
  return context.newPage();
};
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const telephoneOf = async (page: Page) => telephone(desk, (await page.locator('.secret-key').textContent()) ?? '');

const invited = async (): Promise<string> => {
  const noa = { id: 'noa', email: EMAIL, name: 'Noa T.', role: 'manager', partner: null } as const;
  await desk.parts.accounts.insert(noa, { passwordHash: 'nobody knows', demo: false });
  return `/invitation/${await desk.parts.links.create({ purpose: 'invitation', account: 'noa' }, desk.clock.now)}`;
};

const givesPassword = async (page: Page): Promise<void> => {
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').fill(EMAIL);
  await page.getByLabel('Mot de passe').fill(NEW_PASSWORD);
  await press(page, 'Se connecter');
};

it('a manager is invited, protects the account, and comes back by a code, then by a recovery code', async () => {
  const page = await newPage();
  await page.goto(await invited());
  await page.getByLabel('Nouveau mot de passe').fill('azertyuiop123');
  await press(page, 'Enregistrer et me connecter');
  await page.locator('.error-summary').getByText('se devine vite').waitFor();
  await lookAt(page, 'second-factor-easy-password');
  await page.getByLabel('Nouveau mot de passe').fill(NEW_PASSWORD);
  await press(page, 'Enregistrer et me connecter');

  await page.waitForURL('**/connexion/proteger');
  await lookAt(page, 'second-factor-protect');
  const phone = await telephoneOf(page);
  await page.getByLabel('Code à six chiffres').fill('000 000');
  await page.keyboard.press('Enter');
  await page.locator('.error-summary').waitFor();
  await lookAt(page, 'second-factor-protect-wrong');
  await page.getByLabel('Code à six chiffres').fill(phone.code());
  await page.keyboard.press('Enter');
  await page.getByText('Gardez vos codes de secours').waitFor();
  await lookAt(page, 'second-factor-codes');
  const codes = await page.locator('.recovery-codes code').allTextContents();
  await page.getByRole('link', { name: 'Je les ai gardés, continuer' }).click();
  await page.waitForURL('**/pilotage');
  await press(page, 'Se déconnecter');

  await givesPassword(page);
  await page.waitForURL('**/connexion/code');
  await lookAt(page, 'second-factor-code');
  const code = phone.nextCode();
  await page.getByLabel('Code à six chiffres').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await press(page, 'Entrer');
  await page.waitForURL('**/pilotage');

  const elsewhere = await newPage();
  await givesPassword(elsewhere);
  await elsewhere.getByRole('link', { name: 'Je n’ai pas mon téléphone' }).click();
  await lookAt(elsewhere, 'second-factor-recovery');
  await elsewhere.getByLabel('Code de secours').fill(codes[0] ?? '');
  await press(elsewhere, 'Entrer');
  await elsewhere.waitForURL('**/pilotage');
  await elsewhere.goto('/compte/double-authentification');
  await elsewhere.getByText('Il vous en reste 9').waitFor();
  await lookAt(elsewhere, 'second-factor-state');
  await elsewhere.goto('/compte/connexions');
  await lookAt(elsewhere, 'second-factor-sessions');
  await press(elsewhere, 'Fermer toutes les autres connexions');
  await elsewhere.getByText('Vos autres connexions sont fermées.').waitFor();
  await page.reload();
  await page.waitForURL('**/connexion?suite=**');

  await sendAll(desk);
  expect(lastLink(desk, EMAIL)).toBe('/compte');
});

it('without JavaScript, an advisor sets it up, makes new codes, changes the password and takes it away', async () => {
  const page = await newPage({ javaScriptEnabled: false });
  const look = async (name: string): Promise<void> => {
    const same = await newPage({ storageState: await page.context().storageState() });
    await same.goto(page.url());
    await lookAt(same, name);
    await same.context().close();
  };
  await page.goto('/connexion?suite=/compte/double-authentification');
  await page.getByLabel('Adresse e-mail').fill('anne@example.org');
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await press(page, 'Se connecter');
  await look('second-factor-set-up');
  const phone = await telephoneOf(page);
  await page.getByLabel('Code à six chiffres').fill(phone.code());
  await press(page, 'Mettre en place');
  await page.getByRole('link', { name: 'Je les ai gardés, continuer' }).click();
  await page.getByRole('link', { name: 'Changer de téléphone' }).click();
  await look('second-factor-other-telephone');
  await page.goto('/compte/codes-de-secours');
  await look('second-factor-new-codes');
  await page.getByLabel('Code', { exact: true }).fill(phone.nextCode());
  await press(page, 'Faire de nouveaux codes');
  expect(await page.locator('.recovery-codes code').count()).toBe(10);

  await page.goto('/compte/mot-de-passe');
  await look('second-factor-password');
  await page.getByLabel('Mot de passe actuel').fill(PASSWORD);
  await page.getByLabel('Nouveau mot de passe').fill(NEW_PASSWORD);
  await press(page, 'Changer de mot de passe');
  await page.getByText('Votre mot de passe est changé.').waitFor();

  await page.goto('/compte/double-authentification/retirer');
  await look('second-factor-remove');
  await page.getByLabel('Mot de passe').fill(NEW_PASSWORD);
  await page.getByLabel('Code', { exact: true }).fill(phone.nextCode());
  await press(page, 'Retirer');
  await page.getByText('La double authentification est retirée.').waitFor();
});
