import { IANAZone } from 'luxon';
import { CommandError } from '../errors.js';
import { typeName } from '../typeNames.js';
import { bsonType } from '../values.js';

/** A moment as clocks and calendars in a place show it: the milliseconds of that date and time, were they in UTC. */
export interface Zone {
  toCivil(moment: number): number;
  /** The moment at which clocks show this; of two, the first; when they jump over it, as much later. */
  toMoment(civil: number): number;
  /** Minutes ahead of UTC. */
  offset(moment: number): number;
}

export const UTC: Zone = { toCivil: (moment) => moment, toMoment: (civil) => civil, offset: () => 0 };

const MINUTE = 60_000;
/** No clock has ever been changed but at the full quarter of an hour, as far as these years go. */
const QUARTER = 15 * MINUTE;
const MOST_OFFSETS = 50_000;
const zones = new Map<string, Zone>();

/** Errors: CommandError 40485 for a name or an offset that is no time zone. */
export function zoneOf(name: unknown): Zone | null {
  if (name === null) return null;
  if (name === undefined || typeof name === 'symbol') return UTC;
  if (typeof name !== 'string')
    throw new CommandError(40517, `timezone must evaluate to a string, found ${typeName(name)}`);
  if (['UTC', 'GMT', 'Z', 'Etc/UTC'].includes(name)) return UTC;
  const known = zones.get(name) ?? fixedZone(name) ?? namedZone(name);
  if (known === null) throw new CommandError(40485, `unrecognized time zone identifier: "${name}"`);
  if (zones.size < 1000) zones.set(name, known);
  return known;
}

function fixedZone(name: string): Zone | null {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(name) ?? [];
  if (hours === undefined) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return withOffsets(() => offset);
}

function namedZone(name: string): Zone | null {
  if (!IANAZone.isValidZone(name)) return null;
  const zone = IANAZone.create(name);
  const offsets = new Map<number, number>();
  return withOffsets((moment) => {
    const quarter = Math.floor(moment / QUARTER);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size >= MOST_OFFSETS) offsets.clear();
    const offset = zone.offset(moment);
    offsets.set(quarter, offset);
    return offset;
  });
}

function withOffsets(offset: (moment: number) => number): Zone {
  return {
    offset,
    toCivil: (moment) => moment + offset(moment) * MINUTE,
    toMoment: (civil) => {
      const day = 24 * 60 * MINUTE;
      const [before, after] = [offset(civil - day), offset(civil + day)];
      const first = civil - Math.max(before, after) * MINUTE;
      const second = civil - Math.min(before, after) * MINUTE;
      if (first + offset(first) * MINUTE === civil) return first;
      if (second + offset(second) * MINUTE === civil) return second;
      // Skipped by the clocks: as much after the change as it was to be after it.
      return civil - before * MINUTE;
    },
  };
}

/** The moment that a date, a timestamp or an ObjectId stands for. Errors: CommandError 16006. */
export function momentOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  const type = bsonType(value);
  if (type === 'ObjectId') return (value as { getTimestamp(): Date }).getTimestamp().getTime();
  if (type === 'Timestamp') return (value as { t: number }).t * 1000;
  throw new CommandError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

export function isoDate(date: Date): string {
  return date.toISOString();
}
