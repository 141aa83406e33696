import type { DeliveriesNow } from '../data/deliveryReads.js';
import type { QueueDepth } from '../delivery/openQueues.js';
import type { Parts } from './parts.js';
import type { Schedules } from './runTimetable.js';

/** What the whole desk holds; the same from every process. */
export interface Meters {
  /** Null: the store does not answer in time. */
  store: { deliveries: DeliveriesNow; oldestDueInSeconds: number; lastDone: Map<string, Date> } | null;
  /** Null: Redis does not. */
  queues: QueueDepth[] | null;
}

type Needs = Pick<Parts, 'clock' | 'deliveries' | 'queueDepths' | 'runs'> & { schedules: Schedules };

/** How long, in milliseconds, one look may take, and for how long what it saw is good. */
const LIMIT = 2000;
const GOOD_FOR = 5000;

/**
 * Null when the work fails or takes too long. Work that was too slow is waited for again by the next who asks, and not begun
 * anew: however often somebody asks a store that hangs, one look waits for it.
 */
const inTime = <T>(work: () => Promise<T>): (() => Promise<T | null>) => {
  let underWay: Promise<T | null> | null = null;
  return async () => {
    underWay ??= work()
      .catch(() => null)
      .finally(() => {
        underWay = null;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, LIMIT, null);
    });
    return Promise.race([underWay, late]).finally(() => clearTimeout(timer));
  };
};

/** How the desk stands, for who watches over it: numbers alone. Never fails; looks at most once in five seconds. */
export const readMeters = ({ clock, deliveries, queueDepths, runs, schedules }: Needs) => {
  const readStore = inTime(async () => {
    const now = clock();
    const [standing, lastDone] = await Promise.all([
      deliveries.now(now, LIMIT),
      runs.lastDone(Object.keys(schedules), LIMIT),
    ]);
    const { oldestDue } = standing;
    const oldestDueInSeconds = oldestDue ? (now.getTime() - oldestDue.getTime()) / 1000 : 0;
    return { deliveries: standing, oldestDueInSeconds, lastDone };
  });
  const readQueues = inTime(queueDepths);
  let seen: { at: number; meters: Promise<Meters> } | null = null;

  const look = async (): Promise<Meters> => {
    const [store, queues] = await Promise.all([readStore(), readQueues()]);
    return { store, queues };
  };

  return (): Promise<Meters> => {
    const at = clock().getTime();
    if (!seen || Math.abs(at - seen.at) > GOOD_FOR) seen = { at, meters: look() };
    return seen.meters;
  };
};
