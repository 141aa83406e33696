import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const FACTS = {
  signatories: 'Vichy Communauté (03/11/2022)\n\n  Clermont Auvergne Métropole  \n',
  publisher: 'Un éditeur d’essai',
  director: '',
  host: 'Un hébergeur\n1 rue de l’Essai',
  contact: 'donnees@example.org',
  frameSites: 'https://www.example.org/\nhttps://www.example.org',
};

describe('the page of the public site', () => {
  it('keeps what a manager says, and shows it again', async () => {
    const marie = await door.signedIn('marie');
    const page = await marie.send(await marie.open('/pilotage/site-public'), FACTS);

    expect(page.status).toBe(200);
    expect(page.text).toContain('C’est enregistré.');
    expect(await desk.services.readPublicSite()).toMatchObject({
      signatories: [
        { name: 'Vichy Communauté', signedOn: '2022-11-03' },
        { name: 'Clermont Auvergne Métropole', signedOn: null },
      ],
      host: 'Un hébergeur\n1 rue de l’Essai',
      frameSites: ['https://www.example.org'],
    });
    expect(page.html.querySelector('#signatories')?.text.trim()).toBe(
      'Vichy Communauté (03/11/2022)\nClermont Auvergne Métropole',
    );
  });

  it('keeps lists that a manager empties as empty lists', async () => {
    const marie = await door.signedIn('marie');
    const empty = { ...FACTS, signatories: '', frameSites: '' };
    expect((await marie.send(await marie.open('/pilotage/site-public'), empty)).status).toBe(200);
    expect(await desk.services.readPublicSite()).toMatchObject({ signatories: [], frameSites: [] });
  });

  it.each([
    ['signatories', 'Vichy (31/02/2022)', '31/02/2022'],
    ['frameSites', 'http://www.example.org', 'https://www.exemple.fr'],
    ['frameSites', 'https://www.example.org/page', 'sans rien après'],
    ['frameSites', "https://a.example 'unsafe-inline'", 'sans rien après'],
    ['frameSites', `https://${'a.'.repeat(120)}example`, 'sans rien après'],
    ['host', 'x'.repeat(601), '600 caractères au plus'],
  ])('says what to correct in %s: %s', async (field, typed, message) => {
    const marie = await door.signedIn('marie');
    const before = await desk.services.readPublicSite();
    const page = await marie.send(await marie.open('/pilotage/site-public'), { ...FACTS, [field]: typed });

    expect(page.status).toBe(422);
    expect(page.html.querySelector(`#${field}-error`)?.text).toContain(message);
    expect(page.html.querySelector(`#${field}`)?.text).toContain(typed.slice(0, 20));
    expect(await desk.services.readPublicSite()).toEqual(before);
  });

  it('tells the slower of two managers who saved, and loses nothing of theirs', async () => {
    const marie = await door.signedIn('marie');
    const opened = await marie.open('/pilotage/site-public');
    const { version } = await desk.services.readPublicSite();
    const site = { signatories: [], publisher: 'L’autre', director: '', host: '', contact: '', frameSites: [] };
    await desk.services.savePublicSite(staffMember('marie'), site, version);

    const late = await marie.send(opened, FACTS);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Marie R. a enregistré cette page avant vous');
    expect(late.text).toContain('L’autre');
    expect((await desk.services.readPublicSite()).publisher).toBe('L’autre');

    const again = await marie.send(late, FACTS);
    expect(again.status).toBe(200);
    expect((await desk.services.readPublicSite()).publisher).toBe('Un éditeur d’essai');
  });

  it('is for managers', async () => {
    const anne = await door.signedIn('anne');
    expect((await anne.open('/pilotage/site-public')).status).toBe(403);
    const site = await desk.services.readPublicSite();
    await expect(desk.services.savePublicSite(staffMember('anne'), site, site.version)).rejects.toThrow('accès');
  });
});
