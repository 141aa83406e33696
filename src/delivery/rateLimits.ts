import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { producerConnection } from './redis.js';

type Windows = readonly { points: number; seconds: number }[];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often something may be done, from one address of the network or for one e-mail: so many times (`points`) in so many
 * seconds, counted from the first time. Where there are two rows, both hold.
 * Wide enough for a workshop that shares one address; what is refused is not counted, so waiting always helps.
 */
export const LIMITS = {
  /** Projects sent. */
  'submissions-from-address': [
    { points: 10, seconds: HOUR },
    { points: 30, seconds: DAY },
  ],
  'submissions-of-email': [{ points: 5, seconds: DAY }],
  /** "Reprendre plus tard": each one sends an e-mail to an address that anybody may type. */
  'resume-links-from-address': [
    { points: 10, seconds: HOUR },
    { points: 30, seconds: DAY },
  ],
  'resume-links-of-email': [{ points: 5, seconds: DAY }],
  /** "Lien perdu": the same. */
  'lost-links-from-address': [
    { points: 10, seconds: HOUR },
    { points: 30, seconds: DAY },
  ],
  'lost-links-of-email': [
    { points: 3, seconds: HOUR },
    { points: 6, seconds: DAY },
  ],
  /** Reminders of a questionnaire that was left: whoever begins one types the address, which may be somebody else's. */
  'nudges-of-email': [{ points: 2, seconds: DAY }],
  /** What holders change from the follow-up page, beside messages; the key is the project's id. */
  'changes-of-project': [
    { points: 10, seconds: HOUR },
    { points: 30, seconds: DAY },
  ],
  /** E-mails of a project that somebody sends once more by hand; the key is the project's id. */
  'sent-again-of-project': [{ points: 5, seconds: DAY }],
  /** Files of figures and projects: each one reads the whole store, and takes data out. */
  'exports-of-account': [{ points: 30, seconds: HOUR }],
  /** Departures for the organisation's own provider of sign-ins: each one keeps a session for a while. */
  'provider-sign-ins-from-address': [{ points: 60, seconds: 5 * MINUTE }],
  /** Wrong secrets at the door where a mail server hands us messages. */
  'wrong-secrets-from-address': [{ points: 20, seconds: 5 * MINUTE }],
  /** Links to sign in or to choose a password: each one sends an e-mail to an address that anybody may type. */
  'account-links-from-address': [
    { points: 20, seconds: HOUR },
    { points: 60, seconds: DAY },
  ],
  'account-links-of-email': [
    { points: 4, seconds: HOUR },
    { points: 10, seconds: DAY },
  ],
  /** Wide: by one click, the servers of a mail provider post for all of their users. */
  'unsubscribes-from-address': [{ points: 120, seconds: HOUR }],
  /** E-mails to the people of one mail domain; EMAILS_A_MINUTE_PER_DOMAIN says how many. */
  'emails-to-domain': [{ points: 300, seconds: MINUTE }],
} as const satisfies Record<string, Windows>;
export type LimitName = keyof typeof LIMITS;

/** The limits, with those that settings decide. */
export const limitsWith = ({ perDomain }: { perDomain: number }): Record<LimitName, Windows> => ({
  ...LIMITS,
  'emails-to-domain': [{ points: perDomain, seconds: MINUTE }],
});

export interface Taken {
  allowed: boolean;
  /** Seconds until trying again helps; 0 when allowed. */
  retryInSeconds: number;
}

export interface RateLimits {
  /**
   * Counts one more of `name` for `key` (an address, an e-mail, an id: kept as a hash only, letter case, outer spaces and
   * the "+word" of an e-mail apart). Never throws, and answers within half a second a window: when Redis is away or hangs,
   * this process counts by itself.
   */
  take(name: LimitName, key: string): Promise<Taken>;
  /** Takes back one that should not have counted (a secret that was right). Never throws. */
  giveBack(name: LimitName, key: string): Promise<void>;
  close(): void;
}

/** How long, in milliseconds, a page waits for Redis before this process counts by itself. */
const PATIENCE = 400;

/** anne+1@example.org reaches the same person as anne@example.org. */
const plainKey = (key: string): string =>
  key
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '');

const allowed: Taken = { allowed: true, retryInSeconds: 0 };

const refusal = (reason: unknown): Taken =>
  reason instanceof RateLimiterRes
    ? { allowed: false, retryInSeconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) }
    : allowed;

/**
 * The limits of LIMITS, held in Redis for all web processes together. `secret`: without it nobody can find out, from what
 * Redis holds, which address or e-mail a key was made of. Give the same to each process.
 */
export const rateLimitsOn = (
  redisUrl: string,
  secret: string,
  limits: Record<LimitName, Windows> = LIMITS,
): RateLimits => {
  const redis = producerConnection(redisUrl, PATIENCE);
  const limiterOf = (name: string, { points, seconds }: { points: number; seconds: number }) => {
    const options = { keyPrefix: `limit:${name}:${seconds}`, points, duration: seconds };
    const insuranceLimiter = new RateLimiterMemory(options);
    return new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter });
  };
  const limiters = new Map(
    Object.entries(limits).map(([name, windows]) => [name, windows.map((window) => limiterOf(name, window))]),
  );
  const hashed = (name: LimitName, key: string): string =>
    createHmac('sha256', secret)
      .update(`${name}:${plainKey(key)}`)
      .digest('base64url');

  return {
    async take(name, key) {
      // One after the other, shortest first: what the hour refuses is not counted in the day.
      for (const limiter of limiters.get(name) ?? []) {
        const taken = await limiter.consume(hashed(name, key)).then(() => allowed, refusal);
        if (!taken.allowed) return taken;
      }
      return allowed;
    },

    async giveBack(name, key) {
      const given = (limiters.get(name) ?? []).map((limiter) => limiter.reward(hashed(name, key)));
      await Promise.allSettled(given);
    },

    close: () => redis.disconnect(),
  };
};
