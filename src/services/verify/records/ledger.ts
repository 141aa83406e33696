import type { Invariant } from '../invariant.js';

/** Far above what a worker may answer for, in milliseconds: nobody could take it over before. */
const HELD_TOO_LONG = 60 * 60_000;

interface Line {
  _id: string;
  name: string;
  slot: string;
}

export const ledger: Invariant = {
  label: 'Un travail du calendrier que personne ne fait peut être repris',
  severity: 'loss',
  repair: {
    by: 'le travail est rendu au calendrier',
    run: async ({ clock, runs }, faults) => {
      for (const { of } of faults) {
        const [name = '', slot = ''] = JSON.parse(of ?? '[]') as string[];
        await runs.fail({ name, slot }, { at: clock(), because: 'held too long' });
      }
    },
  },
  async *inStore({ everyRecord }, { now }, only) {
    const filter = { finishedAt: null, lockedUntil: { $gt: new Date(now.getTime() + HELD_TOO_LONG) } };
    const wanted = { collection: 'runs', fields: { name: 1, slot: 1 }, filter, only } as const;
    for await (const page of everyRecord.pages<Line>(wanted))
      for (const { _id: id, name, slot } of page)
        yield { id, what: 'retenu pour trop longtemps', of: JSON.stringify([name, slot]) };
  },
};
