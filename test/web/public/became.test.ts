import { BECAME } from '../../../src/domain/referrals/referral.js';
import { Conflict } from '../../../src/errors.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const SUMMER = new Date('2027-06-02T10:00:00+02:00');
const anne = staffMember('anne');

let desk: Desk;
let door: Door;
let arrive: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  arrive = arrivals(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const closes = async (id: string) => {
  const { version } = await desk.services.takeReferral({ id, version: 1, by: anne });
  await desk.services.closeReferral({ id, version, by: anne }, { outcome: 'helped', help: 'advice', words: null });
};
const arrivesClosed = async () => {
  const arrived = await arrive.arrives();
  await closes(arrived.id);
  return { ...arrived, page: `/suivi/${arrived.token}` };
};
const told = async (project: string) =>
  (await desk.parts.events.ofProject(project)).filter(({ type }) => type === 'became');
const readProject = async (project: string) => (await desk.parts.projects.byId(project)) ?? undefined;

it('is asked once the follow-up has ended, in one question; the last answer counts', async () => {
  const { project, page } = await arrivesClosed();
  desk.clock.now = SUMMER;
  const visitor = door.visitor();
  const own = await visitor.open(page);
  const link = own.html.querySelectorAll('.own-acts a').find((one) => /Dire où en est le projet/.test(one.textContent));
  const form = await visitor.open(link?.getAttribute('href') ?? '');
  expect(form.html.querySelectorAll('fieldset')).toHaveLength(1);
  for (const { fr } of Object.values(BECAME)) expect(form.text).toContain(fr);

  const none = await visitor.send(form, {});
  expect([none.status, none.text]).toEqual([422, expect.stringContaining('Choisissez une réponse.')]);
  expect((await visitor.send(form, { what: 'sold' })).status).toBe(422);
  const thanked = await visitor.send(form, { what: 'under-way' });
  expect(thanked.text).toContain('Merci de ces nouvelles.');
  expect(thanked.text).toContain('Vous nous avez donné des nouvelles.');

  const again = await visitor.open(`${page}/nouvelles`);
  expect(again.html.querySelector('input[value="under-way"]')?.hasAttribute('checked')).toBe(true);
  await visitor.send(again, { what: 'under-way' });
  await visitor.send(again, { what: 'launched' });
  expect((await readProject(project))?.became).toEqual({ what: 'launched', at: SUMMER });
  expect((await told(project)).map(({ before, after }) => [before, after])).toEqual([
    [null, 'under-way'],
    ['under-way', 'launched'],
  ]);
});

it('is asked and thanked for in English too', async () => {
  const { page } = await arrivesClosed();
  const visitor = door.visitor();
  expect((await visitor.open(`${page}?lang=en`)).text).toContain('Tell us where the project stands');
  const form = await visitor.open(`${page}/nouvelles?lang=en`);
  expect(form.html.querySelector('h1')?.textContent).toBe('What has become of your project?');
  for (const { en } of Object.values(BECAME)) expect(form.text).toContain(en);
  expect((await visitor.send(form, {})).text).toContain('Choose an answer.');
  expect((await visitor.send(form, { what: 'on-hold' })).text).toContain('Thank you for the news.');
});

it('leads to where things stand while the project is followed', async () => {
  const { token, id, project } = await arrive.arrives();
  const early = await door.visitor().open(`/suivi/${token}/nouvelles`);
  expect([early.status, new URL(early.url).pathname]).toEqual([200, `/suivi/${token}`]);
  expect(early.text).not.toContain('Dire où en est le projet');
  await expect(desk.services.sayWhatBecame(token, 'launched')).rejects.toThrow(Conflict);
  await closes(id);
  const form = await door.visitor().open(`/suivi/${token}/nouvelles`);
  expect(form.status).toBe(200);
  const { version } = (await desk.parts.referrals.byId(id)) ?? { version: 0 };
  await desk.services.reopenReferral({ id, version, by: anne }, { reason: 'mistake' });
  await expect(desk.services.sayWhatBecame(token, 'launched')).rejects.toThrow(Conflict);
  expect(await told(project)).toEqual([]);
});

it('stands in the own data; erasure leaves its code, which names nobody', async () => {
  const { project, token, page } = await arrivesClosed();
  await desk.services.sayWhatBecame(token, 'stopped');
  const data = await door.visitor().open(`${page}/mes-donnees`);
  expect(data.text).toContain('Le projet est arrêté');
  const file = (await (await fetch(`${door.base}${page}/mes-donnees.json`)).json()) as Record<string, unknown>;
  expect(file['became']).toMatchObject({ what: 'stopped' });
  await desk.services.eraseProject(token);
  expect((await readProject(project))?.became?.what).toBe('stopped');
});

it('is told to the partner’s people in the story of the project', async () => {
  const { id, token } = await arrivesClosed();
  await desk.services.sayWhatBecame(token, 'launched');
  desk.clock.now = new Date();
  const reader = await door.signedIn('anne');
  expect((await reader.open(`/dossiers/${id}`)).text).toMatch(
    /a donné des nouvelles du projet.{0,40}Le projet est lancé/,
  );
});

describe('an address that refuses our messages', () => {
  const refuse = (project: string) =>
    desk.parts.projects.model.updateOne(
      { _id: project },
      { $set: { mailRefused: { at: MONDAY, because: '550 No such user' } } },
    );

  it('is said on the own page, with where to put it right; a new address clears it', async () => {
    const { project, token } = await arrive.arrives();
    const page = `/suivi/${token}`;
    const visitor = door.visitor();
    expect((await visitor.open(page)).text).not.toContain('n’arrivent pas à votre adresse');
    await refuse(project);
    expect((await visitor.open(`${page}?lang=en`)).text).toContain('Our messages do not reach your address');
    const own = await visitor.open(`${page}?lang=fr`);
    expect(own.text).toContain('Nos messages n’arrivent pas à votre adresse');
    const form = await visitor.open(own.html.querySelector('.notice a')?.getAttribute('href') ?? '');

    const same = { name: 'Camille Roux', email: 'camille@example.org', phone: '06 39 98 12 34' };
    expect((await visitor.send(form, same)).text).toContain('n’arrivent pas à votre adresse');
    const right = await visitor.send(form, { ...same, email: 'camille.roux@example.org' });
    expect(right.text).toContain('Vos coordonnées sont à jour.');
    expect(right.text).not.toContain('n’arrivent pas à votre adresse');
    expect((await readProject(project))?.mailRefused).toBeNull();
  });

  it('has e-mails said on the telephone, or dropped, until it is put right', async () => {
    const { project, token, id } = await arrive.arrives();
    await refuse(project);
    const owed = async (email: string) =>
      (await desk.parts.deliveries.ofProject(project)).find((one) => one.email === email);
    await desk.services.sendDelivery((await owed('holder-receipt'))?.id ?? '');
    expect((await owed('holder-receipt'))?.toCall).toMatchObject({ partner: 'ti-tiltam', done: null });
    await closes(id);
    desk.clock.now = new Date('2026-12-14T10:00:00+01:00');
    await desk.services.sendDelivery((await owed('holder-survey'))?.id ?? '');
    expect(await owed('holder-survey')).toMatchObject({ toCall: null, cancelledBecause: 'address refused' });
    expect((await desk.services.followProject(token))?.project.mailRefused).not.toBeNull();
  });
});
