import { localDay, localMonth, startOfLocalDay } from '../calendar/businessTime.js';
import { dateInWords, monthInWords } from '../calendar/words.js';
import { addDays, addMonths, daysBetween, lastDayOf } from './localDays.js';

/**
 * The figures of a period count the projects submitted in it, days and months being those of Paris.
 * What became of them is looked at until 30 days after the period: from then on its figures never change. While it is
 * under way, and during these 30 days, they are those of today, and the page says so ("données au …").
 */
export interface Period {
  /** As the address holds it: "12-mois", "2026", "2026-T4", "2026-11", "dates". */
  code: string;
  label: string;
  /** First and last day, both included, as "2026-12-08". */
  first: string;
  last: string;
}

/** How long after its end a period is still followed. */
export const FOLLOWED_DAYS = 30;

export const LAST_12_MONTHS = '12-mois';
export const CHOSEN_DATES = 'dates';
const LONGEST_DAYS = 3660;

/** The instant that a period begins, and the one that it is over. */
export const startOf = ({ first }: Period): Date => startOfLocalDay(first);
export const endOf = ({ last }: Period): Date => startOfLocalDay(addDays(last, 1));

/** What an address may say about the period. */
export interface PeriodQuery {
  periode?: string;
  du?: string;
  au?: string;
}

/** The period that an address asks for; the last 12 months when it says nothing that can be read. */
export const parsePeriod = ({ periode = '', du = '', au = '' }: PeriodQuery, now: Date): Period => {
  if (/^20\d\d-(0[1-9]|1[0-2])$/.test(periode)) return monthPeriod(periode);
  if (/^20\d\d-T[1-4]$/.test(periode)) return quarterPeriod(periode);
  if (/^20\d\d$/.test(periode)) return yearPeriod(periode);
  if (periode === CHOSEN_DATES && !datesProblem({ du, au })) return datesPeriod(du, au);
  return last12Months(now);
};

/** Why two chosen dates make no period; null when they do. */
export const datesProblem = ({ du = '', au = '' }: PeriodQuery): 'missing' | 'reversed' | 'too long' | null => {
  if (!isDay(du) || !isDay(au)) return 'missing';
  const span = daysBetween(du, au);
  if (span < 0) return 'reversed';
  return span > LONGEST_DAYS ? 'too long' : null;
};

/** The address of a period: what `parsePeriod` reads. */
export const printPeriod = ({ code, first, last }: Period): PeriodQuery =>
  code === CHOSEN_DATES ? { periode: code, du: first, au: last } : { periode: code };

/** The instant at which the period is looked at: now, but never later than 30 days after its end. */
export const asOf = (period: Period, now: Date): Date => {
  const final = startOfLocalDay(addDays(period.last, FOLLOWED_DAYS + 1));
  return now < final ? now : final;
};

/**
 * The period before, to compare with, looked at after as much time: a period under way is compared with as many days
 * of the one before, as they stood then. Otherwise a month that has just begun would always look worse.
 */
export const periodBefore = (period: Period, now: Date): { period: Period; asOf: Date } => {
  const today = localDay(now);
  const whole = wholeBefore(period);
  const isUnderWay = today < period.last || period.code === LAST_12_MONTHS;
  const sameDays = addDays(whole.first, daysBetween(period.first, today));
  const before = isUnderWay && sameDays < whole.last ? datesPeriod(whole.first, later(sameDays, whole.first)) : whole;
  const followed = isUnderWay ? 0 : Math.min(FOLLOWED_DAYS, daysBetween(period.last, today));
  return { period: before, asOf: startOfLocalDay(addDays(before.last, followed + 1)) };
};

const later = (a: string, b: string): string => (a > b ? a : b);

const wholeBefore = ({ code, first, last }: Period): Period => {
  if (/^\d{4}$/.test(code)) return yearPeriod(String(Number(code) - 1));
  if (code.includes('-T')) return quarterPeriod(quarterOf(addMonths(first.slice(0, 7), -3)));
  if (/^\d{4}-\d\d$/.test(code)) return monthPeriod(addMonths(code, -1));
  const end = addDays(first, -1);
  if (code === LAST_12_MONTHS) return datesPeriod(`${addMonths(first.slice(0, 7), -12)}-01`, end);
  return datesPeriod(addDays(first, -1 - daysBetween(first, last)), end);
};

const isDay = (text: string): boolean => /^20\d\d-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;

const quarterOf = (month: string): string => `${month.slice(0, 4)}-T${Math.ceil(Number(month.slice(5)) / 3)}`;

const monthPeriod = (month: string): Period => ({
  code: month,
  label: monthInWords(month),
  first: `${month}-01`,
  last: lastDayOf(month),
});

const quarterPeriod = (code: string): Period => {
  const [year, quarter] = code.split('-T') as [string, string];
  const start = addMonths(`${year}-01`, (Number(quarter) - 1) * 3);
  const label = `${quarter}${quarter === '1' ? 'er' : 'e'} trimestre ${year}`;
  return { code, label, first: `${start}-01`, last: lastDayOf(addMonths(start, 2)) };
};

const yearPeriod = (year: string): Period => ({
  code: year,
  label: `année ${year}`,
  first: `${year}-01-01`,
  last: `${year}-12-31`,
});

const datesPeriod = (first: string, last: string): Period => ({
  code: CHOSEN_DATES,
  label: `du ${dateInWords(startOfLocalDay(first))} au ${dateInWords(startOfLocalDay(last))}`,
  first,
  last,
});

const last12Months = (now: Date): Period => ({
  code: LAST_12_MONTHS,
  label: '12 derniers mois',
  first: `${addMonths(localMonth(now), -11)}-01`,
  last: localDay(now),
});

/** What the page offers, newest first: quarters, years, months. */
export const periodChoices = (now: Date): { title: string; periods: Period[] }[] => {
  const month = localMonth(now);
  const back = (count: number, step: number): string[] =>
    Array.from({ length: count }, (_, index) => addMonths(month, -index * step));
  return [
    { title: 'Période glissante', periods: [last12Months(now)] },
    { title: 'Trimestres', periods: back(6, 3).map((one) => quarterPeriod(quarterOf(one))) },
    { title: 'Années', periods: back(3, 12).map((one) => yearPeriod(one.slice(0, 4))) },
    { title: 'Mois', periods: back(13, 1).map(monthPeriod) },
  ];
};
