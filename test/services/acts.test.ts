import { EXPIRES_AFTER_DAYS } from '../../src/domain/referrals/lifecycle.js';
import type { ProjectEvent, Referral } from '../../src/domain/referrals/referral.js';
import { Conflict, Invalid } from '../../src/errors.js';
import { referralIn } from '../support/eachAct.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const anne = staffMember('anne');
const bruno = staffMember('bruno');
const lea = staffMember('lea');

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(() => desk.stop());

const seenBy = (by: typeof anne, { id, version }: Referral) => ({ id, version, by });
const read = async ({ id }: Referral): Promise<Referral> => (await desk.parts.referrals.byId(id)) as Referral;
const latestOf = async ({ project }: Referral) => (await desk.parts.referrals.ofProject(project)).at(-1) as Referral;
const storyOf = async ({ project }: Referral): Promise<ProjectEvent[]> => desk.parts.events.ofProject(project);
const stateOf = async ({ project }: Referral) => (await desk.parts.projects.byId(project))?.state;

describe('who has it in hand', () => {
  it('is nobody once released; the date promised stays', async () => {
    const taken = await referralIn(desk, 'taken');
    const released = await services.releaseReferral(seenBy(bruno, taken));
    expect(released).toMatchObject({ state: 'waiting', takenBy: null, takenAt: null, callBy: taken.callBy });
    expect(await stateOf(taken)).toBe('waiting');
  });

  it('is the colleague to whom it is given, whoever gives it', async () => {
    const taken = await referralIn(desk, 'taken');
    const given = await services.transferReferral(seenBy(lea, taken), { to: 'bruno' });
    expect(given).toMatchObject({ state: 'taken', takenBy: 'bruno', assignee: 'bruno', callBy: taken.callBy });
    expect((await storyOf(taken)).at(-1)).toMatchObject({ type: 'transferred', to: 'bruno' });
    const waiting = await referralIn(desk, 'waiting');
    const meant = await services.transferReferral(seenBy(anne, waiting), { to: 'lea' });
    expect(meant).toMatchObject({ state: 'waiting', takenBy: null, assignee: 'lea' });
  });

  it.each(['chloe', 'marie', 'nobody', 'anne'])('cannot become %s', async (to) => {
    const taken = await referralIn(desk, 'taken');
    await expect(services.transferReferral(seenBy(bruno, taken), { to })).rejects.toThrow(Invalid);
    expect((await read(taken)).version).toBe(1);
  });

  it('is who reopens what was closed', async () => {
    const taken = await referralIn(desk, 'taken');
    const done = { outcome: 'helped', help: 'premises', words: 'Un local.' } as const;
    const closed = await services.closeReferral(seenBy(anne, taken), done);
    expect(closed).toMatchObject({ help: 'premises', outcome: 'helped', closedAt: MONDAY });
    const open = await services.reopenReferral(seenBy(bruno, closed), { reason: 'holder-came-back' });
    expect(open).toMatchObject({ state: 'taken', takenBy: 'bruno', outcome: null, help: null, closedAt: null });
    expect(await stateOf(taken)).toBe('in_progress');
  });
});

describe('a form that is not filled in', () => {
  it('is refused, and changes nothing', async () => {
    const taken = await referralIn(desk, 'taken');
    const seen = seenBy(anne, taken);
    const odd = 'constructor' as never;
    const soon = new Date(MONDAY.getTime() + 3_600_000);
    const meeting = { at: soon, minutes: 30, kind: 'visit', place: 'Mairie' } as const;
    const refused = [
      services.closeReferral(seen, { outcome: 'helped', words: null }),
      services.closeReferral(seen, { outcome: 'helped', help: odd, words: null }),
      services.logCall(seen, { result: odd, words: null }),
      services.askHolder(seen, { question: ' ' }),
      services.bookAppointment(seen, { ...meeting, at: MONDAY }),
      services.bookAppointment(seen, { ...meeting, place: '' }),
      services.bookAppointment(seen, { ...meeting, minutes: 0 }),
      services.bookAppointment(seen, { ...meeting, kind: odd }),
      services.bringInPartner(seen, { partner: 'ti-tiltam' }),
      services.bringInPartner(seen, { partner: 'le-bivouac' }),
      services.rerouteReferral(seen, { to: 'ti-tiltam', reason: 'other', words: null }),
      services.rerouteReferral(seen, { to: 'le-bivouac', reason: 'other', words: null }),
      services.rerouteReferral(seen, { to: 'cci-puy-de-dome', reason: odd, words: null }),
    ];
    for (const one of refused) await expect(one).rejects.toThrow(Invalid);
    expect(await read(taken)).toEqual(taken);
  });
});

describe('calls and appointments', () => {
  it('count attempts until somebody answers', async () => {
    let now = await referralIn(desk, 'taken');
    const attempts: number[] = [];
    for (const result of ['no-answer', 'message', 'no-answer', 'reached'] as const) {
      now = await services.logCall(seenBy(anne, now), { result, words: 'Rappeler.' });
      attempts.push(now.attempts);
    }
    expect(attempts).toEqual([1, 2, 3, 0]);
    expect(now.notes).toHaveLength(4);
  });

  it('move and cancel an appointment, each time with a greater number', async () => {
    const taken = await referralIn(desk, 'taken');
    const at = new Date('2026-11-25T10:00:00+01:00');
    const meeting = { at, minutes: 30, kind: 'call', place: '' } as const;
    const booked = await services.bookAppointment(seenBy(anne, taken), meeting);
    const moved = await services.bookAppointment(seenBy(anne, booked), { ...meeting, minutes: 45 });
    expect(moved.appointment).toMatchObject({ at, minutes: 45 });
    const cancelled = await services.cancelAppointment(seenBy(anne, moved));
    expect(cancelled.appointment).toBeNull();
    await expect(services.cancelAppointment(seenBy(anne, cancelled))).rejects.toThrow(Conflict);
    const again = await services.bookAppointment(seenBy(anne, cancelled), meeting);
    const numbers = [booked, moved, again].map(({ appointment }) => appointment?.sequence ?? 0);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(3);
  });
});

describe('time', () => {
  const DAY = 86_400_000;
  it('sends what nobody took back to triage after 45 days, once', async () => {
    const waiting = await referralIn(desk, 'waiting');
    const taken = await referralIn(desk, 'taken');
    desk.clock.now = new Date(MONDAY.getTime() + EXPIRES_AFTER_DAYS * DAY);
    await services.sweep();
    expect((await read(waiting)).state).toBe('waiting');
    desk.clock.now = new Date(desk.clock.now.getTime() + 1000);
    const sweeps = await Promise.all([services.sweep(), services.sweep()]);
    expect(sweeps.reduce((sum, { expired }) => sum + expired, 0)).toBeGreaterThan(0);
    await services.sweep();

    expect(await read(waiting)).toMatchObject({ state: 'expired', basket: 'expires', closedAt: desk.clock.now });
    expect((await read(taken)).state).toBe('taken');
    expect(await stateOf(waiting)).toBe('triage');
    expect((await storyOf(waiting)).filter(({ type }) => type === 'expired')).toHaveLength(1);
    const to = { partner: 'cci-puy-de-dome', reason: 'from-text' } as const;
    await services.sendToPartner(staffMember('marie'), waiting.project, to);
    expect(await latestOf(waiting)).toMatchObject({ sequence: 2, state: 'waiting', partner: 'cci-puy-de-dome' });
  });
});
