import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { EndName, SealedEnd } from '../../data/auditEnds.js';
import type { ChainEnd } from '../../domain/audit/chain.js';

/** SHA-256 of a line of the audit log. */
export const hashOfLine = (text: string): string => createHash('sha256').update(text).digest('base64url');

const sealOf = (secret: string, name: EndName, { seq, hash }: ChainEnd): string =>
  createHmac('sha256', secret).update(`audit log\n${name}\n${seq}\n${hash}`).digest('base64url');

/** Seals an end of the log with the first secret of the desk (SESSION_SECRETS). */
export const sealed = (secret: string, name: EndName, { seq, hash }: ChainEnd): SealedEnd => ({
  seq,
  hash,
  seal: sealOf(secret, name, { seq, hash }),
});

/** Whether one of our secrets made this seal: the first may have been replaced since. */
export const isOurs = (secrets: string[], name: EndName, end: SealedEnd): boolean =>
  secrets.some((secret) => {
    const [expected, given] = [Buffer.from(sealOf(secret, name, end)), Buffer.from(end.seal)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
