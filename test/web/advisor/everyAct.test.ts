import {
  type AdvisorAct,
  actsFrom,
  basketOf,
  canAct,
  REFERRAL_STATES,
  type ReferralState,
} from '../../../src/domain/referrals/lifecycle.js';
import { paths } from '../../../src/paths.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, type StaffName, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');

/** What each act's form sends when it is filled in well. */
const FORMS: Record<AdvisorAct, Record<string, string>> = {
  take: {},
  release: {},
  transfer: { to: 'bruno' },
  logCall: { result: 'no-answer' },
  book: { kind: 'call', day: '2024-11-27', time: '10:00', minutes: '30' },
  write: { words: 'Un webinaire a lieu jeudi.' },
  askHolder: { question: 'Quelle surface vous faut-il ?' },
  bringIn: { partner: 'cci-puy-de-dome' },
  reroute: { partner: 'cci-puy-de-dome', reason: 'other-need', words: 'La CCI connaît ce métier.' },
  decline: { reason: 'duplicate', words: 'Déjà suivi ici.' },
  close: { outcome: 'no_solution' },
  reopen: { reason: 'mistake' },
};
const ACTS = Object.keys(FORMS) as AdvisorAct[];
const STATES = Object.keys(REFERRAL_STATES) as ReferralState[];
/** At the project's partner, then elsewhere. */
const OWN = ['anne', 'lea'] as const satisfies StaffName[];
const OTHERS = { chloe: 404, paul: 404, marie: 403 } as const satisfies Partial<Record<StaffName, number>>;
type Who = (typeof OWN)[number] | keyof typeof OTHERS;

let desk: Desk;
let id: string;
let asSent: Record<string, unknown>;
const browsers = {} as Record<Who, Awaited<ReturnType<typeof browserOf>>>;

const browserOf = async (who: StaffName) => {
  const { agent, tokenIn } = await signInByHand(desk, who);
  const _csrf = tokenIn((await agent.get(who === 'marie' ? '/pilotage' : '/dossiers')).text);
  return { agent, _csrf };
};

beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  ({ id } = await arrivals(desk).arrives());
  asSent = (await desk.parts.referrals.model.findById(id).lean()) as unknown as Record<string, unknown>;
  for (const who of ['anne', 'lea', 'chloe', 'paul', 'marie'] as const) browsers[who] = await browserOf(who);
});
afterAll(() => desk.stop());

/** The referral as if it had just come to this state, whatever was done to it before. */
const bringTo = async (state: ReferralState): Promise<void> => {
  const isTaken = !['waiting', 'informed', 'expired'].includes(state);
  const { _id, ...fields } = asSent;
  const change = {
    ...fields,
    state,
    basket: basketOf({ state, asked: null }),
    role: state === 'informed' ? 'associated' : 'main',
    takenBy: isTaken ? 'anne' : null,
    takenAt: isTaken ? MONDAY : null,
    closedAt: REFERRAL_STATES[state].open ? null : MONDAY,
    outbox: [],
  };
  await desk.parts.referrals.model.updateOne({ _id: id }, { $set: change } as never);
  const later = { project: asSent['project'], _id: { $ne: id } };
  await desk.parts.referrals.model.deleteMany(later as never);
  await desk.parts.noteDrafts.model.deleteMany({});
};

const show = async (who: Who, act: AdvisorAct) => browsers[who].agent.get(address(act)).redirects(0);
const send = async (who: Who, act: AdvisorAct) => {
  const { agent, _csrf } = browsers[who];
  const form = { _csrf, version: String(asSent['version']), ...FORMS[act] };
  return agent.post(address(act)).type('form').send(form).redirects(0);
};
const address = (act: AdvisorAct): string => (paths[act] as (id: string) => string)(id);
const versionNow = async (): Promise<number> => (await desk.parts.referrals.byId(id))?.version ?? 0;

describe.each(STATES)('a referral that is %s', (state) => {
  it('lets its own people do what the lifecycle allows, and explains the rest', async () => {
    const wrong: string[] = [];
    for (const act of ACTS) {
      for (const who of OWN) {
        await bringTo(state);
        const [form, done] = [await show(who, act), await send(who, act)];
        const changed = (await versionNow()) > Number(asSent['version']);
        const isAllowed = canAct(act, state);
        const explains = /class="lead">[^<]{20,}/.test(done.text) && done.text.includes('Voir le projet');
        const isRight = isAllowed
          ? form.status === 200 && done.status === 303 && changed
          : form.status === 409 && done.status === 409 && !changed && explains;
        if (!isRight) wrong.push(`${who} ${act}: ${form.status}, ${done.status}, ${changed}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('refuses everybody else in the same way, whatever the act', async () => {
    await bringTo(state);
    const wrong: string[] = [];
    for (const act of ACTS) {
      for (const [who, status] of Object.entries(OTHERS) as [keyof typeof OTHERS, number][]) {
        const [form, done] = [await show(who, act), await send(who, act)];
        if (form.status !== status || done.status !== status)
          wrong.push(`${who} ${act}: ${form.status}, ${done.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await versionNow()).toBe(asSent['version']);
  });

  it('shows on its sheet a way to each act that is possible, and to no other', async () => {
    await bringTo(state);
    const { text } = await browsers.anne.agent.get(`/dossiers/${id}`).expect(200);
    const offered = ACTS.filter((act) => text.includes(`"${address(act)}"`));
    expect(offered.toSorted()).toEqual(actsFrom(state).toSorted());
  });
});
