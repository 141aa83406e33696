import { Binary, Long, ObjectId, Timestamp } from 'bson';
import type { Doc } from './values.js';

/**
 * What makes of the store a replica set of one: its name, the address that it is reached at, and a time that only goes
 * forward, which drivers carry from one command to the next.
 */
export interface Member {
  address: string;
  /** Later than that of any earlier run, as drivers expect of a primary that came back. */
  electionId: ObjectId;
  time: Timestamp;
}

export const SET_NAME = 'porte';

/** Nobody signs the time of a store without accounts; drivers expect the field all the same. */
const UNSIGNED = { hash: new Binary(Buffer.alloc(20), 0), keyId: Long.ZERO };

export function createMember(address: string, now: Date): Member {
  return { address, electionId: new ObjectId(), time: timestampOf(now) };
}

/** Moves the time forward: by each write, and with the clock. */
export function tick(member: Member, now: Date): void {
  const { t, i } = member.time;
  const next = timestampOf(now);
  member.time = next.t > t ? next : new Timestamp({ t, i: i + 1 });
}

/** The fields by which each answer tells the time. */
export function timeFields({ time }: Member): Doc {
  return { $clusterTime: { clusterTime: time, signature: UNSIGNED }, operationTime: time };
}

function timestampOf(now: Date): Timestamp {
  return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
}
