import { addMonths } from '../calendar/addMonths.js';
import type { Language } from '../territory/language.js';

/** For how long something is kept; `ever`: it names nobody, or serves as long as the service does. */
export type Keeps = { hours: number } | { days: number } | { years: number } | 'ever';

const HOUR = 3_600_000;
const NBSP = '\u00a0';

/** What began before this instant is over; null: nothing ever is. Years are those of the calendar in Paris. */
export const overBefore = (keeps: Keeps, now: Date): Date | null => {
  if (keeps === 'ever') return null;
  if ('years' in keeps) return addMonths(now, -12 * keeps.years);
  const hours = 'days' in keeps ? keeps.days * 24 : keeps.hours;
  return new Date(now.getTime() - hours * HOUR);
};

const UNITS = {
  hours: { fr: ['heure', 'heures'], en: ['hour', 'hours'] },
  days: { fr: ['jour', 'jours'], en: ['day', 'days'] },
  years: { fr: ['an', 'ans'], en: ['year', 'years'] },
} as const;

/** "30 jours", "1 an", "3 years"; "sans limite" for ever. */
export const keepsInWords = (keeps: Keeps, language: Language = 'fr'): string => {
  if (keeps === 'ever') return language === 'fr' ? 'sans limite' : 'without limit';
  const [[unit, count]] = Object.entries(keeps) as [[keyof typeof UNITS, number]];
  return `${count}${NBSP}${UNITS[unit][language][count > 1 ? 1 : 0]}`;
};

/** What a TTL index of the store is told, in seconds. */
export const secondsOf = (keeps: { hours: number } | { days: number }): number =>
  ('days' in keeps ? keeps.days * 24 : keeps.hours) * 3600;
