import type { DatedClass } from '../../../data/pastRecords.js';
import { overBefore } from '../../../domain/privacy/keeps.js';
import { retentionOf } from '../../../domain/privacy/retention.js';
import type { Parts } from '../../parts.js';
import type { Invariant } from '../invariant.js';

/** Two nights of the purge, in milliseconds: it may have missed one. */
const GRACE = 48 * 3_600_000;
const BATCH = 500;

/** The store's own clock takes these away, and the purge what it leaves: what is there yet was missed by both. */
const leftByStore = ({ pastRecords }: Pick<Parts, 'pastRecords'>): DatedClass[] =>
  pastRecords.classes.filter((name) => retentionOf(name).by === 'store and purge');

const overSince = (name: DatedClass, now: Date): Date =>
  overBefore(retentionOf(name).keeps, new Date(now.getTime() - GRACE)) ?? new Date(0);

export const keptTooLong: Invariant = {
  label: 'Ce dont la durée de conservation est passée est effacé',
  severity: 'remains',
  repair: {
    by: 'l’effacement de la nuit est repris',
    run: async ({ clock, pastRecords }, faults) => {
      const names = new Set(faults.map(({ id }) => id));
      for (const name of leftByStore({ pastRecords }).filter((one) => names.has(one)))
        while ((await pastRecords.forget(name, overSince(name, clock()), BATCH)) === BATCH);
    },
  },
  async *inStore({ pastRecords }, { now }, only) {
    for (const id of leftByStore({ pastRecords }).filter((name) => !only || only.includes(name))) {
      const count = await pastRecords.countOf(id, overSince(id, now));
      if (count > 0) yield { id, what: `${count} de trop\u00a0: ${retentionOf(id).data.toLowerCase()}` };
    }
  },
};
