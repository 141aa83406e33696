import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../data/store.js';

/** How this process stands: what balancers ask, and what pages wait for. */
export interface Standing {
  /** Whether it may be given requests: only with the store, which alone a submission needs. */
  ready: boolean;
  stopping: boolean;
  store: 'up' | 'away';
  /** E-mails wait without it; nothing else does. */
  redis: 'up' | 'away';
  /** Whether the store has had what this version expects of it; unknown without the store. */
  migrations: 'done' | 'behind' | 'unknown';
}
type Seen = Pick<Standing, 'store' | 'redis' | 'migrations'>;

interface ReadinessParts {
  migrations: Pick<Store['migrations'], 'behind'>;
  redisAnswers: () => Promise<boolean>;
}

/** How long, in milliseconds, a look is believed: probes come as often as they like, the store is asked once. */
const BELIEVED = 1000;
/** And how long it waits for anybody: a probe has its answer within a second, whatever is down. */
const PATIENCE = 900;
/** Between two looks at a store that is not migrated yet. */
const AGAIN = 1000;

/** What the work gives; `otherwise` when it fails or takes longer than PATIENCE. */
const soonOr = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE);
  });
  try {
    return await Promise.race([work.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Tells how this process stands, never later than in a second and never by an error. One a process: `leave` turns it red. */
export const readinessOf = ({ migrations, redisAnswers }: ReadinessParts) => {
  let last: { at: number; seen: Seen } | null = null;
  let looking: Promise<Seen> | null = null;
  let stopping = false;
  let wasMigrated = false;

  const ask = async (): Promise<Seen> => {
    const [behind, answers] = await Promise.all([
      soonOr<string[] | null>(migrations.behind(), null),
      soonOr(redisAnswers(), false),
    ]);
    const redis = answers ? 'up' : 'away';
    if (behind === null) return { store: 'away', redis, migrations: 'unknown' };
    return { store: 'up', redis, migrations: behind.length === 0 ? 'done' : 'behind' };
  };

  const lookNow = async (): Promise<Seen> => {
    const seen = await ask();
    last = { at: performance.now(), seen };
    looking = null;
    if (seen.migrations === 'done') wasMigrated = true;
    return seen;
  };

  const look = async (): Promise<Standing> => {
    const isFresh = last !== null && performance.now() - last.at < BELIEVED;
    if (!isFresh) looking ??= lookNow();
    const seen = isFresh && last ? last.seen : await (looking as Promise<Seen>);
    return { ready: !stopping && seen.store === 'up' && seen.migrations === 'done', stopping, ...seen };
  };

  return {
    look,

    /** The process stops: nothing new is to be sent its way. */
    leave(): void {
      stopping = true;
    },

    /** Whether the store lacks what this version expects of it. Costs nothing once it has it. */
    isBehind: async (): Promise<boolean> => !wasMigrated && (await look()).migrations === 'behind',

    /** Waits for the store to be there and migrated, however long. Rejects when the signal says to wait no more. */
    async migrated(signal: AbortSignal): Promise<void> {
      while ((await look()).migrations !== 'done') await pause(AGAIN, null, { signal });
    },
  };
};
export type Readiness = ReturnType<typeof readinessOf>;
