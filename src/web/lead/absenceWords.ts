import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { dayInWords } from '../../domain/calendar/words.js';
import type { Absence } from '../../domain/referrals/assignment.js';

const inWords = (day: string, now: Date): string => dayInWords(startOfLocalDay(day), now);

/** "du lundi 21 décembre au lundi 4 janvier 2027", "mardi 8 décembre" when it is one day. */
export const absenceInWords = ({ from, to }: Pick<Absence, 'from' | 'to'>, now: Date): string =>
  from === to ? inWords(from, now) : `du ${inWords(from, now)} au ${inWords(to, now)}`;

/** Of an absence under way: "jusqu’au lundi 4 janvier 2027". */
export const untilInWords = ({ to }: Pick<Absence, 'to'>, now: Date): string => `jusqu’au ${inWords(to, now)}`;
