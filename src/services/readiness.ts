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

/** For how long, in milliseconds, a store that is slow to answer is taken to be as it last said: one slow moment is no outage. */
const SLOW = 4000;

/** What the work gives; `otherwise` when it fails or takes longer than PATIENCE. */
const soonOr = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    // After what the process has not read yet: its own stall is nobody's silence.
    timer = setTimeout(() => setImmediate(() => resolve(otherwise)), PATIENCE);
  });
  try {
    return await Promise.race([work.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Asks again only when the last one was answered: of a store that hangs, one question waits for its answer. */
const oneAtATime = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let waiting: Promise<T> | null = null;
  return () => {
    waiting ??= ask().finally(() => {
      waiting = null;
    });
    return waiting;
  };
};

/** The same look for all who ask within BELIEVED. */
const recent = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let last: { until: number; seen: T } | null = null;
  let looking: Promise<T> | null = null;
  const look = async (): Promise<T> => {
    const seen = await ask();
    last = { until: performance.now() + BELIEVED, seen };
    looking = null;
    return seen;
  };
  return async () => {
    if (last && performance.now() < last.until) return last.seen;
    looking ??= look();
    return looking;
  };
};

/** Tells how this process stands, never later than in a second and never by an error. One a process: `leave` turns it red. */
export const readinessOf = ({ migrations, redisAnswers }: ReadinessParts) => {
  let stopping = false;
  let wasMigrated = false;
  const askRedis = oneAtATime(redisAnswers);
  const askStore = oneAtATime(migrations.behind);
  const redis = recent(() => soonOr(askRedis(), false));
  let said: { behind: string[]; at: number } | null = null;
  const asLastSaid = (): string[] | null => (said && performance.now() - said.at < SLOW ? said.behind : null);
  const store = recent(async () => {
    const answer = askStore().then(
      (behind) => {
        said = { behind, at: performance.now() };
        return behind;
      },
      () => {
        said = null;
        return null;
      },
    );
    const behind = await soonOr<string[] | null | 'slow'>(answer, 'slow');
    if (behind === 'slow') return asLastSaid();
    if (behind?.length === 0) wasMigrated = true;
    return behind;
  });

  const migrationsIn = (behind: string[] | null): Standing['migrations'] => {
    if (behind === null) return 'unknown';
    return behind.length === 0 ? 'done' : 'behind';
  };

  return {
    async look(): Promise<Standing> {
      const [behind, answers] = await Promise.all([store(), redis()]);
      return {
        ready: !stopping && behind?.length === 0,
        stopping,
        store: behind === null ? 'away' : 'up',
        redis: answers ? 'up' : 'away',
        migrations: migrationsIn(behind),
      };
    },

    /** The process stops: nothing new is to be sent its way. */
    leave(): void {
      stopping = true;
    },

    /** Whether the store lacks what this version expects of it. Costs nothing once it has it. */
    isBehind: async (): Promise<boolean> => !wasMigrated && migrationsIn(await store()) === 'behind',

    /** Waits for the store to be there and migrated, however long. Rejects when the signal says to wait no more. */
    async migrated(signal: AbortSignal): Promise<void> {
      while (migrationsIn(await store()) !== 'done') await pause(AGAIN, null, { signal });
    },
  };
};
export type Readiness = ReturnType<typeof readinessOf>;
