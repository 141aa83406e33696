import type { Referral } from '../../src/domain/referrals/referral.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const anne = staffMember('anne');
const lea = staffMember('lea');

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
});
afterEach(() => desk.stop());

let visitors = 0;
/** A new project at TILTAM: the first goes to Anne, the second to Bruno… */
const arrives = async (): Promise<Referral> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await desk.services.saveDraft(visitor, {});
  const { project } = await desk.services.submitProject({ visitor, submission: aSubmission() });
  return (await desk.parts.referrals.ofProject(project.id))[0] as Referral;
};
const now = async ({ id }: Referral): Promise<Referral> => (await desk.parts.referrals.byId(id)) as Referral;
const away = (account: string, from: string, to: string, deputy: string | null = null) =>
  desk.services.addAbsence(lea, { account, from, to, deputy });

describe('entering an absence', () => {
  it('hands nothing over whose date comes before it, or after the return', async () => {
    const referral = await arrives();
    expect(referral.callBy).toEqual(new Date('2026-11-25T18:00:00+01:00'));
    expect(await away('anne', '2026-11-26', '2026-11-27', 'bruno')).toEqual({ kind: 'added', given: 0, left: 0 });
    expect(await away('anne', '2026-11-23', '2026-11-24', 'bruno')).toEqual({ kind: 'added', given: 0, left: 0 });
    expect(await now(referral)).toMatchObject({ assignee: 'anne', version: 1 });
  });

  it('leaves what is in hand where it is', async () => {
    const referral = await arrives();
    await desk.services.takeReferral({ id: referral.id, version: 1, by: anne });
    expect(await away('anne', '2026-11-23', '2026-12-04', 'bruno')).toMatchObject({ given: 0, left: 0 });
    expect(await now(referral)).toMatchObject({ state: 'taken', assignee: 'anne', takenBy: 'anne' });
  });

  it('hands over what is already late, when it begins today', async () => {
    const referral = await arrives();
    desk.clock.now = new Date('2026-12-01T10:00:00+01:00');
    expect(await away('anne', '2026-12-01', '2026-12-01')).toMatchObject({ given: 1, left: 0 });
    expect(await now(referral)).toMatchObject({ assignee: 'bruno', assignedBecause: { code: 'only' }, version: 2 });
  });

  it('turns to the rest of the team when the deputy is away too, then to the lead, then to whoever takes it', async () => {
    const referral = await arrives();
    await away('bruno', '2026-11-23', '2026-12-04');
    await away('anne', '2026-11-23', '2026-12-04', 'bruno');
    expect(await now(referral)).toMatchObject({ assignee: 'lea', assignedBecause: { code: 'lead' } });

    expect(await away('lea', '2026-11-23', '2026-12-04')).toEqual({ kind: 'added', given: 0, left: 1 });
    expect(await now(referral)).toMatchObject({ assignee: null, assignedBecause: null, state: 'waiting' });
    const later = await arrives();
    expect(later).toMatchObject({ assignee: null, assignedBecause: null });
    const story = await desk.parts.events.ofProject(referral.project);
    expect(story.filter(({ type }) => type === 'transferred')).toMatchObject([
      { actor: { role: 'system', account: null }, to: 'lea', reason: 'absence', before: 'waiting', after: 'waiting' },
      { actor: { role: 'system', account: null }, reason: 'absence' },
    ]);
    expect(await desk.services.readTeam(lea)).toMatchObject({ nobody: { waiting: 2, taken: 0, late: 0 } });
    const taken = await desk.services.takeReferral({ id: later.id, version: 1, by: anne });
    expect(taken.takenBy).toBe('anne');
  });

  it('lets who takes a project at the same moment keep it', async () => {
    const referral = await arrives();
    const take = desk.services.takeReferral({ id: referral.id, version: 1, by: anne });
    const results = await Promise.allSettled([take, away('anne', '2026-11-23', '2026-12-04', 'bruno')]);
    const after = await now(referral);
    const isTaken = results[0]?.status === 'fulfilled';
    expect([after.version, after.state, after.assignee]).toEqual(
      isTaken ? [2, 'taken', 'anne'] : [2, 'waiting', 'bruno'],
    );
  });

  it('forgets those that are over', async () => {
    await away('anne', '2026-11-23', '2026-11-24');
    desk.clock.now = new Date('2026-11-25T00:30:00+01:00');
    expect((await desk.services.readAbsences(lea)).absences).toEqual([]);
    await away('anne', '2026-12-01', '2026-12-01');
    expect((await desk.parts.absences.ofAccount('anne')).absences).toMatchObject([{ from: '2026-12-01' }]);
  });

  it('is read in Paris: today begins at its midnight', async () => {
    desk.clock.now = new Date('2026-11-23T23:30:00Z');
    expect(await away('anne', '2026-11-23', '2026-11-24')).toMatchObject({ kind: 'refused', field: 'from' });
    expect(await away('anne', '2026-11-24', '2026-11-24')).toMatchObject({ kind: 'added' });
  });
});
