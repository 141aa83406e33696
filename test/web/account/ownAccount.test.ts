import { addStaff, type Door, openDoor, PASSWORD } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { type Visitor, visit } from '../../support/visit.js';

const BEGIN = new Date('2026-11-23T08:00:00Z');
let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: BEGIN });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = BEGIN;
});

const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  !(await visitor.open('/compte')).url.includes('/connexion');
const later = (minutes: number): void => {
  desk.clock.now = new Date(BEGIN.getTime() + minutes * 60_000);
};

describe('the own account', () => {
  it.each([
    ['anne', 'Conseil', 'Territoire d’industrie', true],
    ['marie', 'Pilotage', null, true],
    ['odile', 'Comité', null, false],
    ['admin', 'Administration', null, false],
  ] as const)('says who %s is and leads to what is settled there', async (id, role, partner, hasEmails) => {
    const page = await (await door.signedIn(id)).open('/compte');
    expect(page.text).toContain(`${id}@example.org`);
    expect(page.text).toContain(role);
    if (partner) expect(page.text).toContain('TILTAM');
    const links = page.html.querySelectorAll('main .account-links a').map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      '/compte/mot-de-passe',
      '/compte/double-authentification',
      '/compte/connexions',
      ...(hasEmails ? ['/compte/courriels'] : []),
      '/compte/mes-donnees',
    ]);
  });
});

describe('the list of one’s connections', () => {
  it('shows each, this one marked, and ends one, which then opens nothing', async () => {
    const here = await door.signedIn('bruno');
    later(1);
    const there = await door.signedIn('bruno');
    const page = await here.open('/compte/connexions');
    expect(page.html.querySelectorAll('main tbody tr')).toHaveLength(2);
    expect(page.html.querySelectorAll('main .tag').map(({ text }) => text)).toEqual(['cet appareil']);
    const done = await here.send(page, {}, '/fermer');
    expect(done.text).toContain('Cette connexion est fermée.');
    expect(done.html.querySelectorAll('main tbody tr')).toHaveLength(1);
    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
    expect((await here.send(page, {}, '/fermer')).text).toContain('Cette connexion était déjà fermée.');
  });

  it('ends all the others at once', async () => {
    const here = await door.signedIn('chloe');
    const others = [await door.signedIn('chloe'), await door.signedIn('chloe')];
    const page = await here.open('/compte/connexions');
    const done = await here.send(page, {}, '/compte/connexions/fermer');
    expect(done.text).toContain('Vos autres connexions sont fermées.');
    for (const other of others) expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
  });

  it('ends nobody else’s, though its id is known', async () => {
    const lea = await door.signedIn('lea');
    const [hers] = await desk.parts.sessions.ofAccount('lea', desk.clock.now);
    const paul = await door.signedIn('paul');
    await door.signedIn('paul');
    const page = await paul.open('/compte/connexions');
    const form = page.html.querySelector('main form[action*="/compte/connexions/"]');
    form?.setAttribute('action', `/compte/connexions/${hers?.listId}/fermer`);
    const done = await paul.send(page, {}, hers?.listId);
    expect(done.text).toContain('Cette connexion était déjà fermée.');
    expect(await isSignedIn(lea)).toBe(true);
  });

  it('says by which browser, in words', async () => {
    const agent = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0';
    const visitor = visit(door.base, { 'user-agent': agent });
    await visitor.send(await visitor.open('/connexion'), { email: 'odile@example.org', password: PASSWORD });
    expect((await visitor.open('/compte/connexions')).text).toContain('Firefox sur Android');
  });
});

describe('staying signed in', () => {
  /** A browser that stays where it is led once the session is over. */
  const signsInOnce = async (): Promise<Visitor> => {
    const visitor = visit(door.base);
    await visitor.send(await visitor.open('/connexion'), { email: 'anne@example.org', password: PASSWORD });
    return visitor;
  };

  it('ends after eight hours without doing anything', async () => {
    const visitor = await signsInOnce();
    later(8 * 60 - 1);
    expect(await isSignedIn(visitor)).toBe(true);
    const idle = await signsInOnce();
    desk.clock.now = new Date(desk.clock.now.getTime() + 8 * 3_600_000);
    expect(await isSignedIn(idle)).toBe(false);
  });

  it('ends after twelve hours, however busy', async () => {
    const visitor = await signsInOnce();
    for (let hour = 1; hour < 12; hour += 1) {
      later(hour * 60);
      expect(await isSignedIn(visitor)).toBe(true);
    }
    later(12 * 60);
    expect(await isSignedIn(visitor)).toBe(false);
  });
});
