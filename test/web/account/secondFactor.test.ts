import { addStaff, type Door, openDoor, PASSWORD } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { telephone } from '../../support/telephone.js';
import type { Page, Visitor } from '../../support/visit.js';

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-24T09:30:00Z') });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(async () => {
  desk.clock.now = new Date(desk.clock.now.getTime() + 600_000);
  const { model } = desk.parts.accounts;
  await model.updateMany({}, { $set: { secondFactor: null } });
  await model.updateOne({ _id: 'marie' }, { $set: { demo: false } });
});

const givesPassword = async (visitor: Visitor, who: string, suite = ''): Promise<Page> =>
  visitor.send(await visitor.open(`/connexion${suite}`), { email: `${who}@example.org`, password: PASSWORD });
const keyOn = (page: Page): string => page.html.querySelector('.secret-key')?.text ?? '';
const codesOn = (page: Page): string[] => page.html.querySelectorAll('.recovery-codes code').map(({ text }) => text);
const pathOf = ({ url }: Page): string => url.replace(door.base, '');

/** Marie, a manager, signs in for the first time: gives her browser, her telephone and her recovery codes. */
const protectsMarie = async () => {
  const visitor = door.visitor();
  const page = await givesPassword(visitor, 'marie');
  const phone = telephone(desk, keyOn(page));
  const done = await visitor.send(page, { code: phone.code() });
  return { visitor, phone, page, done, codes: codesOn(done) };
};

describe('whoever must have a second factor', () => {
  it('sets it up before coming in: picture, key, first code, recovery codes', async () => {
    const { visitor, page, done, codes } = await protectsMarie();
    expect(pathOf(page)).toBe('/connexion/proteger');
    expect(page.html.querySelector('svg[role="img"] path')?.getAttribute('d')).toMatch(/^M4 4h1v1/);
    expect(keyOn(page).trim()).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    const input = page.html.querySelector('#code');
    expect(input?.getAttribute('autocomplete')).toBe('one-time-code');
    expect(input?.getAttribute('inputmode')).toBe('numeric');
    expect(codes).toHaveLength(10);
    expect(done.html.querySelector('main .button')?.getAttribute('href')).toBe('/pilotage');
    expect((await visitor.open('/pilotage')).status).toBe(200);
    expect(codesOn(await visitor.open('/compte/codes-de-secours'))).toEqual([]);
  });

  it('gets nowhere else meanwhile', async () => {
    const visitor = door.visitor();
    await givesPassword(visitor, 'marie');
    for (const address of ['/pilotage', '/compte/double-authentification', '/compte/mot-de-passe', '/compte/courriels'])
      expect(pathOf(await visitor.open(address))).toContain('/connexion?suite=');
  });

  it('sees the same key again after a wrong code, and is told what to do', async () => {
    const visitor = door.visitor();
    const page = await givesPassword(visitor, 'marie');
    const again = await visitor.send(page, { code: '12 34' });
    expect(again.status).toBe(422);
    expect(again.html.querySelector('.error-summary a')?.getAttribute('href')).toBe('#code');
    expect(again.text).toContain('Vérifiez que l’heure de votre téléphone est juste');
    expect(keyOn(again)).toBe(keyOn(page));
  });

  it('may change telephones, and not take it away', async () => {
    const { visitor, phone } = await protectsMarie();
    const state = await visitor.open('/compte/double-authentification');
    expect(state.text).toContain('ne peut pas être retirée');
    expect(pathOf(await visitor.open('/compte/double-authentification/retirer'))).toBe(
      '/compte/double-authentification',
    );
    const form = await visitor.open('/compte/double-authentification?changer=oui');
    const other = telephone(desk, keyOn(form));
    const wrong = await visitor.send(form, { code: other.code(), earlier: '' });
    expect(wrong.html.querySelector('#earlier-error')).not.toBeNull();
    const earlier = phone.nextCode();
    expect(codesOn(await visitor.send(wrong, { code: other.code(), earlier }))).toHaveLength(10);
    const next = door.visitor();
    const asked = await givesPassword(next, 'marie');
    expect((await next.send(asked, { code: phone.nextCode() })).status).toBe(422);
    expect(pathOf(await next.send(asked, { code: other.nextCode() }))).toBe('/pilotage');
  });
});

