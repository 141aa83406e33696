import { DateTime } from 'luxon';
import { businessHoursBetween, HOURS_A_DAY, localDay, ZONE } from './businessTime.js';

/** Instants in plain French, Paris time. "1er" is written for the first of a month; spaces inside do not break. */
const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE }).setLocale('fr');
const NBSP = '\u00a0';

const dayNumber = (moment: DateTime): string => (moment.day === 1 ? '1er' : String(moment.day));

/** "mardi 8 décembre"; seen from another year, "mardi 8 décembre 2026". */
export const dayInWords = (at: Date, now: Date = at): string => {
  const moment = local(at);
  const year = moment.year === local(now).year ? '' : `${NBSP}${moment.year}`;
  return `${moment.toFormat('cccc')} ${dayNumber(moment)}${NBSP}${moment.toFormat('LLLL')}${year}`;
};

/** "8 décembre 2026" */
export const dateInWords = (at: Date): string => {
  const moment = local(at);
  return `${dayNumber(moment)}${NBSP}${moment.toFormat('LLLL yyyy')}`;
};

/** "14 h 30", "9 h" */
export const timeInWords = (at: Date): string => {
  const moment = local(at);
  const minutes = moment.minute === 0 ? '' : `${NBSP}${moment.toFormat('mm')}`;
  return `${moment.hour}${NBSP}h${minutes}`;
};

/** "mardi 8 décembre à 14 h 30" */
export const momentInWords = (at: Date): string => `${dayInWords(at)} à ${timeInWords(at)}`;

/** "décembre 2026", from "2026-12" */
export const monthInWords = (month: string): string =>
  DateTime.fromISO(`${month}-01`, { zone: ZONE }).setLocale('fr').toFormat('LLLL yyyy');

/** How long something has waited, in days of the calendar in Paris: "depuis aujourd’hui", "depuis hier", "depuis 14 jours". */
export const waitInWords = (since: Date, now: Date): string => {
  const days = Math.round(local(now).startOf('day').diff(local(since).startOf('day'), 'days').days);
  if (days <= 0) return 'depuis aujourd’hui';
  return days === 1 ? 'depuis hier' : `depuis ${days}${NBSP}jours`;
};

/** Business hours as people say them, in days and hours: "3 heures", "2 jours", "1 jour et 4 heures". */
export const businessHoursInWords = (hours: number): string => {
  const whole = Math.round(hours);
  if (whole < 1) return 'moins d’une heure';
  const days = Math.floor(whole / HOURS_A_DAY);
  const rest = whole % HOURS_A_DAY;
  const inDays = `${days}${NBSP}jour${days > 1 ? 's' : ''}`;
  const inHours = `${rest}${NBSP}heure${rest > 1 ? 's' : ''}`;
  if (days === 0) return inHours;
  return rest === 0 ? inDays : `${inDays} et ${inHours}`;
};

/** How a due date stands: "en retard de 2 jours", "avant aujourd’hui 18 h", "avant mardi 8 décembre 18 h". */
export const dueInWords = (due: Date, now: Date): string => {
  if (due < now) return `en retard de ${businessHoursInWords(businessHoursBetween(due, now))}`;
  const day = localDay(due) === localDay(now) ? 'aujourd’hui' : dayInWords(due);
  return `avant ${day}${NBSP}${timeInWords(due)}`;
};
