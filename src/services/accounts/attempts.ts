import type { SlowDownName } from '../../delivery/slowDowns.js';
import { TooMany } from '../../errors.js';
import type { Parts } from '../parts.js';

/** Where an attempt comes from. Counted as hashes, never kept. */
export interface Caller {
  /** Address of the network. */
  address: string;
  /** Secret of the browser. */
  browser: string;
}

export type Secret = 'password' | 'code';

export interface Attempt {
  /** To be called when the secret was right: only failures count. */
  wasRight(): Promise<void>;
}

const MINUTE = 60;
const NEW_TRY = 'puis essayez à nouveau.';
const IN_OTHER_WAYS = 'Vous pouvez aussi demander un lien par e-mail, qui n’attend pas.';

const waitInWords = (seconds: number): string => {
  const [count, unit] = seconds < 2 * MINUTE ? [seconds, 'seconde'] : [Math.ceil(seconds / MINUTE), 'minute'];
  return `Attendez ${count}\u00a0${unit}${count > 1 ? 's' : ''}, ${NEW_TRY}`;
};

/** What an attempt is counted under; the first is forgotten by a right one, the others only get it back. */
const countedUnder = (secret: Secret, email: string, from: Caller, isKnown: boolean): [SlowDownName, string][] => {
  if (isKnown) return [[`${secret}-in-own-browser`, `${email}\n${from.browser}`]];
  if (secret === 'code') return [['code-of-account', email]];
  return [
    ['password-from-place', `${email}\n${from.address}`],
    ['password-of-account', email],
    ['password-from-address', from.address],
  ];
};

/**
 * Begins an attempt at the password or the code of this address, whether it has an account or not. A browser in which it has
 * signed in before is counted apart, so that nobody can hold its person up from elsewhere. Throws TooMany, which says how
 * long to wait, while an earlier failure slows this one down.
 */
export const beginAttempt =
  ({ slowDowns }: Pick<Parts, 'slowDowns'>) =>
  async (secret: Secret, typed: string, from: Caller): Promise<Attempt> => {
    const email = typed.trim().toLowerCase();
    const uses = countedUnder(secret, email, from, await slowDowns.knows(email, from.browser));
    for (const [i, [name, key]] of uses.entries()) {
      const { allowed, retryInSeconds } = await slowDowns.attempt(name, key);
      if (allowed) continue;
      await Promise.all(uses.slice(0, i).map((use) => slowDowns.takeBack(...use)));
      const wait = waitInWords(retryInSeconds);
      const words = secret === 'password' ? `${wait} ${IN_OTHER_WAYS}` : wait;
      throw new TooMany(retryInSeconds, 'Trop d’essais à la suite', words);
    }
    const [own, ...shared] = uses;
    return {
      async wasRight() {
        if (own) await slowDowns.forget(...own);
        await Promise.all(shared.map((use) => slowDowns.takeBack(...use)));
      },
    };
  };
