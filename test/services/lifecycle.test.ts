import { ACCESS, type Account } from '../../src/domain/referrals/access.js';
import {
  ACTS,
  type AdvisorAct,
  basketOf,
  canAct,
  leadsTo,
  REFERRAL_STATES,
  type ReferralState,
} from '../../src/domain/referrals/lifecycle.js';
import { projectState } from '../../src/domain/referrals/projectState.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { EACH_ACT, referralIn } from '../support/eachAct.js';
import { addStaff, STAFF, type StaffName, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
afterAll(() => desk.stop());

const STATES = Object.keys(REFERRAL_STATES) as ReferralState[];
const ADVISOR_ACTS = Object.keys(EACH_ACT) as AdvisorAct[];
/** One person of each role, at the referral's partner and at another. Léa leads it, Bruno and Anne advise there. */
const PEOPLE = (Object.keys(STAFF) as StaffName[]).map((id) => staffMember(id)).filter(({ id }) => id !== 'bruno');
const mayAct = ({ role, partner }: Account): boolean => {
  const scope: string = ACCESS.actOnReferral[role];
  return scope === 'all' || (scope === 'own' && partner === 'ti-tiltam');
};

const read = async (id: string): Promise<Referral> => (await desk.parts.referrals.byId(id)) as Referral;
const tried = (way: Promise<Referral>): Promise<Referral | { status: number }> => way.catch((error) => error);

const PAIRS = STATES.flatMap((state) => ADVISOR_ACTS.map((act) => ({ state, act })));
const ALLOWED = PAIRS.filter(({ state, act }) => canAct(act, state));
const REFUSED = PAIRS.filter(({ state, act }) => !canAct(act, state));

test.each(REFUSED)('a referral that is $state refuses $act', async ({ state, act }) => {
  const referral = await referralIn(desk, state);
  for (const way of EACH_ACT[act])
    for (const by of PEOPLE) {
      const refused = await tried(way(services, { id: referral.id, version: 1, by }));
      expect(refused).toMatchObject({ status: mayAct(by) ? 409 : 404 });
    }
  expect(await read(referral.id)).toEqual(referral);
  expect(await desk.parts.events.ofProject(referral.project)).toEqual([]);
});

test.each(ALLOWED)('a referral that is $state allows $act, to its partner alone', async ({ state, act }) => {
  const ends = new Set<ReferralState>();
  for (const way of EACH_ACT[act])
    for (const by of PEOPLE) {
      const referral = await referralIn(desk, state);
      const done = await tried(way(services, { id: referral.id, version: 1, by }));
      if (mayAct(by)) ends.add(await expectDone(act, referral, by));
      else {
        expect(done).toMatchObject({ status: 404 });
        expect(await read(referral.id)).toEqual(referral);
      }
    }
  expect([...ends]).toEqual(ACTS[act].to === 'same' ? [state] : ACTS[act].to);
});

/** The act is written, told by its event, and the project follows. Gives the state to which it led. */
const expectDone = async (act: AdvisorAct, before: Referral, by: Account): Promise<ReferralState> => {
  const now = await read(before.id);
  const { outcome } = (await desk.parts.projects.byId(before.project))?.decision ?? { outcome: 'triage' };
  const [event] = await desk.parts.events.ofProject(before.project);
  expect(leadsTo(act, before.state, now.state)).toBe(true);
  expect(now).toMatchObject({ version: 2, basket: basketOf(now) });
  expect(event).toMatchObject({
    type: ACTS[act].event,
    referral: before.id,
    partner: 'ti-tiltam',
    actor: { role: by.role, account: by.id },
    before: before.state,
    after: now.state,
  });
  const latest = (await desk.parts.referrals.ofProject(before.project)).at(-1);
  const project = await desk.parts.projects.byId(before.project);
  expect(project?.state).toBe(projectState({ outcome }, latest?.state ?? null));
  expect(await desk.parts.referrals.outbox(before.id)).toEqual([]);
  return now.state;
};

test('an act from a version that is not the last one is refused, whatever it is', async () => {
  const anne = staffMember('anne');
  for (const act of ADVISOR_ACTS)
    for (const state of ACTS[act].from) {
      const { id } = await referralIn(desk, state);
      for (const way of EACH_ACT[act])
        expect(await tried(way(services, { id, version: 2, by: anne }))).toMatchObject({ status: 409 });
    }
});
