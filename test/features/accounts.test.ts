import type { Browser } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { lookAt } from '../support/lookAt.js';
import { addStaff, type Door, openDoor, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
let door: Door;
let browser: Browser;
beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
  door = await openDoor(desk);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await door?.close();
  await desk?.stop();
});

const signedIn = async (id: string) => {
  const page = await (await browser.newContext({ locale: 'fr-FR', baseURL: door.base })).newPage();
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').fill(`${id}@example.org`);
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('link', { name: 'Mon compte' }).waitFor();
  return page;
};

test('an administrator invites a person, changes what she may do, and closes her account', async () => {
  const page = await signedIn('admin');
  await page.getByRole('link', { name: 'Comptes' }).click();
  await lookAt(page, 'accounts');
  await page.getByRole('link', { name: 'Inviter une personne' }).click();
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await lookAt(page, 'account-invite-wrong');
  await page.getByLabel('Nom').fill('Iris B.');
  await page.getByLabel('Adresse e-mail').fill('iris@example.org');
  await page.getByLabel('Conseil', { exact: true }).check();
  await page.getByLabel('Partenaire', { exact: true }).selectOption('cci-allier');
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await page.getByText('L’invitation part par e-mail').waitFor();
  await lookAt(page, 'account-awaited');
  await page.getByLabel('Responsable chez un partenaire').check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('C’est enregistré.').waitFor();
  await page.getByRole('link', { name: 'Fermer ce compte' }).click();
  await lookAt(page, 'account-close');
  await page.getByRole('button', { name: 'Fermer le compte' }).click();
  await page.getByText('Le compte est fermé.').waitFor();
  await lookAt(page, 'account-closed');
});

test('somebody looks over the own account and closes a connection left open elsewhere', async () => {
  await signedIn('anne');
  const page = await signedIn('anne');
  await page.getByRole('link', { name: 'Mon compte' }).click();
  await lookAt(page, 'own-account');
  await page.getByRole('link', { name: 'Connexions' }).click();
  await lookAt(page, 'own-sessions');
  await page.getByRole('button', { name: 'Fermer toutes les autres connexions' }).click();
  await page.getByText('Vos autres connexions sont fermées.').waitFor();
});
