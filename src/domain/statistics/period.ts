import { localDay, localMonth, startOfLocalDay } from '../calendar/businessTime.js';
import { dateInWords, monthInWords } from '../calendar/words.js';
import { addDays, addMonths, daysBetween, lastDayOf, monthsBetween } from './localDays.js';

/** The figures of a period count the projects submitted in it, days and months being those of Paris. */
export interface Period {
  /** As the address holds it: "12-mois", "2026", "2026-T4", "2026-11", "mois", "dates", or "p-" and the id of a named one. */
  code: string;
  label: string;
  /** First and last day, both included, as "2026-12-08". */
  first: string;
  last: string;
}

export const LAST_12_MONTHS = '12-mois';
export const CHOSEN_DATES = 'dates';
/** From one month to another: what figures, which are counted by month, can be asked for. */
export const CHOSEN_MONTHS = 'mois';
const LONGEST_DAYS = 3660;

/** A period that managers name, such as the years of a convention. Whole months. */
export interface NamedPeriod {
  id: string;
  label: string;
  /** First and last month, both included, as "2026-12". */
  from: string;
  to: string;
}

/** The instant that a period begins, and the one that it is over. */
export const startOf = ({ first }: Pick<Period, 'first'>): Date => startOfLocalDay(first);
export const endOf = ({ last }: Pick<Period, 'last'>): Date => startOfLocalDay(addDays(last, 1));

/** What an address may say about the period. */
export interface PeriodQuery {
  periode?: string;
  du?: string;
  au?: string;
}

/** The period that an address asks for; the last 12 months when it says nothing that can be read. */
export const parsePeriod = (
  { periode = '', du = '', au = '' }: PeriodQuery,
  now: Date,
  named: NamedPeriod[] = [],
): Period => {
  const own = named.find(({ id }) => periode === `p-${id}`);
  if (own) return namedPeriod(own);
  if (periode === CHOSEN_MONTHS && !monthsProblem({ du, au })) return monthsPeriod(du, au);
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

/** Why two chosen months make no period; null when they do. */
export const monthsProblem = ({ du = '', au = '' }: PeriodQuery): 'missing' | 'reversed' | 'too long' | null => {
  if (!isMonth(du) || !isMonth(au)) return 'missing';
  if (au < du) return 'reversed';
  return monthsBetween(du, au).length > MOST_MONTHS ? 'too long' : null;
};

/** The address of a period: what `parsePeriod` reads. */
export const printPeriod = ({ code, first, last }: Period): PeriodQuery => {
  if (code === CHOSEN_DATES) return { periode: code, du: first, au: last };
  return code === CHOSEN_MONTHS ? { periode: code, du: first.slice(0, 7), au: last.slice(0, 7) } : { periode: code };
};

/** "de janvier 2026", "d’avril 2026" */
const fromMonth = (month: string): string =>
  /^[ao]/.test(monthInWords(month)) ? `d’${monthInWords(month)}` : `de ${monthInWords(month)}`;

/** Two months in words: "novembre 2026", "de janvier 2026 à mars 2026". */
export const monthsInWords = (from: string, to: string): string =>
  from === to ? monthInWords(from) : `${fromMonth(from)} à ${monthInWords(to)}`;

const MOST_MONTHS = 120;

const isMonth = (text: string): boolean => /^20\d\d-(0[1-9]|1[0-2])$/.test(text);

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

const monthsPeriod = (from: string, to: string): Period => ({
  code: CHOSEN_MONTHS,
  label: monthsInWords(from, to),
  first: `${from}-01`,
  last: lastDayOf(to),
});

const namedPeriod = ({ id, label, from, to }: NamedPeriod): Period => ({
  code: `p-${id}`,
  label,
  first: `${from}-01`,
  last: lastDayOf(to),
});

const last12Months = (now: Date): Period => ({
  code: LAST_12_MONTHS,
  label: '12 derniers mois',
  first: `${addMonths(localMonth(now), -11)}-01`,
  last: localDay(now),
});

/** What the page offers, newest first: quarters, years, months. */
export const periodChoices = (now: Date, named: NamedPeriod[] = []): { title: string; periods: Period[] }[] => {
  const month = localMonth(now);
  const back = (count: number, step: number): string[] =>
    Array.from({ length: count }, (_, index) => addMonths(month, -index * step));
  return [
    { title: 'Période glissante', periods: [last12Months(now)] },
    ...(named.length > 0 ? [{ title: 'Périodes nommées', periods: named.map(namedPeriod) }] : []),
    { title: 'Trimestres', periods: back(6, 3).map((one) => quarterPeriod(quarterOf(one))) },
    { title: 'Années', periods: back(3, 12).map((one) => yearPeriod(one.slice(0, 4))) },
    { title: 'Mois', periods: back(13, 1).map(monthPeriod) },
  ];
};
