import { NO_FILTERS } from '../../src/domain/referrals/queueFilters.js';
import type { Project, Referral } from '../../src/domain/referrals/referral.js';
import { Conflict, Invalid, NotFound } from '../../src/errors.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const anne = staffMember('anne');
const bruno = staffMember('bruno');
const chloe = staffMember('chloe');
const marie = staffMember('marie');

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
afterAll(() => desk.stop());

let visitors = 0;
/** A new project at TILTAM. */
const arrives = async (): Promise<{ project: Project; referral: Referral }> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await services.saveDraft(visitor, {});
  const { project } = await services.submitProject({ visitor, submission: aSubmission() });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0];
  return { project, referral: referral as Referral };
};
const stateOf = async (id: string) => (await desk.parts.projects.byId(id))?.state;

describe('taking a project in hand', () => {
  it('gives it to the advisor, tells the story and changes the project', async () => {
    const { project, referral } = await arrives();
    const taken = await services.takeReferral({ id: referral.id, version: 1, by: anne });

    expect(taken).toMatchObject({ state: 'taken', takenBy: 'anne', assignee: 'anne', version: 2, takenAt: MONDAY });
    expect(await stateOf(project.id)).toBe('in_progress');
    const { events } = await services.readReferral(anne, referral.id);
    expect(events.at(-1)).toMatchObject({
      type: 'taken',
      before: 'waiting',
      after: 'taken',
      actor: { account: 'anne' },
    });
  });

  it('lets one of two win a race, and tells the other who was faster', async () => {
    const { referral } = await arrives();
    const takes = [anne, bruno].map((by) => services.takeReferral({ id: referral.id, version: 1, by }));
    const results = await Promise.allSettled(takes);

    const won = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? result.reason : []));
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(1);
    const winner = won[0]?.takenBy === 'anne' ? 'Anne D.' : 'Bruno P.';
    expect(lost[0]).toBeInstanceOf(Conflict);
    expect(lost[0].message).toBe(`${winner} a déjà pris ce projet en charge.`);
    expect((await desk.parts.events.ofProject(referral.project)).filter(({ type }) => type === 'taken')).toHaveLength(
      1,
    );
  });

  it('is refused from a version that is not the last one', async () => {
    const { referral } = await arrives();
    const old = { id: referral.id, version: 7, by: anne };
    await expect(services.takeReferral(old)).rejects.toThrow(Conflict);
    expect((await desk.parts.referrals.byId(referral.id))?.state).toBe('waiting');
  });

  it('is not even refused to another partner: it does not exist there', async () => {
    const { referral } = await arrives();
    const foreign = { id: referral.id, version: 1, by: chloe };
    await expect(services.takeReferral(foreign)).rejects.toThrow(NotFound);
    await expect(services.readReferral(chloe, referral.id)).rejects.toThrow(NotFound);
    await expect(services.takeReferral({ ...foreign, id: 'nothing' })).rejects.toThrow(NotFound);
    await expect(services.takeReferral({ ...foreign, by: marie })).rejects.toThrow(NotFound);
  });
});

describe('closing', () => {
  it('needs a project in hand, keeps the words and ends the story', async () => {
    const { project, referral } = await arrives();
    const seen = { id: referral.id, by: anne };
    const helped = { outcome: 'helped', help: 'advice', words: 'Nous avons trouvé un local.' } as const;
    await expect(services.closeReferral({ ...seen, version: 1 }, helped)).rejects.toThrow(Conflict);
    await services.takeReferral({ ...seen, version: 1 });
    const closed = await services.closeReferral({ ...seen, version: 2 }, helped);

    expect(closed).toMatchObject({ state: 'helped', outcome: 'helped', closedAt: MONDAY });
    expect(closed.notes.map(({ text }) => text)).toEqual(['Nous avons trouvé un local.']);
    expect(await stateOf(project.id)).toBe('helped');
    const late = services.closeReferral({ id: referral.id, by: bruno, version: 2 }, helped);
    await expect(late).rejects.toThrow('Ce projet est maintenant\u00a0: aidé. Rechargez la page pour voir la suite.');
  });

  it('takes a second click for the first one, and nothing else for it', async () => {
    const { project, referral } = await arrives();
    const seen = { id: referral.id, version: 1, by: anne };
    const clicks = await Promise.all([services.takeReferral(seen), services.takeReferral(seen)]);
    expect(clicks.map(({ state, takenBy }) => `${state} ${takenBy}`)).toEqual(['taken anne', 'taken anne']);
    expect((await desk.parts.events.ofProject(project.id)).filter(({ type }) => type === 'taken')).toHaveLength(1);
    await expect(services.takeReferral({ ...seen, by: bruno })).rejects.toThrow(
      'Anne D. a déjà pris ce projet en charge.',
    );
  });

  it('knows only the outcomes of the table', async () => {
    const { referral } = await arrives();
    await services.takeReferral({ id: referral.id, version: 1, by: anne });
    const odd = { outcome: 'constructor', words: null } as unknown as Parameters<typeof services.closeReferral>[1];
    await expect(services.closeReferral({ id: referral.id, version: 2, by: anne }, odd)).rejects.toThrow(Invalid);
    expect((await desk.parts.referrals.byId(referral.id))?.state).toBe('taken');
  });

  it('may be done by a colleague of the same partner', async () => {
    const { referral } = await arrives();
    await services.takeReferral({ id: referral.id, version: 1, by: anne });
    const closed = await services.closeReferral(
      { id: referral.id, version: 2, by: bruno },
      { outcome: 'unreachable', words: null },
    );
    expect(closed).toMatchObject({ state: 'unreachable', takenBy: 'anne', notes: [] });
  });
});

