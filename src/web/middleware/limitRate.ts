import { isIPv6 } from 'node:net';
import type { Request } from 'express';
import { TooMany } from '../../errors.js';
import type { Services } from '../../services.js';

type Limits = Services['limits'];
export type LimitName = Parameters<Limits['take']>[0];

/** IPv6 gives each household or office a network of its own (its first 64 bits) to draw addresses from: they count as one. */
const networkOf = (ipv6: string): string => {
  const [before = '', after] = ipv6.replace(/%.*$/, '').split('::');
  const left = before.split(':').filter(Boolean);
  const right = (after ?? '').split(':').filter(Boolean);
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
};

/** Where a request comes from, for counting: an IPv4 address, or an IPv6 network. Given to `limits.take`, never kept. */
export const addressOf = (req: Pick<Request, 'ip'>): string => {
  const ip = (req.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(ip) ? networkOf(ip) : ip;
};

/** Where an attempt at a password or a code comes from. */
export const callerOf = (req: Pick<Request, 'ip' | 'visitor'>): { address: string; browser: string } => ({
  address: addressOf(req),
  browser: req.visitor,
});

/**
 * For screens, before the act: `await keepWithin(limits, [['lost-links-from-address', addressOf(req)],
 * ['lost-links-of-email', email]])`. Counts one of each, and throws TooMany at the first that is used up: a 429 page
 * which says when to try again and that the answers are kept; those before it are given back, or one person who is refused
 * and tries again would use up what all share who come from the same address. To answer alike whether a limit is reached or not, call
 * `limits.take` itself.
 */
export const keepWithin = async (limits: Limits, uses: [LimitName, string][]): Promise<void> => {
  for (const [i, [name, key]] of uses.entries()) {
    const { allowed, retryInSeconds } = await limits.take(name, key);
    if (allowed) continue;
    await Promise.all(uses.slice(0, i).map((use) => limits.giveBack(...use)));
    throw new TooMany(retryInSeconds);
  }
};
