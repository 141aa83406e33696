import { channelCode } from '../../../src/domain/questionnaire/channel.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';
import { CUTLER, fillIn } from '../../support/fillIn.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
let marie: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, publicUrl: 'http://porte.example.org' });
  await addStaff(desk);
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

/** Fills in the form under the list, whose links have forms of their own. */
const send = async (form: Record<string, string>) => {
  const page = await marie.open('/pilotage/liens');
  for (const link of page.html.querySelectorAll('.channel')) link.remove();
  return marie.send(page, form);
};
const add = (label: string, kind = 'event') => send({ label, kind });

/** Sends a project by this link. */
const comesBy = async (code: string, name: string): Promise<void> => {
  const visitor = door.visitor();
  await visitor.open(`/projet?via=${code}`);
  const contact = { ...CUTLER['contact'], email: `${name}@example.org` };
  await visitor.send(await fillIn(visitor, { ...CUTLER, contact }), {});
};

describe('codes of links', () => {
  it.each([
    ['Salon de l’industrie 2027', 1, 'salon-de-l-industrie-2027'],
    ['  Élan & Forêt ', 1, 'elan-foret'],
    ['CCI', 2, 'cci-2'],
    ['…', 1, 'lien'],
    ['a'.repeat(60), 12, `${'a'.repeat(37)}-12`],
  ])('"%s" (%i) gives %s', (label, attempt, code) => {
    expect(channelCode(label, attempt)).toBe(code);
  });
});

describe('entry links', () => {
  it('say what will appear while there are none', async () => {
    expect((await marie.open('/pilotage/liens')).text).toContain('Aucun lien d’entrée');
  });

  it('are made from a name, with an address and a poster', async () => {
    const page = await add('Salon de l’industrie 2027');
    expect(page.text).toContain('Le lien « Salon de l’industrie 2027 » est prêt.');
    expect(page.text).toContain('http://porte.example.org/?via=salon-de-l-industrie-2027');
    const again = await add('Salon de l’industrie 2027');
    expect(again.text).toContain('?via=salon-de-l-industrie-2027-2');

    const poster = await marie.open('/pilotage/liens/salon-de-l-industrie-2027');
    expect(poster.html.querySelector('.poster svg path')).not.toBeNull();
    expect(poster.html.querySelectorAll('[style], style, main script')).toEqual([]);
    expect(poster.text).toContain('porte.example.org/?via=salon-de-l-industrie-2027');
  });

  it.each([
    [{ label: '', kind: 'event' }, 'label'],
    [{ label: '!!!', kind: 'event' }, 'label'],
    [{ label: 'x'.repeat(81), kind: 'event' }, 'label'],
    [{ label: 'Salon', kind: 'nothing' }, 'kind'],
  ])('refuse %j with a message beside the field', async (form, field) => {
    const page = await send(form);
    expect(page.status).toBe(422);
    expect(page.html.querySelector(`#${field}-error`)).not.toBeNull();
  });

  it('count their projects, on their page and in the figures; codes off the list count together', async () => {
    await add('CCI Puy-de-Dôme', 'site');
    await comesBy('cci-puy-de-dome', 'one');
    await comesBy('cci-puy-de-dome', 'two');
    await comesBy('unheard-of', 'three');
    expect((await marie.open('/pilotage/liens')).text).toContain('Site d’un partenaire. 2 projets par ce lien.');
    const cutNow = async () => {
      await desk.services.refreshFacts();
      const query = { period: parsePeriod({}, desk.clock.now), filters: {} };
      const read = await desk.services.readFigures(staffMember('marie'), query);
      const cut = read.breakdowns.find(({ id }) => id === 'channel');
      return cut?.rows.map(({ label, figures }) => [label, figures.submitted.value]);
    };
    expect(await cutNow()).toEqual([
      ['CCI Puy-de-Dôme', 2],
      ['Autres liens', 1],
    ]);
    const list = await marie.open('/pilotage/liens');
    await marie.send(list, {}, '/pilotage/liens/cci-puy-de-dome/retirer');
    expect(await cutNow()).toEqual([['Autres liens', 3]]);
    expect((await marie.open('/pilotage')).text).toContain('Par lien d’entrée');
  });

  it('are for managers', async () => {
    const anne = await door.signedIn('anne');
    expect((await anne.open('/pilotage/liens')).status).toBe(403);
    expect((await anne.open('/pilotage/liens/salon-de-l-industrie-2027')).status).toBe(403);
    await expect(desk.services.addChannel(staffMember('anne'), { label: 'x', kind: 'site' })).rejects.toThrow();
    await expect(desk.services.removeChannel(staffMember('anne'), 'x')).rejects.toThrow();
    expect((await door.visitor().open('/pilotage/liens')).url).toContain('/connexion');
    expect((await marie.open('/pilotage/liens/nothing-here')).status).toBe(404);
  });
});
