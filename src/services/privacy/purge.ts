import type { DatedClass } from '../../data/pastRecords.js';
import { localDay } from '../../domain/calendar/businessTime.js';
import { overBefore } from '../../domain/privacy/keeps.js';
import { DATA_CLASSES, type DataClass, retentionOf } from '../../domain/privacy/retention.js';
import type { Parts } from '../parts.js';
import type { Schedules } from '../runTimetable.js';
import { type EraseAccountParts, forgetAccount } from './eraseAccount.js';
import { purgeLedger } from './purgeLedger.js';
import { type PurgeProjectsParts, purgeProjects } from './purgeProjects.js';

export type PurgeParts = PurgeProjectsParts &
  EraseAccountParts &
  Pick<Parts, 'audit' | 'pastRecords' | 'purges' | 'runs'> & { schedules: Schedules };

/** Takes what began before an instant; gives how many. */
type Step = (before: Date) => Promise<number>;

/** Records forgotten in one write: small enough for others to be served in between. */
const BATCH = 500;

/** Again and again until a batch is not full. */
const inBatches = async (forget: (limit: number) => Promise<number>): Promise<number> => {
  let gone = 0;
  for (let last = BATCH; last === BATCH; gone += last) last = await forget(BATCH);
  return gone;
};

/** What becomes of each class that the purge looks after; the others go by themselves (`by` in the table). */
const stepsOf = (parts: PurgeParts): Partial<Record<DataClass, Step>> => {
  const { audit, pastRecords, staffTraces } = parts;
  const dated =
    (name: DatedClass): Step =>
    (before) =>
      inBatches((limit) => pastRecords.forget(name, before, limit));
  return {
    drafts: dated('drafts'),
    counterDrafts: dated('counterDrafts'),
    noteDrafts: dated('noteDrafts'),
    contact: purgeProjects(parts),
    received: dated('received'),
    answersOfServers: dated('answersOfServers'),
    deliveries: dated('deliveries'),
    links: dated('links'),
    exportFiles: dated('exportFiles'),
    exports: dated('exports'),
    replays: (before) => inBatches((limit) => pastRecords.forgetReplays(before, limit)),
    accounts: (before) =>
      inBatches(async (limit) => {
        const ids = await staffTraces.closedBefore(before, limit);
        for (const id of ids) await forgetAccount(parts)(id);
        return ids.length;
      }),
    absences: pastRecords.forgetAbsences,
    searches: dated('searches'),
    sessions: dated('sessions'),
    audit: (before) => audit.purgeBefore(before),
    // Each row of the timetable says for how many days its lines are kept, none longer than the table.
    ledger: purgeLedger(parts),
    proofs: dated('proofs'),
  };
};

/** They name nobody: their going needs no proof. */
const WITHOUT_PROOF: DataClass[] = ['ledger', 'proofs'];

/**
 * Forgets all that was kept as long as the table of retention allows (domain/privacy/retention.ts), class by class, in bounded
 * batches. Asks what is over and not what is due today, so that a night that was missed is caught up, and one cut short goes on;
 * two workers at once take what the other has left. Leaves a proof for each class of which something went, and a line in the
 * audit log. Gives how many records in all.
 */
export const purge = (parts: PurgeParts) => {
  const { clock, note, purges } = parts;

  const prove = async (name: DataClass, until: Date, count: number): Promise<void> => {
    const at = clock();
    await purges.add(localDay(at), { class: name, at, until, count });
    // The audit log says itself how far it was cut.
    if (name !== 'audit')
      await note({ act: 'purged', actor: 'desk', detail: { class: name, count, until: until.toISOString() } });
  };

  return async (): Promise<number> => {
    const now = clock();
    const steps = stepsOf(parts);
    let gone = 0;
    for (const name of DATA_CLASSES) {
      const step = steps[name];
      const before = overBefore(retentionOf(name).keeps, now);
      if (!step || !before) continue;
      const count = await step(before);
      if (count > 0 && !WITHOUT_PROOF.includes(name)) await prove(name, before, count);
      gone += count;
    }
    return gone;
  };
};
