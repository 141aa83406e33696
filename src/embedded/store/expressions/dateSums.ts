import { Long } from 'bson';
import { CommandError } from '../errors.js';
import { isNumber } from '../numbers.js';
import { momentOf, type Zone, zoneOf } from './civil.js';
import { isoDay } from './dates.js';
import { isNull, named, type Operator } from './scope.js';

/** Reckoning with dates by the clocks and calendars of a time zone. */
export const DATE_SUM_OPERATORS: Record<string, Operator> = {
  $dateAdd: moved('$dateAdd', 1),
  $dateSubtract: moved('$dateSubtract', -1),
  $dateDiff: named('$dateDiff', ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], (given) => {
    const zone = zoneOf(given['timezone']);
    if (zone === null || ['startDate', 'endDate', 'unit'].some((name) => isNull(given[name]))) return null;
    const unit = unitOf(given['unit']);
    const [from, to] = [momentOf(given['startDate']), momentOf(given['endDate'])];
    return Long.fromNumber(
      placeOf(to, unit, zone, given['startOfWeek']) - placeOf(from, unit, zone, given['startOfWeek']),
    );
  }),
  $dateTrunc: named('$dateTrunc', ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], (given) => {
    const zone = zoneOf(given['timezone']);
    if (zone === null || isNull(given['date']) || isNull(given['unit']) || given['binSize'] === null) return null;
    const size = typeof given['binSize'] === 'symbol' ? 1 : wholeOf('binSize', given['binSize']);
    if (size < 1) throw new CommandError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
    return new Date(truncated(momentOf(given['date']), unitOf(given['unit']), size, zone, given['startOfWeek']));
  }),
};

type Unit = keyof typeof MILLISECONDS | keyof typeof MONTHS;
/** Of the units that clocks count, and of those that calendars count in days. */
const MILLISECONDS = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const MONTHS = { month: 1, quarter: 3, year: 12 };
/** The years and bins are counted from this Saturday on. */
const YEAR_2000 = Date.UTC(2000, 0, 1);

function unitOf(unit: unknown): Unit {
  if (typeof unit !== 'string' || !(Object.hasOwn(MILLISECONDS, unit) || Object.hasOwn(MONTHS, unit)))
    throw new CommandError(9, `unknown time unit value: ${String(unit)}`);
  return unit as Unit;
}

function wholeOf(name: string, value: unknown): number {
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new CommandError(5166405, `${name} must evaluate to an integer`);
  return number;
}

const isMonths = (unit: Unit): unit is keyof typeof MONTHS => Object.hasOwn(MONTHS, unit);
/** Hours and less pass the same everywhere; days and more go by the calendar of the place. */
const isByClock = (unit: Unit): boolean => ['millisecond', 'second', 'minute', 'hour'].includes(unit);

function moved(name: string, way: 1 | -1): Operator {
  return named(name, ['startDate', 'unit', 'amount'], ['timezone'], ({ startDate, unit, amount, timezone }) => {
    const zone = zoneOf(timezone);
    if (zone === null || [startDate, unit, amount].some(isNull)) return null;
    const by = wholeOf('amount', amount) * way;
    const [moment, of] = [momentOf(startDate), unitOf(unit)];
    if (!isMonths(of) && isByClock(of)) return new Date(moment + by * MILLISECONDS[of]);
    const civil = zone.toCivil(moment);
    const target = isMonths(of) ? addMonths(civil, by * MONTHS[of]) : civil + by * MILLISECONDS[of];
    return new Date(by === 0 ? moment : zone.toMoment(target));
  });
}

/** The last day of a month stands for those that it does not have. */
function addMonths(civil: number, months: number): number {
  const date = new Date(civil);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** In how many-eth of such units a moment lies, by its calendar. */
function placeOf(moment: number, unit: Unit, zone: Zone, startOfWeek: unknown): number {
  const civil = zone.toCivil(moment);
  if (isMonths(unit)) return Math.floor(monthOf(civil) / MONTHS[unit]);
  if (unit === 'week') return Math.floor((civil - weekStart(startOfWeek)) / MILLISECONDS.week);
  if (unit === 'day') return Math.floor(civil / MILLISECONDS.day);
  return Math.floor(hourly(moment, unit, zone) / MILLISECONDS[unit]);
}

/** Hours are those of the clock, and one more or less when it is changed. */
function hourly(moment: number, unit: Unit, zone: Zone): number {
  return unit === 'hour' || unit === 'minute' ? moment + (zone.offset(moment) % 60) * 60_000 : moment;
}

function monthOf(civil: number): number {
  const date = new Date(civil);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The first such day of the year 2000. */
function weekStart(startOfWeek: unknown): number {
  const given = typeof startOfWeek === 'string' ? startOfWeek.toLowerCase() : 'sunday';
  const day = DAYS.findIndex((name) => name === given || name.slice(0, 3) === given);
  if (day < 0) throw new CommandError(9, `unknown day of week value: ${given}`);
  const days = (day + 1 - isoDay(new Date(YEAR_2000)) + 7) % 7;
  return YEAR_2000 + days * MILLISECONDS.day;
}

function truncated(moment: number, unit: Unit, size: number, zone: Zone, startOfWeek: unknown): number {
  const civil = zone.toCivil(moment);
  if (isMonths(unit)) {
    const step = MONTHS[unit] * size;
    const month = Math.floor((monthOf(civil) - 2000 * 12) / step) * step;
    return zone.toMoment(Date.UTC(2000, month, 1));
  }
  const origin = unit === 'week' ? weekStart(startOfWeek) : YEAR_2000;
  const step = MILLISECONDS[unit] * size;
  if (!isByClock(unit)) return zone.toMoment(origin + Math.floor((civil - origin) / step) * step);
  const base = zone.toMoment(origin);
  return base + Math.floor((moment - base) / step) * step;
}
