import { Long } from 'bson';
import { CommandError } from '../errors.js';
import { isNumber } from '../numbers.js';
import { isDoc } from '../values.js';
import { momentOf, UTC, type Zone, zoneOf } from './civil.js';
import { documentOperand, type Evaluate, isNull, named, type Operator } from './scope.js';

/** The parts of dates, in UTC or in a time zone. */
export const DATE_OPERATORS: Record<string, Operator> = {
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $week: part('$week', weekOfYear),
  $isoDayOfWeek: part('$isoDayOfWeek', isoDay),
  $isoWeek: part('$isoWeek', (date) => isoWeek(date).week),
  $isoWeekYear: part('$isoWeekYear', (date) => Long.fromNumber(isoWeek(date).year)),
  $dateToParts: named('$dateToParts', ['date'], ['timezone', 'iso8601'], ({ date, timezone, iso8601 }) => {
    const zone = zoneOf(timezone);
    if (isNull(date) || zone === null || iso8601 === null) return null;
    const civil = new Date(zone.toCivil(momentOf(date)));
    const { year: isoWeekYear, week } = isoWeek(civil);
    return {
      ...(iso8601 === true
        ? { isoWeekYear, isoWeek: week, isoDayOfWeek: isoDay(civil) }
        : { year: civil.getUTCFullYear(), month: civil.getUTCMonth() + 1, day: civil.getUTCDate() }),
      hour: civil.getUTCHours(),
      minute: civil.getUTCMinutes(),
      second: civil.getUTCSeconds(),
      millisecond: civil.getUTCMilliseconds(),
    };
  }),
  $dateFromParts: (operand, compile) => {
    const isIso = isDoc(operand) && Object.hasOwn(operand, 'isoWeekYear');
    const names = isIso ? ISO_PARTS : PARTS;
    return named('$dateFromParts', [names[0]!], [...names.slice(1), 'timezone'], ({ timezone, ...parts }) => {
      const zone = zoneOf(timezone);
      if (zone === null || Object.values(parts).some((value) => value === null)) return null;
      const [year, month, day, ...time] = names.map((name) => partOf(name, parts[name]));
      const date = isIso ? isoDay1(year!) + ((month! - 1) * 7 + day! - 1) * DAY : civilDay(year!, month!, day!);
      const [hour, minute, second, millisecond] = time;
      return new Date(zone.toMoment(date + ((hour! * 60 + minute!) * 60 + second!) * 1000 + millisecond!));
    })(operand, compile);
  },
};

const DAY = 86_400_000;
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'];
const ISO_PARTS = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'hour', 'minute', 'second', 'millisecond'];
const FROM_ONE = ['month', 'day', 'isoWeek', 'isoDayOfWeek'];

function partOf(name: string, value: unknown): number {
  if (typeof value === 'symbol') return FROM_ONE.includes(name) ? 1 : 0;
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if (!Number.isInteger(number)) throw new CommandError(40515, `'${name}' must evaluate to an integer`);
  if ((name === 'year' || name === 'isoWeekYear') && (number < 1 || number > 9999))
    throw new CommandError(40523, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${number}`);
  return number;
}

/** Days and months beyond their month or year run over into the next. */
export function civilDay(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function isoDay1(year: number): number {
  const fourth = new Date(civilDay(year, 1, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * DAY;
}

/** Of a date alone, or of { date, timezone }. */
function part(name: string, read: (civil: Date) => unknown): Operator {
  return (operand, compile) => {
    const bare = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const isLong = isDoc(bare) && !Object.keys(bare).some((key) => key.startsWith('$'));
    const { date, timezone } = isLong
      ? documentOperand(name, bare, ['date', 'timezone'])
      : { date: bare, timezone: undefined };
    const from = compile(date);
    const zoneIn: Evaluate | null = timezone === undefined ? null : compile(timezone);
    return (scope) => {
      const value = from(scope);
      const zone: Zone | null = zoneIn === null ? UTC : zoneOf(zoneIn(scope));
      return isNull(value) || zone === null ? null : read(new Date(zone.toCivil(momentOf(value))));
    };
  };
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - civilDay(date.getUTCFullYear(), 1, 1)) / DAY) + 1;
}

/** Weeks begin on Sundays; the days before the first one are week 0. */
export function weekOfYear(date: Date): number {
  return Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7);
}

export function isoDay(date: Date): number {
  return date.getUTCDay() || 7;
}

/** The week of ISO 8601, and the year that it belongs to: that of its Thursday. */
export function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (4 - isoDay(date)) * DAY);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}
