import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inviteAccount } from '../../src/services/accounts/openAccount.js';
import { startBrowser } from '../support/browser.js';
import { lastLink, sendAll } from '../support/lastLink.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/** The own account, in a real browser: invited, in, choosing e-mails, in again by a link. */
const NEW_PASSWORD = 'quatre mots sans aucun lien';

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
/** axe needs JavaScript: what a browser without it shows is looked at in one with the same cookies. */
const lookWithScripts = async (page: Page, name: string): Promise<void> => {
  const same = await newPage({ storageState: await page.context().storageState() });
  await same.goto(page.url());
  await lookAt(same, name);
  await same.context().close();
};

const linkFor = async (address: string): Promise<string> => {
  await sendAll(desk);
  return lastLink(desk, address);
};

it('somebody invited chooses a password, then which e-mails, and comes back by a link', async () => {
  const noa = { email: 'noa@example.org', name: 'Noa T.', role: 'lead', partner: 'ti-tiltam' };
  await inviteAccount(desk.parts)(noa, 'desk');
  const page = await newPage();
  await page.goto(await linkFor(noa.email));
  await lookAt(page, 'account-invitation');
  const password = page.getByLabel('Nouveau mot de passe');
  await password.fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Afficher le mot de passe' }).click();
  expect(await password.getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Enregistrer et me connecter' }).click();
  await page.getByRole('link', { name: 'Mon compte' }).click();
  await page.getByRole('link', { name: 'Mes e-mails' }).click();
  await lookAt(page, 'account-emails');
  await page.getByLabel('Un seul message, chaque matin ouvré').check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Votre choix est enregistré.').waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();

  await lookAt(page, 'account-sign-in');
  await page.getByRole('link', { name: 'Recevoir un lien pour me connecter' }).click();
  await page.getByLabel('Adresse e-mail').fill(noa.email);
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await page.getByText('C’est noté').waitFor();
  await lookAt(page, 'account-link-asked');
  await page.goto(await linkFor(noa.email));
  await lookAt(page, 'account-sign-in-link');
  await page.getByRole('button', { name: 'Me connecter' }).click();
  await page.waitForURL('**/dossiers');
});

it('without JavaScript, an address that refuses is put right and a digest unsubscribed from', async () => {
  const at = desk.clock.now;
  const token = await desk.parts.links.create({ purpose: 'sign-in', account: 'anne' }, at);
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(`/connexion/lien/${token}`);
  await page.getByRole('button', { name: 'Me connecter' }).click();
  await desk.parts.accounts.markMailRefused('anne', { at, because: '550 5.1.1 no such user here' });
  await page.goto('/compte/courriels');
  await page.getByText('Votre adresse refuse nos e-mails').waitFor();
  await lookWithScripts(page, 'account-refused');
  await page.getByRole('button', { name: 'Cette adresse fonctionne de nouveau' }).click();
  await page.getByText('Vos e-mails repartent à votre adresse.').waitFor();

  await page.goto(`/desabonnement/${await desk.parts.links.create({ purpose: 'unsubscribe', account: 'anne' }, at)}`);
  await lookWithScripts(page, 'account-unsubscribe');
  await page.getByRole('button', { name: 'Ne plus recevoir ces résumés' }).click();
  await lookWithScripts(page, 'account-unsubscribed');
  await page.getByRole('link', { name: 'Recevoir de nouveau' }).click();
  expect(await page.getByLabel('Recevoir chaque lundi ce qui attend').isChecked()).toBe(false);
});
