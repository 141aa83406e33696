import { cellCounter } from '../../../src/domain/statistics/cells.js';
import type { KeptFacts } from '../../../src/domain/statistics/keptFacts.js';
import { noteCounted } from '../../../src/services/statistics/lastCount.js';
import { aSubmission } from '../../support/aSubmission.js';
import { someFacts } from '../../support/manyFacts.js';
import { oneOfMany } from '../../support/manyReferrals.js';
import type { Sides } from './sides.js';

/** A million later, it is the end of 2025: nothing on the desk is of the future. */
const START = Date.parse('2023-01-02T08:00:00Z');
const BATCH = 5000;
const AT_ONCE = 2;
const NEEDS = ['water', 'energy', 'business-creation', 'industry-of-the-future', null];
const STAGES = ['idea', 'creation', 'growth', null];

/** Lists show the first referrals or the last: so many of either have their project, which weighs ten times as much. */
const SHOWN = 3000;

/** Copies of a project as the desk keeps it, behind the referrals that lists show, of those from `first` to `count`. */
const fillProjects = async (
  { parts, services }: Pick<Sides, 'parts' | 'services'>,
  count: number,
  first: number,
): Promise<void> => {
  const { project } = await services.submitProject({ visitor: parts.newId(), submission: aSubmission() });
  const { collection } = parts.projects.model;
  const kept = await collection.findOne({ _id: project.id } as never);
  const copy = (i: number) => {
    const { about, project: id } = oneOfMany(i, 'ti-tiltam', START);
    return { ...kept, _id: id, draft: id, reference: about.reference, facts: { ...project.facts, title: about.title } };
  };
  const places = Array.from({ length: count }, (_, i) => i);
  const shown = [...new Set([...places.slice(0, SHOWN), ...places.slice(-SHOWN)])].filter((i) => i >= first);
  for (let from = 0; from < shown.length; from += SHOWN / 6)
    await collection.insertMany(shown.slice(from, from + SHOWN / 6).map(copy) as never);
};

/** Puts made-up referrals in the store, nine in ten at TILTAM, in every state: up to `count`, when it has `first` already. */
export const fillReferrals = async (
  { parts, services }: Pick<Sides, 'parts' | 'services'>,
  count: number,
  first = 0,
): Promise<void> => {
  let next = first;
  const work = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      const records = Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => {
        const i = from + place;
        const { id, ...rest } = oneOfMany(i, i % 10 === 9 ? 'cci-puy-de-dome' : 'ti-tiltam', START);
        return { _id: id, ...rest, outbox: [] };
      });
      // Straight to the driver: what is measured is reading.
      await parts.referrals.model.collection.insertMany(records as never, { ordered: false });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await fillProjects({ parts, services }, count, first);
};

/** The `i`-th of many projects of a year: every dimension takes all of its values. */
const factsOf = (i: number, { partners, epcis }: Sides['parts']['territory']): KeptFacts => {
  const pick = <One>(list: readonly One[], salt: number): One =>
    list[(Math.imul(i + salt, 2_654_435_761) >>> 8) % list.length] as One;
  const partner = pick(partners, 0).id;
  // Seven hours from one to the next: a thousand of them last most of a year, as a million do.
  return someFacts(i * 7, {
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
