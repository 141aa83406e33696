import type { Place } from '../domain/referrals/queueFilters.js';

const PLACE = /^([0-9a-z]{1,9})-([\w-]{1,64})$/;

/** A place in a list, as an address says it: where the next page goes on. */
export const printPlace = ({ at, id }: Place): string => `${at.getTime().toString(36)}-${id}`;

/** The place that an address says; null when it says none. */
export const readPlace = (value: unknown): Place | null => {
  const [, at, id] = PLACE.exec(typeof value === 'string' ? value : '') ?? [];
  return at && id ? { at: new Date(Number.parseInt(at, 36)), id } : null;
};