describe('the second step of a sign-in', () => {
  it('takes the code with spaces, and goes on to the page that was asked for', async () => {
    const { phone } = await protectsMarie();
    const visitor = door.visitor();
    const page = await givesPassword(visitor, 'marie', '?suite=%2Fpilotage%2Fa-orienter');
    expect(pathOf(page)).toBe('/connexion/code');
    expect(pathOf(await visitor.open('/pilotage'))).toContain('/connexion?suite=');
    const code = phone.nextCode();
    const wrong = await visitor.send(page, { code: 'abc' });
    expect([wrong.status, wrong.html.querySelector('#code')?.getAttribute('value')]).toEqual([422, '']);
    const inside = await visitor.send(wrong, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    expect(pathOf(inside)).toBe('/pilotage/a-orienter');
    const other = door.visitor();
    expect((await other.send(await givesPassword(other, 'marie'), { code })).status).toBe(422);
  });

  it('comes after a link by e-mail too', async () => {
    await protectsMarie();
    const token = await desk.parts.links.create({ purpose: 'sign-in', account: 'marie' }, desk.clock.now);
    const visitor = door.visitor();
    const page = await visitor.send(await visitor.open(`/connexion/lien/${token}`), {});
    expect(pathOf(page)).toBe('/connexion/code');
  });

  it('takes each recovery code once', async () => {
    const { codes } = await protectsMarie();
    const gives = async (code: string): Promise<Page> => {
      const visitor = door.visitor();
      const page = await givesPassword(visitor, 'marie');
      const link = page.html.querySelector('main a[href="/connexion/code-de-secours"]');
      return visitor.send(await visitor.open(link?.getAttribute('href') ?? ''), { code });
    };
    expect(pathOf(await gives(codes[0]?.toUpperCase() ?? ''))).toBe('/pilotage');
    expect((await gives(codes[0] ?? '')).status).toBe(422);
    expect(pathOf(await gives(codes[1] ?? ''))).toBe('/pilotage');
  });

  it('is over after ten minutes, and when nothing was begun', async () => {
    const { phone } = await protectsMarie();
    const visitor = door.visitor();
    const page = await givesPassword(visitor, 'marie');
    desk.clock.now = new Date(desk.clock.now.getTime() + 10 * 60_000 + 1);
    const late = await visitor.send(page, { code: phone.code() });
    expect(pathOf(late)).toBe('/connexion?fait=trop-tard');
    expect(late.text).toContain('Le temps pour donner le code est passé');
    for (const address of ['/connexion/code', '/connexion/code-de-secours', '/connexion/proteger'])
      expect(pathOf(await door.visitor().open(address))).toMatch(/^\/connexion(\?|$)/);
  });

  it('leads nowhere for an account that was closed meanwhile', async () => {
    const { phone } = await protectsMarie();
    const visitor = door.visitor();
    const page = await givesPassword(visitor, 'marie');
    await desk.parts.accounts.model.updateOne({ _id: 'marie' }, { $set: { active: false } });
    expect(pathOf(await visitor.send(page, { code: phone.nextCode() }))).toContain('/connexion');
    await desk.parts.accounts.model.updateOne({ _id: 'marie' }, { $set: { active: true } });
  });
});

describe('an advisor', () => {
  it('may set a second factor up, make new codes, and take it away', async () => {
    const anne = await door.signedIn('anne');
    const elsewhere = await door.signedIn('anne');
    const form = await anne.open('/compte/double-authentification');
    const phone = telephone(desk, keyOn(form));
    const done = await anne.send(form, { code: phone.code() });
    expect(codesOn(done)).toHaveLength(10);
    expect(pathOf(await elsewhere.open('/dossiers'))).toContain('/connexion');
    expect((await anne.open('/compte/double-authentification')).text).toContain('Il vous en reste 10');
    const other = await anne.open('/compte/double-authentification?changer=oui');
    expect(keyOn(other)).not.toBe(keyOn(form));

    const renewal = await anne.open('/compte/codes-de-secours');
    expect((await anne.send(renewal, { code: '' })).status).toBe(422);
    expect(codesOn(await anne.send(renewal, { code: phone.nextCode() }))).toHaveLength(10);

    const removal = await anne.open('/compte/double-authentification/retirer');
    const wrong = await anne.send(removal, { password: 'wrong', code: phone.nextCode() });
    expect(wrong.html.querySelector('#password-error')).not.toBeNull();
    const removed = await anne.send(removal, { password: PASSWORD, code: phone.code() });
    expect(removed.text).toContain('La double authentification est retirée.');
    expect(pathOf(await givesPassword(door.visitor(), 'anne'))).toBe('/dossiers');
  });

  it('changes the own password by the one before, and is signed out elsewhere', async () => {
    const bruno = await door.signedIn('bruno');
    const elsewhere = await door.signedIn('bruno');
    const form = await bruno.open('/compte/mot-de-passe');
    const easy = await bruno.send(form, { before: PASSWORD, password: 'azertyuiop123' });
    expect(easy.status).toBe(422);
    expect(easy.html.querySelector('#password-error')?.text).toContain('se devine vite');
    expect(easy.html.toString()).not.toContain('azertyuiop123');
    const wrong = await bruno.send(form, { before: 'wrong', password: 'quatre mots sans aucun lien' });
    expect(wrong.html.querySelector('#before-error')).not.toBeNull();
    const changed = await bruno.send(form, { before: PASSWORD, password: 'quatre mots sans aucun lien' });
    expect(changed.text).toContain('Votre mot de passe est changé.');
    expect(pathOf(await elsewhere.open('/dossiers'))).toContain('/connexion');
    expect(pathOf(await bruno.open('/dossiers'))).toBe('/dossiers');
    const next = door.visitor();
    expect((await givesPassword(next, 'bruno')).status).toBe(422);
  });
});
