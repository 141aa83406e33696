import { CUTLER, fillIn } from '../../support/fillIn.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const DAY = 24 * 3600 * 1000;

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, limits: true });
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
afterEach(() => {
  desk.clock.now = MONDAY;
});

const pathOf = (page: Page): string => new URL(page.url).pathname;
const heading = (page: Page): string | undefined => page.html.querySelector('main h1')?.text;

/** A questionnaire with two answers, and a link to it. */
const begun = async (needs: string | string[] = 'water'): Promise<{ visitor: Visitor; link: string }> => {
  const visitor = door.visitor();
  const before = new Set((await desk.parts.drafts.model.find({}, { _id: 1 }).lean()).map(({ _id }) => _id));
  await visitor.send(await visitor.open('/projet'), { needs });
  const drafts = await desk.parts.drafts.model.find({}, { _id: 1 }).lean();
  const draft = drafts.find(({ _id }) => !before.has(_id))?._id ?? '';
  const secret = await desk.parts.links.create({ purpose: 'resume', draft }, desk.clock.now);
  return { visitor, link: `/reprendre/${secret}` };
};

describe('asking to go on later', () => {
  test('says where one stands, and sends a link to the address given', async () => {
    const { visitor } = await begun();
    const page = await visitor.open('/projet/plus-tard');
    expect(page.text).toContain('Vous en êtes à l’étape 2 sur');
    const sent = await visitor.send(page, { email: 'camille@example.org' });
    expect(heading(sent)).toBe('Le lien est en route');
    expect(sent.text).toContain('Nous venons d’écrire à camille@example.org');
    expect(sent.text).toContain('Sur cet appareil, il suffit aussi de revenir');
    const owed = await desk.parts.deliveries.model.find({ email: 'holder-resume' }).lean();
    expect(owed).toHaveLength(1);
    expect(JSON.stringify(owed)).not.toContain('camille@example.org');
  });

  test.each(['', 'camille', 'a@b@c', 'camille@', `${'x'.repeat(260)}@example.org`])(
    'refuses the address "%s" with a message, and keeps it',
    async (email) => {
      const { visitor } = await begun();
      const page = await visitor.send(await visitor.open('/projet/plus-tard'), { email });
      expect(page.status).toBe(422);
      expect(page.html.querySelector('#email-error')?.text).toMatch(/adresse e-mail/);
      expect(page.html.querySelector('#email')?.getAttribute('value')).toBe(email);
    },
  );

  test('speaks English to who reads English', async () => {
    const { visitor } = await begun();
    const page = await visitor.open('/projet/plus-tard?lang=en');
    expect(page.text).toContain('You are at step 2 of');
    const sent = await visitor.send(page, { email: 'camille@example.org' });
    expect(sent.text).toContain('We have just written to camille@example.org');
  });

  test('stops after a few links to one address', async () => {
    const { visitor } = await begun();
    const statuses: number[] = [];
    for (let ask = 0; ask < 7; ask += 1) {
      const page = await visitor.open('/projet/plus-tard');
      statuses.push((await visitor.send(page, { email: 'flooded@example.org' })).status);
    }
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });

  test('with nothing answered, offers to begin', async () => {
    const page = await door.visitor().open('/projet/plus-tard');
    expect(heading(page)).toBe('Vous n’avez encore rien enregistré');
    expect(page.html.querySelector('main form')).toBeNull();
  });
});

describe('a link to resume', () => {
  test('goes on exactly where it was left, on two devices, and opened twice', async () => {
    const { visitor, link } = await begun();
    for (const device of [door.visitor(), door.visitor()]) {
      const page = await device.open(link);
      expect(page.text).toContain('Vous en étiez à l’étape 2 sur');
      expect(pathOf(await device.open('/projet'))).toBe('/projet/besoins');
      expect(pathOf(await device.send(page, {}))).toBe('/projet/avancement');
      expect(pathOf(await device.send(await device.open(link), {}))).toBe('/projet/avancement');
    }
    expect((await visitor.open('/projet')).text).toContain('Vous avez commencé un questionnaire');
  });

  test('lets choose when another questionnaire is under way here', async () => {
    const { link } = await begun();
    const { visitor } = await begun(['energy', 'skills']);
    const page = await visitor.open(link);
    expect(page.text).toContain('Un autre questionnaire est commencé sur cet appareil');
    expect(page.html.querySelector('.actions a')?.getAttribute('href')).toBe('/projet/besoin-principal');
    expect(pathOf(await visitor.send(page, {}))).toBe('/projet/avancement');
    expect((await visitor.open(link)).text).not.toContain('Un autre questionnaire');
  });

  test('tampered with, expired or ended by the sending: a page each, with what to do', async () => {
    const { visitor, link } = await begun();
    const tampered = await door.visitor().open(`${link.slice(0, -3)}AAA`);
    expect([tampered.status, heading(tampered)]).toEqual([404, 'Ce lien n’ouvre aucun questionnaire']);
    expect(tampered.html.querySelector('.actions a')?.getAttribute('href')).toBe('/projet');

    const device = door.visitor();
    const page = await device.open(link);
    desk.clock.now = new Date(MONDAY.getTime() + 31 * DAY);
    const expired = await device.send(page, {});
    expect([expired.status, heading(expired)]).toEqual([410, 'Ce lien a expiré']);
    expect((await door.visitor().open(`${link}?lang=en`)).text).toContain('This link has expired');

    desk.clock.now = MONDAY;
    const receipt = await visitor.send(await fillIn(visitor, { ...CUTLER, besoins: { needs: 'water' } }), {});
    expect(pathOf(receipt)).toMatch(/^\/suivi\//);
    const sent = await device.open(link);
    expect([sent.status, heading(sent)]).toEqual([410, 'Ce questionnaire est déjà envoyé']);
    expect(sent.html.querySelector('.actions a')?.getAttribute('href')).toBe('/lien-perdu');
  });
});

const TWICE = { ...CUTLER, contact: { ...CUTLER['contact'], email: 'tabs@example.org' } };
test('two tabs of one draft end with one project', async () => {
  const visitor = door.visitor();
  const [one, other] = [await fillIn(visitor, TWICE), await visitor.open('/projet/verification')];
  const first = await visitor.send(one, {});
  const second = await visitor.send(other, {});
  const reference = (page: Page) => page.html.querySelector('.reference strong')?.text;
  expect(reference(first)).toMatch(/^26-/);
  expect(reference(second)).toBe(reference(first));
});
