import type { Project, Referral } from '../../src/domain/referrals/referral.js';
import { replayEvents } from '../../src/domain/referrals/replayEvents.js';
import { aSubmission } from '../support/aSubmission.js';
import { dyingAfter } from '../support/dyingAfter.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/** A crash between any two writes of an act, and what the sweep makes of what is left. */
const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const TUESDAY = new Date('2026-11-24T09:30:00+01:00');
const MOST_WRITES = 40;
const anne = staffMember('anne');

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
afterAll(() => desk.stop());

let visitors = 0;
interface Arrived {
  project: Project;
  token: string;
  referral: Referral;
}
const arrives = async (): Promise<Arrived> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  desk.clock.now = MONDAY;
  await services.saveDraft(visitor, {}, 'fr');
  const { project, token } = await services.submitProject({ visitor, submission: aSubmission(), anyway: true });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0] as Referral;
  return { project, token, referral };
};
const asks = async (arrived: Arrived): Promise<Arrived> => {
  const seen = { id: arrived.referral.id, version: 1, by: anne };
  return { ...arrived, referral: await services.askHolder(seen, { question: 'Combien de salariés ?' }) };
};

type Act = (services: Desk['services'], arrived: Arrived) => Promise<unknown>;
const seen = ({ id, version }: Referral) => ({ id, version, by: anne });

const ACTS: Record<
  string,
  { given?: (arrived: Arrived) => Promise<Arrived>; act: Act; state: string; told: string[] }
> = {
  take: {
    act: (at, { referral }) => at.takeReferral(seen(referral)),
    state: 'in_progress: taken',
    told: ['taken'],
  },
  decline: {
    act: (at, { referral }) => at.declineReferral(seen(referral), { reason: 'other', words: 'Trop tôt.' }),
    state: 'triage: declined',
    told: ['declined'],
  },
  reroute: {
    act: (at, { referral }) =>
      at.rerouteReferral(seen(referral), { to: 'cci-puy-de-dome', reason: 'other-need', words: 'Un commerce.' }),
    state: 'waiting: rerouted, waiting',
    told: ['rerouted', 'referred'],
  },
  'bring in': {
    act: (at, { referral }) => at.bringInPartner(seen(referral), { partner: 'cci-puy-de-dome' }),
    state: 'waiting: waiting, informed',
    told: ['brought-in'],
  },
  'answer a question': {
    given: asks,
    act: (at, { token }) => at.addMessage(token, 'Nous sommes douze.'),
    state: 'waiting: waiting',
    told: ['detail-asked', 'message-added', 'detail-given'],
  },
  withdraw: {
    act: (at, { token }) => at.withdrawProject(token, { reason: 'solved', words: null }),
    state: 'withdrawn: withdrawn',
    told: ['withdrawn'],
  },
};

const stands = async ({ project: { id } }: Arrived) => {
  const { projects, referrals, events, deliveries } = desk.parts;
  const held = [...(await referrals.ofProject(id)), ...(await referrals.associatedOf(id))];
  const story = await events.ofProject(id);
  return {
    state: `${(await projects.byId(id))?.state}: ${held.map(({ state }) => state).join(', ')}`,
    told: story.map(({ type }) => type).slice(2),
    replayed: replayEvents(story).referrals.map(({ state }) => state),
    held,
    emails: (await deliveries.ofProject(id)).map(({ email, audience }) => `${email} ${audience}`).sort(),
    left: [...(await projects.outbox(id)), ...(await Promise.all(held.map((one) => referrals.outbox(one.id)))).flat()],
  };
};

test.each(Object.keys(ACTS))(
  '%s, cut short anywhere, is completed',
  async (name) => {
    const { given, act, state, told } = ACTS[name] as (typeof ACTS)[string];
    const begin = async (): Promise<Arrived> => {
      const arrived = await arrives();
      return given ? given(arrived) : arrived;
    };
    const whole = await begin();
    desk.clock.now = TUESDAY;
    await act(services, whole);
    const expected = await stands(whole);
    expect(expected).toMatchObject({ state, left: [] });
    expect(expected.told.toSorted()).toEqual(told.toSorted());
    expect(expected.replayed).toEqual(expected.held.map((one) => one.state));

    for (let last = 1; last < MOST_WRITES; last += 1) {
      const cut = await begin();
      const dying = dyingAfter(desk, last);
      desk.clock.now = TUESDAY;
      const survived = await act(dying.services, cut).then(
        () => true,
        () => false,
      );
      if (survived) return expect(last).toBe(dying.writes());
      desk.clock.now = new Date(TUESDAY.getTime() + 60_000);
      await services.sweep();
      await services.sweep();
      const found = await stands(cut);
      expect({ ...found, held: [] }).toEqual({ ...expected, held: [] });
      expect(found.held.map(({ callBy, asked }) => ({ callBy, asked }))).toEqual(
        expected.held.map(({ callBy, asked }) => ({ callBy, asked })),
      );
    }
    throw new Error('This act writes more than anybody thought');
  },
  60_000,
);