describe('a project that a partner declines', () => {
  it('goes to triage, is sent to another partner, and is worked there', async () => {
    const { project, referral } = await arrives();
    const words = 'La CCI accompagne ce commerce depuis un an.';
    await services.declineReferral({ id: referral.id, version: 1, by: anne }, { reason: 'other-need', words });
    expect(await stateOf(project.id)).toBe('triage');

    const row = (await services.readTriage(marie, 1)).waiting.find((one) => one.project.id === project.id);
    expect(row?.had.at(-1)).toMatchObject({
      partner: 'ti-tiltam',
      declineReason: 'other-need',
      notes: [{ text: words }],
    });

    desk.clock.now = new Date('2026-11-24T10:00:00+01:00');
    const sent = await services.sendToPartner(marie, project.id, {
      partner: 'cci-puy-de-dome',
      reason: 'after-decline',
    });
    expect(sent).toMatchObject({ sequence: 2, state: 'waiting', partner: 'cci-puy-de-dome', assignee: 'chloe' });
    expect(sent.callBy).toEqual(new Date('2026-11-26T18:00:00+01:00'));
    expect(await stateOf(project.id)).toBe('waiting');

    await services.takeReferral({ id: sent.id, version: 1, by: chloe });
    expect(await stateOf(project.id)).toBe('in_progress');
    const { events } = await services.readProject(marie, project.id);
    expect(events.map(({ type }) => type)).toEqual(['submitted', 'referred', 'declined', 'referred', 'taken']);
    desk.clock.now = MONDAY;
  });

  it('is sent once, however many managers send it', async () => {
    const { project, referral } = await arrives();
    await services.declineReferral({ id: referral.id, version: 1, by: anne }, { reason: 'duplicate', words: null });
    const send = (partner: string) =>
      services.sendToPartner(marie, project.id, { partner, reason: 'from-text' }).catch((error: unknown) => error);
    const results = await Promise.all([send('cci-puy-de-dome'), send('clermont-auvergne-metropole')]);

    expect(results.filter((result) => result instanceof Conflict)).toHaveLength(1);
    expect(await desk.parts.referrals.ofProject(project.id)).toHaveLength(2);
  });

  it('cannot be sent by an advisor, to a partner that does not exist, or while a partner has it', async () => {
    const { project, referral } = await arrives();
    const to = { partner: 'cci-puy-de-dome', reason: 'from-text' } as const;
    await expect(services.sendToPartner(anne, project.id, to)).rejects.toMatchObject({ status: 403 });
    await expect(services.sendToPartner(marie, project.id, to)).rejects.toMatchObject({ status: 409 });
    await services.declineReferral({ id: referral.id, version: 1, by: anne }, { reason: 'other', words: 'Trop tôt.' });
    await expect(services.sendToPartner(marie, project.id, { ...to, partner: 'le-bivouac' })).rejects.toMatchObject({
      status: 422,
    });
    await expect(services.sendToPartner(marie, 'nothing', to)).rejects.toMatchObject({ status: 404 });
  });
});

const TO_TAKE = { basket: 'a-prendre', filters: NO_FILTERS, typed: null, from: null } as const;

describe('the queue', () => {
  it('holds the own partner only, soonest due first, with counts of every basket', async () => {
    const before = await services.readQueue(anne, TO_TAKE);
    desk.clock.now = new Date('2026-11-25T09:30:00+01:00');
    const late = await arrives();
    desk.clock.now = new Date('2026-11-24T09:30:00+01:00');
    const soon = await arrives();
    desk.clock.now = MONDAY;

    const { rows, counts, partner } = await services.readQueue(anne, TO_TAKE);
    expect(partner.id).toBe('ti-tiltam');
    expect(counts['a-prendre']).toBe(before.counts['a-prendre'] + 2);
    expect(rows.slice(-2).map(({ project }) => project.id)).toEqual([soon.project.id, late.project.id]);
    const others = await services.readQueue(chloe, TO_TAKE);
    const theirs = await desk.parts.referrals.ofProjects(others.rows.map(({ project }) => project.id));
    for (const { referral } of others.rows)
      expect(theirs.find(({ id }) => id === referral.id)?.partner).toBe('cci-puy-de-dome');
  });

  it('is nobody else’s', async () => {
    await expect(services.readQueue(marie, TO_TAKE)).rejects.toMatchObject({ status: 403 });
    await expect(services.readTriage(anne, 1)).rejects.toMatchObject({ status: 403 });
    await expect(services.readProject(anne, 'any')).rejects.toMatchObject({ status: 403 });
  });
});
