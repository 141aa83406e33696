import { type Doc, isDoc } from './values.js';

/**
 * Every write is on the disk before its answer, which is all that a set of one can be asked. Gives the writeConcernError
 * that tells what else a write asked for; null when that is all.
 */
export function writeConcernError(concern: unknown): Doc | null {
  const w = isDoc(concern) ? concern['w'] : undefined;
  if (w === undefined || w === 'majority' || Number(w) <= 1) return null;
  const told =
    typeof w === 'string'
      ? {
          code: 79,
          codeName: 'UnknownReplWriteConcern',
          errmsg: `No write concern mode named '${w}' found in replica set configuration`,
        }
      : { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  return { writeConcernError: { ...told, errInfo: { writeConcern: concern } } };
}
