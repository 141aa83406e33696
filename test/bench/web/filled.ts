import { cellCounter } from '../../../src/domain/statistics/cells.js';
import type { KeptFacts } from '../../../src/domain/statistics/keptFacts.js';
import { noteCounted } from '../../../src/services/statistics/lastCount.js';
import { someFacts } from '../../support/manyFacts.js';
import { oneOfMany } from '../../support/manyReferrals.js';
import type { Sides } from './sides.js';

const BATCH = 5000;
const AT_ONCE = 2;
const NEEDS = ['water', 'energy', 'business-creation', 'industry-of-the-future', null];
const STAGES = ['idea', 'creation', 'growth', null];

/** Puts made-up referrals in the store, nine in ten at TILTAM, in every state: up to `count`, when it has `first` already. */
export const fillReferrals = async ({ parts }: Pick<Sides, 'parts'>, count: number, first = 0): Promise<void> => {
  let next = first;
  const work = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      const records = Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => {
        const i = from + place;
        const { id, ...rest } = oneOfMany(i, i % 10 === 9 ? 'cci-puy-de-dome' : 'ti-tiltam');
        return { _id: id, ...rest, outbox: [] };
      });
      // Straight to the driver: what is measured is reading.
      await parts.referrals.model.collection.insertMany(records as never, { ordered: false });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** The `i`-th of many projects of a year: every dimension takes all of its values. */
const factsOf = (i: number, { partners, epcis }: Sides['parts']['territory']): KeptFacts => {
  const pick = <One>(list: readonly One[], salt: number): One =>
    list[(Math.imul(i + salt, 2_654_435_761) >>> 8) % list.length] as One;
  const partner = pick(partners, 0).id;
  return someFacts(i, {
    partners: [partner],
    firstPartner: partner,
    currentPartner: partner,
    epci: pick(epcis, 1).siren,
    mainNeed: pick(NEEDS, 2) as KeptFacts['mainNeed'],
    stage: pick(STAGES, 3) as KeptFacts['stage'],
    isOpen: false,
    state: 'helped',
    outcome: 'helped',
    hoursToTake: i % 40,
    takenWithin2: true,
    takenWithin5: true,
  });
};

/** Adds the rows of made-up projects, of which files are made: from the `first`-th to before the `end`-th. */
export const fillFacts = async ({ parts }: Pick<Sides, 'parts'>, first: number, end: number): Promise<void> => {
  for (let from = first; from < end; from += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, end - from) }, (_, place) => {
      const { id, ...rest } = factsOf(from + place, parts.territory);
      return { _id: id, ...rest };
    });
    await parts.projectFacts.model.collection.insertMany(records as never, { ordered: false });
  }
};

/** Counts so many made-up projects of a year as the desk does, and keeps the counts where the dashboard reads them. */
export const fillCounts = async ({ parts }: Pick<Sides, 'parts'>, count: number): Promise<void> => {
  const now = parts.clock();
  const counters = new Map<string, ReturnType<typeof cellCounter>>();
  for (let i = 0; i < count; i += 1) {
    const row = factsOf(i, parts.territory);
    const counter = counters.get(row.month) ?? cellCounter(now);
    counters.set(row.month, counter);
    counter.add(row);
  }
  for (const [month, counter] of counters) await parts.cells.write(month, month, counter.cells());
  await noteCounted(parts, now);
};
