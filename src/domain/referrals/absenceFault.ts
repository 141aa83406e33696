import { startOfLocalDay } from '../calendar/businessTime.js';
import { daysFrom, isDay } from '../calendar/closures.js';
import { dateInWords } from '../calendar/words.js';
import type { Absence } from './assignment.js';

/** The longest absence that can be entered at once, in days. */
export const LONGEST_ABSENCE = 366;

export type WantedAbsence = Omit<Absence, 'id'>;

export interface AbsenceFault {
  field: 'from' | 'to' | 'deputy';
  message: string;
}

const inWords = (day: string): string => dateInWords(startOfLocalDay(day));

/**
 * What is wrong with an absence that somebody enters, in a sentence that says what to correct; null when nothing is.
 * `others`: that this person has already; `team`: ids of the partner's people in use; `today`: day in Paris.
 */
export const absenceFault = (
  { account, from, to, deputy }: WantedAbsence,
  { others, team, today }: { others: Absence[]; team: string[]; today: string },
): AbsenceFault | null => {
  if (!isDay(from)) return { field: 'from', message: 'Écrivez le premier jour, par exemple 24/12/2026.' };
  if (!isDay(to)) return { field: 'to', message: 'Écrivez le dernier jour, par exemple 24/12/2026.' };
  if (from < today) return { field: 'from', message: 'Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.' };
  if (to < from) return { field: 'to', message: 'Le dernier jour vient avant le premier. Corrigez l’un des deux.' };
  if (daysFrom(from, to) > LONGEST_ABSENCE) return { field: 'to', message: 'Une absence dure un an au plus.' };
  const other = others.find((one) => one.from <= to && from <= one.to);
  if (other)
    return {
      field: 'from',
      message: `Une absence est déjà notée du ${inWords(other.from)} au ${inWords(other.to)}. Retirez-la, ou choisissez d’autres jours.`,
    };
  if (deputy === account) return { field: 'deputy', message: 'Choisissez une autre personne que celle qui s’absente.' };
  if (deputy !== null && !team.includes(deputy))
    return { field: 'deputy', message: 'Choisissez une personne de l’équipe.' };
  return null;
};
