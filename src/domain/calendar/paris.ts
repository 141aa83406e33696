import { IANAZone } from 'luxon';

const HOUR = 3_600_000;
const MOST_KNOWN = 50_000;

const asked = new IANAZone('Europe/Paris');
const known = new Map<number, number>();

/** In minutes. Asking what the time is in a zone is slow; clocks only ever change at a whole hour, so once an hour will do. */
const offset = (at: number): number => {
  const hour = Math.floor(at / HOUR);
  const found = known.get(hour) ?? asked.offset(at);
  if (known.size === MOST_KNOWN) known.clear();
  known.set(hour, found);
  return found;
};

/** The zone in which every day and hour of the desk is read. */
export const ZONE: IANAZone = Object.assign(new IANAZone('Europe/Paris'), { offset });
