import { DateTime } from 'luxon';
import { CommandError } from '../errors.js';
import { typeName } from '../typeNames.js';
import { momentOf, type Zone, zoneOf } from './civil.js';
import { dayOfYear, isoDay, isoWeek, weekOfYear } from './dates.js';
import { isNull, namedOperands, type Operator, orNull } from './scope.js';

/** Dates in words, and the other way round. */
export const DATE_TEXT_OPERATORS: Record<string, Operator> = {
  $dateToString: (operand, compile) => {
    const given = namedOperands('$dateToString', operand, ['date'], ['format', 'timezone', 'onNull']);
    const [date, onNull] = [compile(given['date']), compile(given['onNull'] ?? null)];
    const format = given['format'] === undefined ? null : compile(given['format']);
    const timezone = given['timezone'] === undefined ? null : compile(given['timezone']);
    return (scope) => {
      const zone = zoneOf(timezone === null ? undefined : orNull(timezone(scope)));
      const value = date(scope);
      if (isNull(value)) return onNull(scope);
      const pattern = format?.(scope) ?? (timezone === null ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
      if (zone === null || isNull(pattern)) return null;
      if (typeof pattern !== 'string')
        throw new CommandError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(pattern)}`);
      return formatted(momentOf(value), pattern, zone);
    };
  },
  $dateFromString: (operand, compile) => {
    const given = namedOperands('$dateFromString', operand, ['dateString'], ['timezone', 'onError', 'onNull']);
    const [text, timezone] = [compile(given['dateString']), compile(given['timezone'] ?? 'UTC')];
    const [onNull, onError] = [
      compile(given['onNull'] ?? null),
      given['onError'] === undefined ? null : compile(given['onError']),
    ];
    return (scope) => {
      const value = text(scope);
      if (isNull(value)) return onNull(scope);
      const zone = zoneOf(orNull(timezone(scope)));
      if (zone === null) return null;
      const moment = typeof value === 'string' ? readDate(value, zone) : null;
      if (moment !== null) return new Date(moment);
      if (onError !== null) return onError(scope);
      throw new CommandError(241, `Error parsing date string '${String(value)}'`);
    };
  },
};

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

const PARTS: Record<string, (civil: Date, offset: number) => string> = {
  Y: (civil) => pad(civil.getUTCFullYear(), 4),
  m: (civil) => pad(civil.getUTCMonth() + 1),
  d: (civil) => pad(civil.getUTCDate()),
  H: (civil) => pad(civil.getUTCHours()),
  M: (civil) => pad(civil.getUTCMinutes()),
  S: (civil) => pad(civil.getUTCSeconds()),
  L: (civil) => pad(civil.getUTCMilliseconds(), 3),
  j: (civil) => pad(dayOfYear(civil), 3),
  w: (civil) => String(civil.getUTCDay() + 1),
  u: (civil) => String(isoDay(civil)),
  U: (civil) => pad(weekOfYear(civil)),
  V: (civil) => pad(isoWeek(civil).week),
  G: (civil) => pad(isoWeek(civil).year, 4),
  b: (civil) => MONTHS[civil.getUTCMonth()]!.slice(0, 3),
  B: (civil) => MONTHS[civil.getUTCMonth()]!,
  z: (_civil, offset) =>
    `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60))}${pad(Math.abs(offset) % 60)}`,
  Z: (_civil, offset) => String(offset),
  '%': () => '%',
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function formatted(moment: number, pattern: string, zone: Zone): string {
  const civil = new Date(zone.toCivil(moment));
  return pattern.replace(/%(.?)/gs, (_whole, letter: string) => {
    const write = Object.hasOwn(PARTS, letter) ? PARTS[letter] : undefined;
    if (write === undefined) throw new CommandError(18536, `Invalid format character '%${letter}' in format string`);
    return write(civil, zone.offset(moment));
  });
}

/** Of the many ways to write a date, those of ISO 8601; without an offset it is meant in the zone. */
export function readDate(text: string, zone: Zone): number | null {
  const read = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: 'utc', setZone: true });
  if (!read.isValid) return null;
  const hasOffset = /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text.trim().slice('2000-01-01'.length));
  return hasOffset ? read.toMillis() : zone.toMoment(read.toMillis());
}
