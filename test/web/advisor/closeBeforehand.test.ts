import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, PASSWORD, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page } from '../../support/visit.js';

/** The links of "any news?": each opens the form that closes a project, filled in with an outcome. */
const MONDAY = new Date('2024-11-25T09:30:00+01:00');
const anne = staffMember('anne');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const arrivesTaken = async () => {
  const { services, arrives } = arrivals(desk);
  const { id } = await arrives();
  await services.takeReferral({ id, version: 1, by: anne });
  const link = (outcome: string) => new URL(desk.parts.addresses.close(id, outcome as 'helped'));
  return { id, services, at: (outcome: string) => link(outcome).pathname + link(outcome).search };
};
const ticked = ({ html }: Page) => html.querySelector('input[name="outcome"][checked]')?.getAttribute('value');
const stateOf = async (id: string) => (await desk.parts.referrals.byId(id))?.state;

it('asks to sign in first, then opens the form filled in; nothing is done before it is sent', async () => {
  const { id, at } = await arrivesTaken();
  const visitor = door.visitor();
  const signIn = await visitor.open(at('no_solution'));
  expect(new URL(signIn.url).pathname).toBe('/connexion');
  const form = await visitor.send(signIn, { email: 'anne@example.org', password: PASSWORD });
  expect(new URL(form.url).pathname + new URL(form.url).search).toBe(at('no_solution'));
  expect([form.html.querySelector('h1')?.textContent, ticked(form)]).toEqual(['Clôturer ce projet', 'no_solution']);
  for (const outcome of ['helped', 'unreachable']) expect(ticked(await visitor.open(at(outcome)))).toBe(outcome);
  expect(await stateOf(id)).toBe('taken');
  await visitor.send(form, { outcome: 'no_solution' });
  expect(await stateOf(id)).toBe('no_solution');
});

it('leaves the choice open for an outcome that does not exist', async () => {
  const { at } = await arrivesTaken();
  const visitor = await door.signedIn('anne');
  for (const outcome of ['won', '', 'constructor']) {
    const form = await visitor.open(at(outcome));
    expect([form.status, ticked(form)]).toEqual([200, undefined]);
  }
});

it('keeps the words of a draft, and ticks what the link says', async () => {
  const { id, at, services } = await arrivesTaken();
  const values = { outcome: 'unreachable', words: 'Trois appels, sans réponse.' };
  await services.saveNoteDraft(anne, { referral: id, form: 'close', values });
  const visitor = await door.signedIn('anne');
  const later = await visitor.open(at('helped'));
  expect(ticked(later)).toBe('helped');
  expect(later.html.querySelector('textarea[name="words"]')?.textContent.trim()).toBe('Trois appels, sans réponse.');
});

it('says how it ended to who comes after a colleague has closed it', async () => {
  const { id, at, services } = await arrivesTaken();
  await services.closeReferral({ id, version: 2, by: anne }, { outcome: 'helped', help: 'advice', words: null });
  const bruno = await door.signedIn('bruno');
  const late = await bruno.open(at('no_solution'));
  expect(late.status).toBe(409);
  expect(late.text).toContain('Ce projet est maintenant : aidé. Anne D. l’a clôturé lundi 25 novembre');
  expect(await stateOf(id)).toBe('helped');
});
