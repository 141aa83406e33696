import { DateTime } from 'luxon';
import { inLanguage, type Language } from '../territory/language.js';
import { businessHoursBetween, HOURS_A_DAY, localDay } from './businessTime.js';
import { ZONE } from './paris.js';

/** Instants in plain words, Paris time. In French "1er" is written for the first of a month; spaces inside do not break. */
const LOCALES = { fr: 'fr', en: 'en-GB' } as const satisfies Record<Language, string>;
const local = (at: Date, language: Language = 'fr'): DateTime =>
  DateTime.fromJSDate(at, { zone: ZONE }).setLocale(LOCALES[language]);
const NBSP = '\u00a0';

const dayNumber = ({ day }: DateTime, language: Language): string =>
  language === 'fr' && day === 1 ? '1er' : String(day);

/** "mardi 8 décembre", "Tuesday 8 December"; seen from another year, "mardi 8 décembre 2026". */
export const dayInWords = (at: Date, now: Date = at, language: Language = 'fr'): string => {
  const moment = local(at, language);
  const year = moment.year === local(now).year ? '' : `${NBSP}${moment.year}`;
  return `${moment.toFormat('cccc')} ${dayNumber(moment, language)}${NBSP}${moment.toFormat('LLLL')}${year}`;
};

/** "8 décembre 2026", "8 December 2026" */
export const dateInWords = (at: Date, language: Language = 'fr'): string => {
  const moment = local(at, language);
  return `${dayNumber(moment, language)}${NBSP}${moment.toFormat('LLLL yyyy')}`;
};

/** "14 h 30", "9 h"; "2:30 pm", "9 am" */
export const timeInWords = (at: Date, language: Language = 'fr'): string => {
  const moment = local(at, language);
  const isWhole = moment.minute === 0;
  const french = `${moment.hour}${NBSP}h${isWhole ? '' : `${NBSP}${moment.toFormat('mm')}`}`;
  const half = moment.hour < 12 ? 'am' : 'pm';
  return inLanguage(language)({ fr: french, en: `${moment.toFormat(isWhole ? 'h' : 'h:mm')}${NBSP}${half}` });
};

/** "mardi 8 décembre à 14 h 30", "Tuesday 8 December, 2:30 pm" */
export const momentInWords = (at: Date, language: Language = 'fr'): string => {
  const link = inLanguage(language)({ fr: ' à', en: ',' });
  return `${dayInWords(at, at, language)}${link} ${timeInWords(at, language)}`;
};

const monthsIn = (language: Language) =>
  new Intl.DateTimeFormat(LOCALES[language], { month: 'long', year: 'numeric', timeZone: 'UTC' });
const MONTHS: Record<Language, Intl.DateTimeFormat> = { fr: monthsIn('fr'), en: monthsIn('en') };

/** "décembre 2026", "December 2026", from "2026-12" */
export const monthInWords = (month: string, language: Language = 'fr'): string =>
  MONTHS[language].format(new Date(month));

/** How long something has waited, in days of the calendar in Paris: "depuis aujourd’hui", "depuis hier", "depuis 14 jours". */
export const waitInWords = (since: Date, now: Date, language: Language = 'fr'): string => {
  const say = inLanguage(language);
  const days = Math.round(local(now).startOf('day').diff(local(since).startOf('day'), 'days').days);
  if (days <= 0) return say({ fr: 'depuis aujourd’hui', en: 'since today' });
  if (days === 1) return say({ fr: 'depuis hier', en: 'since yesterday' });
  return say({ fr: `depuis ${days}${NBSP}jours`, en: `for ${days}${NBSP}days` });
};

/** Business hours as people say them, in days and hours: "3 heures", "2 jours", "1 jour et 4 heures", "2 days". */
export const businessHoursInWords = (hours: number, language: Language = 'fr'): string => {
  const say = inLanguage(language);
  const whole = Math.round(hours);
  if (whole < 1) return say({ fr: 'moins d’une heure', en: 'less than an hour' });
  const days = Math.floor(whole / HOURS_A_DAY);
  const rest = whole % HOURS_A_DAY;
  const inDays = `${days}${NBSP}${say({ fr: 'jour', en: 'day' })}${days > 1 ? 's' : ''}`;
  const inHours = `${rest}${NBSP}${say({ fr: 'heure', en: 'hour' })}${rest > 1 ? 's' : ''}`;
  if (days === 0) return inHours;
  return rest === 0 ? inDays : `${inDays} ${say({ fr: 'et', en: 'and' })} ${inHours}`;
};

/** How a due date stands: "en retard de 2 jours", "avant aujourd’hui 18 h", "before Tuesday 8 December, 6 pm". */
export const dueInWords = (due: Date, now: Date, language: Language = 'fr'): string => {
  const say = inLanguage(language);
  if (due < now) {
    const late = businessHoursInWords(businessHoursBetween(due, now), language);
    return say({ fr: `en retard de ${late}`, en: `${late} late` });
  }
  const time = timeInWords(due, language);
  if (localDay(due) === localDay(now))
    return say({ fr: `avant aujourd’hui${NBSP}${time}`, en: `before ${time} today` });
  const day = dayInWords(due, due, language);
  return say({ fr: `avant ${day}${NBSP}${time}`, en: `before ${day}, ${time}` });
};
