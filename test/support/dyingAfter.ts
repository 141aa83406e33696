import type { Parts } from '../../src/services/parts.js';
import type { Desk } from './startDesk.js';

const WRITES = {
  referrals: ['insert', 'transition', 'withdraw', 'clearFromOutbox', 'clearAllFromOutbox', 'forgetNotes'],
  projects: ['writeForHolder', 'setState', 'clearFromOutbox', 'clearAllFromOutbox'],
  events: ['append', 'appendAll'],
  deliveries: ['plan', 'planAll', 'lead', 'cancelFree', 'markCancelled'],
} as const satisfies { [Name in keyof Parts]?: readonly (keyof Parts[Name])[] };

/** The desk in a process that dies before its write number `last + 1`. */
export const dyingAfter = (desk: Desk, last: number) => {
  let done = 0;
  const counted =
    (write: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      done += 1;
      if (done > last) throw new Error('the process is killed');
      return write(...args);
    };
  const parts = Object.entries(WRITES).map(([name, writes]) => {
    const repository = desk.parts[name as keyof typeof WRITES] as unknown as Record<string, never>;
    const cut = writes.map((write) => [write, counted(repository[write] as never)]);
    return [name, { ...repository, ...Object.fromEntries(cut) }];
  });
  return { services: desk.with({ ...Object.fromEntries(parts), enqueue: async () => true }), writes: () => done };
};
