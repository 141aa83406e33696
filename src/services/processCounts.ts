import { OUTCOME_WORDS, type Outcome } from '../domain/routing/decision.js';
import type { TimedWork } from './runTimetable.js';
import type { DeliveryResult } from './sending/sendDelivery.js';

/** Counts by sort; those of `known` stand at 0 from the start, so that the first one shows as a change. */
const counter = <Sort extends string[]>(known: Sort[] = []) => {
  const rows = new Map(known.map((sort) => [sort.join(' '), { sort, count: 0 }]));
  return {
    add(...sort: Sort): void {
      const row = rows.get(sort.join(' '));
      if (row) row.count += 1;
      else rows.set(sort.join(' '), { sort, count: 1 });
    },
    all: (): { sort: Sort; count: number }[] => [...rows.values()].map((row) => ({ ...row })),
  };
};

/**
 * What this process has done since it began, for whoever watches over it: counts alone, no id and nobody's name. What the
 * whole desk holds is in the store (readMeters.ts).
 */
export const processCounts = (works: TimedWork[]) => ({
  /** Projects stored, by what was decided. */
  decisions: counter<[outcome: Outcome]>((Object.keys(OUTCOME_WORDS) as Outcome[]).map((outcome) => [outcome])),
  /** What jobs made of e-mails; 'to try again': this try failed. */
  emails: counter<[became: DeliveryResult | 'to try again']>([['sent'], ['to try again'], ['given up']]),
  /** Lines of the ledger that this process brought to an end. */
  runs: counter<[work: TimedWork, end: 'done' | 'failed']>(
    works.flatMap((work) => [
      [work, 'done'],
      [work, 'failed'],
    ]),
  ),
});
export type ProcessCounts = ReturnType<typeof processCounts>;
