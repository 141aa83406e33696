import { addStaff, type Door, openDoor, type StaffName } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeEach(async () => {
  desk = await startDesk();
  await addStaff(desk);
  door = await openDoor(desk);
});
afterEach(async () => {
  await door.close();
  await desk.stop();
});

const stateOf = async (id: StaffName) => (await desk.parts.accounts.emailStateOf([id])).get(id);

describe('the page of one’s own e-mails', () => {
  it('is reached from the own account, which is in the header', async () => {
    for (const [id, address] of [
      ['anne', '/dossiers'],
      ['lea', '/dossiers'],
      ['marie', '/pilotage'],
    ] as const) {
      const page = await (await door.signedIn(id)).open(address);
      expect(page.html.querySelector('.header a[href="/compte"]')?.text).toBe('Mon compte');
      const own = await (await door.signedIn(id)).open('/compte');
      expect(own.html.querySelector('main a[href="/compte/courriels"]')?.text).toBe('Mes e-mails');
    }
    const visitor = await door.visitor().open('/connexion');
    expect(visitor.html.querySelector('.header a[href="/compte"]')).toBeNull();
  });

  it('shows what is chosen, saves a change and says so', async () => {
    const anne = await door.signedIn('anne');
    const page = await anne.open('/compte/courriels');
    expect(page.html.querySelector('input[name="news"][checked]')?.getAttribute('value')).toBe('at-once');
    expect(page.html.querySelector('input[name="digest"]')?.hasAttribute('checked')).toBe(true);
    expect(page.text).toContain('anne@example.org');
    const saved = await anne.send(page, { news: 'daily', digest: 'yes' });
    expect(saved.text).toContain('Votre choix est enregistré.');
    expect(saved.html.querySelector('input[name="news"][checked]')?.getAttribute('value')).toBe('daily');
    expect((await stateOf('anne'))?.preferences).toEqual({ news: 'daily', digest: true });
  });

  it('says nothing that was not done, whatever its address asks for', async () => {
    const anne = await door.signedIn('anne');
    for (const fait of ['constructor', '__proto__', 'toString']) {
      const page = await anne.open(`/compte/courriels?fait=${fait}`);
      expect([fait, page.status, page.html.querySelector('main .notice')]).toEqual([fait, 200, null]);
    }
  });

  it('keeps nothing that is not on the page', async () => {
    const anne = await door.signedIn('anne');
    const page = await anne.send(await anne.open('/compte/courriels'), { news: 'never' });
    expect(page.status).toBe(422);
    expect(page.html.querySelector('#news-error')?.text).toContain('Choisissez comment recevoir les nouvelles.');
    expect((await stateOf('anne'))?.preferences.news).toBe('at-once');
  });

  it('says what always leaves, in the words of the catalogue', async () => {
    const [forAnne, forLea] = await Promise.all(
      (['anne', 'lea'] as const).map(async (id) => (await door.signedIn(id)).open('/compte/courriels')),
    );
    for (const page of [forAnne, forLea]) {
      expect(page?.text).toContain('Relance : un projet attend');
      expect(page?.text).toContain('La personne dit que personne ne l’a appelée');
      expect(page?.text).toContain('Un rendez-vous est fixé, ou déplacé');
    }
    expect(forLea?.text).toContain('Personne n’a pris ce projet depuis cinq jours ouvrés');
    expect(forAnne?.text).not.toContain('Personne n’a pris ce projet depuis cinq jours ouvrés');
  });

  it('gives managers the weekly summary alone', async () => {
    const marie = await door.signedIn('marie');
    const page = await marie.open('/compte/courriels');
    expect(page.html.querySelector('input[name="news"]')).toBeNull();
    expect(page.text).toContain('Un projet à orienter');
    await marie.send(page, {});
    expect((await stateOf('marie'))?.preferences).toEqual({ news: 'at-once', digest: false });
    const again = await marie.open('/compte/courriels');
    expect(again.html.querySelector('input[name="digest"]')?.hasAttribute('checked')).toBe(false);
    await marie.send(again, { digest: 'yes', news: 'weekly' });
    expect((await stateOf('marie'))?.preferences).toEqual({ news: 'at-once', digest: true });
  });

  it('is not for administrators, who get none of these e-mails', async () => {
    const admin = await door.signedIn('admin');
    expect((await admin.open('/compte/courriels')).status).toBe(403);
  });
});

describe('an own address that refuses e-mails', () => {
  it('is said with since when and why, until its person says that it works', async () => {
    const at = new Date('2026-11-23T10:05:00+01:00');
    await desk.parts.accounts.markMailRefused('anne', { at, because: '552 mailbox full' });
    const anne = await door.signedIn('anne');
    const page = await anne.open('/compte/courriels');
    expect(page.text).toContain('Votre adresse refuse nos e-mails depuis le 23 novembre 2026 à 10 h 05');
    expect(page.text).toContain('552 mailbox full');
    const after = await anne.send(page, {}, '/adresse');
    expect(after.url).toContain('/compte/courriels?fait=adresse');
    expect(after.text).not.toContain('refuse nos e-mails');
    expect((await stateOf('anne'))?.mailRefused).toBeNull();
  });
});
