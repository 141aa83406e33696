import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

let desk: Desk;
let door: Door;
let admin: Visitor;
beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
  door = await openDoor(desk);
  admin = await door.signedIn('admin');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const namesOn = async (address: string): Promise<string[]> =>
  (await admin.open(address)).html.querySelectorAll('main tbody th a').map(({ text }) => text);
const INVITE = '/exploitation/comptes/inviter';

describe('the list of accounts', () => {
  it('is found by name, address, role, partner and state', async () => {
    expect(await namesOn('/exploitation/comptes')).toHaveLength(8);
    expect(await namesOn('/exploitation/comptes?q=chloe')).toEqual(['Chloé F.']);
    expect(await namesOn('/exploitation/comptes?q=EXAMPLE.org&role=lead')).toEqual(['Léa M.', 'Paul G.']);
    expect(await namesOn('/exploitation/comptes?partenaire=ti-tiltam&role=advisor')).toEqual(['Anne D.', 'Bruno P.']);
    expect(await namesOn('/exploitation/comptes?etat=in-use&role=$ne&page=99')).toHaveLength(8);
  });

  it('says what to do when nobody fits', async () => {
    const page = await admin.open('/exploitation/comptes?etat=closed');
    expect(page.text).toContain('Rien ne correspond à cette recherche.');
  });
});

describe('inviting', () => {
  it.each([
    [{ email: '', role: 'advisor', partner: 'cci-allier' }, 'Écrivez une adresse e-mail'],
    [{ email: 'iris@example.org', role: 'chef', partner: '' }, 'Choisissez un rôle.'],
    [{ email: 'iris@example.org', role: 'advisor', partner: '' }, 'Choisissez le partenaire de cette personne.'],
    [{ email: 'iris@example.org', role: 'lead', partner: 'nobody' }, 'Choisissez le partenaire de cette personne.'],
    [{ email: 'iris@example.org', role: 'admin', partner: 'cci-allier' }, 'Ce rôle n’a pas de partenaire.'],
    [{ email: 'ANNE@example.org', role: 'advisor', partner: 'cci-allier' }, 'Cette adresse a déjà un compte.'],
  ])('says beside the field what is wrong with %j, and keeps the rest', async (fields, sentence) => {
    const answer = await admin.send(await admin.open(INVITE), { name: 'Iris B.', ...fields });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
    expect(answer.html.querySelector('#name')?.getAttribute('value')).toBe('Iris B.');
  });

  it('opens the account, from which another link may leave', async () => {
    const fields = { name: 'Iris B.', email: 'iris@example.org', role: 'advisor', partner: 'cci-allier' };
    const opened = await admin.send(await admin.open(INVITE), fields);
    expect(opened.text).toContain('L’invitation part par e-mail.');
    expect(opened.text).toContain('invitation envoyée');
    expect((await admin.send(opened, {}, '/inviter')).text).toContain('L’invitation part par e-mail.');
  });
});

describe('the page of an account', () => {
  it('keeps what another administrator has changed meanwhile', async () => {
    const page = await admin.open('/exploitation/comptes/bruno');
    const fields = { name: 'Bruno P.', role: 'lead', partner: 'ti-tiltam' };
    expect((await admin.send(page, fields)).text).toContain('C’est enregistré.');
    const late = await admin.send(page, { ...fields, partner: 'cci-allier' });
    expect([late.status, late.text.includes('Quelqu’un vient de modifier')]).toEqual([409, true]);
    expect(await desk.services.accountById('bruno')).toMatchObject({ role: 'lead', partner: 'ti-tiltam' });
  });

  it('shows where somebody is signed in, and ends that when the account is closed; done twice, it says so', async () => {
    const paul = await door.signedIn('paul');
    expect((await admin.open('/exploitation/comptes/paul')).text).toContain('mot de passe, depuis le');
    const asked = await admin.open('/exploitation/comptes/paul/fermer');
    expect((await admin.send(asked, {})).text).toContain('Le compte est fermé.');
    expect((await paul.open('/dossiers')).url).toContain('/connexion');
    expect((await admin.open('/exploitation/comptes/paul/fermer')).text).toContain('Ce compte est déjà fermé.');
    const again = await admin.send(await admin.open('/exploitation/comptes/paul'), {}, '/rouvrir');
    expect(again.text).toContain('Le compte est rouvert.');
  });

  it('offers nothing that an administrator may not do to the own account', async () => {
    const page = await admin.open('/exploitation/comptes/admin');
    expect(page.html.querySelectorAll('main form')).toHaveLength(0);
    expect((await admin.open('/exploitation/comptes/admin/fermer')).html.querySelectorAll('main form')).toHaveLength(0);
  });

  it('answers that an account nobody knows does not exist', async () => {
    expect((await admin.open('/exploitation/comptes/nobody')).status).toBe(404);
  });
});

describe('erasing', () => {
  it('asks first, forgets who it was, and is done once', async () => {
    const open = await admin.open('/exploitation/comptes/odile/effacer');
    expect(open.text).toContain('Fermez d’abord ce compte');
    await admin.send(await admin.open('/exploitation/comptes/odile/fermer'), {}, 'fermer');
    const asked = await admin.open('/exploitation/comptes/odile/effacer');
    expect(asked.text).toContain('Le compte ne pourra plus être rouvert.');
    const done = await admin.send(asked, {}, 'effacer');
    expect(done.text).toContain('Le nom et l’adresse de cette personne sont effacés.');
    expect(await namesOn('/exploitation/comptes?q=odile')).toEqual([]);
    const again = await admin.send(asked, {}, 'effacer');
    expect(again.url).toContain('/exploitation/comptes?fait=efface');
    expect((await admin.open('/exploitation/comptes/odile/effacer')).status).toBe(404);
    expect(await desk.parts.auditLines.model.countDocuments({ act: 'account-erased' })).toBe(1);
  });
});
