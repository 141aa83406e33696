import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Taken } from './rateLimits.js';
import { producerConnection } from './redis.js';

interface Pace {
  /** So many failures in a row cost no wait. */
  free: number;
  /** Seconds: the wait doubles from one second up to this. */
  longest: number;
  /** Seconds from the first failure until all are forgotten. */
  forgetAfter: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How wrong passwords and codes slow down the next attempt. Nothing is ever locked: the right password works once the wait is
 * over, and attempts made meanwhile neither count nor lengthen it. Less than a hundred wrong passwords an hour for one
 * account, wherever they come from (OWASP ASVS 4.0.3, 2.2.1).
 */
export const SLOW_DOWNS = {
  /** For one account: in a browser in which it has signed in before, whatever others do elsewhere… */
  'password-in-own-browser': { free: 3, longest: 15 * MINUTE, forgetAfter: DAY },
  /** …or from one address of the network. */
  'password-from-place': { free: 3, longest: 15 * MINUTE, forgetAfter: DAY },
  /** From one address of the network, whatever the account: wide enough for an office that shares it. */
  'password-from-address': { free: 20, longest: 15 * MINUTE, forgetAfter: HOUR },
  /** For one account, from everywhere. Short: anybody can cause it. */
  'password-of-account': { free: 20, longest: MINUTE, forgetAfter: HOUR },
  /** Codes of the second factor, by who has shown the first. */
  'code-in-own-browser': { free: 5, longest: 15 * MINUTE, forgetAfter: DAY },
  'code-of-account': { free: 5, longest: 15 * MINUTE, forgetAfter: DAY },
} as const satisfies Record<string, Pace>;
export type SlowDownName = keyof typeof SLOW_DOWNS;

/** How long a browser is known after a sign-in. A few days more, and the timers of this process would not hold it. */
const KNOWN_FOR = 24 * DAY;
const PATIENCE = 400;

export interface SlowDowns {
  /**
   * Counts an attempt as failed before it is looked at, so that many at once get no further than one after the other.
   * Refused, and then not counted, while the wait after an earlier failure lasts. Keys are kept as hashes only. Never throws:
   * while Redis is away, this process counts by itself.
   */
  attempt(name: SlowDownName, key: string): Promise<Taken>;
  /** It was no failure after all: takes back one attempt, and the wait after it. Never throws. */
  takeBack(name: SlowDownName, key: string): Promise<void>;
  /** Forgets the failures. Never throws. */
  forget(name: SlowDownName, key: string): Promise<void>;
  /** An account has signed in in this browser. Never throws. */
  remember(account: string, browser: string): Promise<void>;
  /** Whether it has, in the last weeks; false while Redis is away, unless this process saw it. Never throws. */
  knows(account: string, browser: string): Promise<boolean>;
  close(): void;
}

/** The wait after this many failures, in seconds; 0: none. */
export const waitAfter = (failures: number, { free, longest }: Pace): number =>
  failures < free ? 0 : Math.min(2 ** Math.min(failures - free, 20), longest);

/** Slow-downs held in Redis for all web processes together. `secret`: as for the limits. */
export const slowDownsOn = (redisUrl: string, secret: string): SlowDowns => {
  const redis = producerConnection(redisUrl, PATIENCE);
  const limiter = (keyPrefix: string, { points, duration }: { points: number; duration: number }) => {
    const options = { keyPrefix, points, duration };
    const insuranceLimiter = new RateLimiterMemory(options);
    return new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter });
  };
  const pairOf = (name: SlowDownName) => ({
    failures: limiter(`slow:${name}:failures`, {
      points: Number.MAX_SAFE_INTEGER,
      duration: SLOW_DOWNS[name].forgetAfter,
    }),
    wait: limiter(`slow:${name}:wait`, { points: 1, duration: 1 }),
  });
  const names = Object.keys(SLOW_DOWNS) as SlowDownName[];
  const pairs = Object.fromEntries(names.map((name) => [name, pairOf(name)])) as Record<
    SlowDownName,
    ReturnType<typeof pairOf>
  >;
  const known = limiter('slow:known', { points: 1, duration: KNOWN_FOR });
  const hashed = (...parts: string[]): string =>
    createHmac('sha256', secret).update(parts.join('\n')).digest('base64url');

  return {
    async attempt(name, key) {
      const { failures, wait } = pairs[name];
      const place = hashed(name, key);
      const counted = await failures.penalty(place).catch(() => null);
      const seconds = counted ? waitAfter(counted.consumedPoints, SLOW_DOWNS[name]) : 0;
      if (seconds === 0) return { allowed: true, retryInSeconds: 0 };
      const refused = await wait.consume(place, 1, { customDuration: seconds }).then(
        () => null,
        (reason: unknown) => (reason instanceof RateLimiterRes ? reason : null),
      );
      if (!refused) return { allowed: true, retryInSeconds: 0 };
      await failures.reward(place).catch(() => null);
      return { allowed: false, retryInSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
    },

    async takeBack(name, key) {
      const place = hashed(name, key);
      await Promise.allSettled([pairs[name].failures.reward(place), pairs[name].wait.delete(place)]);
    },

    async forget(name, key) {
      const place = hashed(name, key);
      await Promise.allSettled([pairs[name].failures.delete(place), pairs[name].wait.delete(place)]);
    },

    async remember(account, browser) {
      await Promise.allSettled([known.set(hashed(account, browser), 1, KNOWN_FOR)]);
    },

    knows: (account, browser) =>
      known.get(hashed(account, browser)).then(
        (found) => found !== null,
        () => false,
      ),

    close: () => redis.disconnect(),
  };
};
