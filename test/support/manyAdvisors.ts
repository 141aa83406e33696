import type { Account } from '../../src/domain/referrals/access.js';
import { type AdvisorAct, actsFrom, CLOSE_OUTCOMES, type CloseOutcome } from '../../src/domain/referrals/lifecycle.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import type { Seen } from '../../src/services/act.js';
import { chanceOf } from '../../src/services/demonstration/chance.js';
import type { Desk } from './startDesk.js';
import type { Ask, Failed } from './startWebProcesses.js';

export const PARTNERS = [
  'ti-tiltam',
  'cci-puy-de-dome',
  'clermont-auvergne-metropole',
  'universite-clermont-auvergne',
  'ti-riom-vichy',
] as const;

/** The first of each partner is its lead. */
export const manyAdvisors = (count: number): Account[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `advisor-${index}`,
    name: `Personne ${index}`,
    email: `advisor-${index}@example.org`,
    role: index < PARTNERS.length ? 'lead' : 'advisor',
    partner: PARTNERS[index % PARTNERS.length] ?? null,
  }));

/** What became of one try: the referral as the act left it, or why it was refused. */
export interface Try {
  kind: AdvisorAct;
  by: string;
  done: Referral | null;
  failed: Failed | null;
}

/** A few of each partner that everybody looks at, so that people do meet. */
const POPULAR = 6;

const chance = chanceOf('many advisors');
const OUTCOMES = Object.keys(CLOSE_OUTCOMES) as CloseOutcome[];

type Way = (ask: Ask, seen: Seen) => Promise<{ done: Referral } | { failed: Failed }>;

/** Now and then somebody who left, or the person who has it already. */
const colleagueOf = ({ id }: Account): string => {
  const team = Number(id.split('-')[1]) % PARTNERS.length;
  return `advisor-${team + PARTNERS.length * chance.between(0, 10)}`;
};

/** Each act, as somebody in a hurry fills in its form: a colleague or a partner may be the wrong one. */
const WAYS: Record<AdvisorAct, Way> = {
  take: (ask, seen) => ask('takeReferral', seen),
  release: (ask, seen) => ask('releaseReferral', seen),
  transfer: (ask, seen) => ask('transferReferral', seen, { to: colleagueOf(seen.by) }),
  logCall: (ask, seen) => ask('logCall', seen, { result: chance.pick(['reached', 'no-answer']), words: null }),
  book: (ask, seen) => {
    const at = new Date(Date.now() + 86_400_000);
    return ask('bookAppointment', seen, { at, minutes: 30, kind: 'call', place: '' });
  },
  write: (ask, seen) => ask('writeToHolder', seen, { words: 'Un mot.' }),
  askHolder: (ask, seen) => ask('askHolder', seen, { question: 'Combien ?' }),
  bringIn: (ask, seen) => ask('bringInPartner', seen, { partner: chance.pick(PARTNERS) }),
  reroute: (ask, seen) => ask('rerouteReferral', seen, { to: chance.pick(PARTNERS), reason: 'other', words: null }),
  decline: (ask, seen) => ask('declineReferral', seen, { reason: 'other', words: 'Non.' }),
  close: (ask, seen) => ask('closeReferral', seen, { outcome: chance.pick(OUTCOMES), help: 'advice', words: null }),
  reopen: (ask, seen) => ask('reopenReferral', seen, { reason: 'mistake' }),
};
const EVERY_ACT = Object.keys(WAYS) as AdvisorAct[];

const LOSES: readonly AdvisorAct[] = ['decline', 'reroute', 'bringIn'];

/** Mostly what the page offers; rarely one that sends it away, or everything would be over soon; sometimes what is not possible at all. */
const choose = ({ state }: Referral): AdvisorAct => {
  const offered = actsFrom(state).filter((act) => !LOSES.includes(act) || chance.happens(0.2));
  return chance.pick(offered.length > 0 && chance.happens(0.95) ? offered : EVERY_ACT);
};

/** One advisor acts so many times on the own partner's referrals, often on what others look at, sometimes from an old page. */
export const worksAtRandom = async (desk: Desk, { by, ask, tries }: { by: Account; ask: Ask; tries: number }) => {
  const { referrals } = desk.parts;
  const pages = new Map<string, Referral>();
  const told: Try[] = [];
  let ids: string[] = [];
  for (let tried = 0; tried < tries; tried += 1) {
    if (tried % 10 === 0)
      ids = (await referrals.model.find({ partner: by.partner }, { _id: 1 }).sort({ project: 1 }).lean()).map((row) =>
        String(row._id),
      );
    const id = chance.happens(0.3) ? chance.pick(ids.slice(0, POPULAR)) : chance.pick(ids);
    const old = chance.happens(0.15) ? pages.get(id) : undefined;
    const page = old ?? (await referrals.byId(id));
    if (!page) continue;
    pages.set(id, page);
    const kind = choose(page);
    const answer = await WAYS[kind](ask, { id, version: page.version, by });
    told.push({ kind, by: by.id, done: null, failed: null, ...answer });
  }
  return told;
};
