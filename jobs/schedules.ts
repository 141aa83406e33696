import type { Schedules } from '../src/services/runTimetable.js';

/**
 * THE timetable: what runs by itself, and when. Times of day are those of Paris; no morning is on a Saturday, a Sunday or a
 * public holiday. Each time of a row is done once, by whichever worker comes first, and leaves a line in the ledger (`runs`);
 * one that was missed is caught up, the latest of each row alone. All of it may be done twice: a second run changes nothing.
 * Reminders and what else an act sets off are no rows: each is owed with its date, and the sweep finds it (`deliveries`).
 */
export const SCHEDULES = {
  'weekly-digests': {
    does: 'Écrit à chaque personne d’un partenaire ce qui attend',
    when: { every: 'week', at: '08:30' },
    keptDays: 400,
  },
  'daily-digests': {
    does: 'Écrit ce qui attend à qui préfère un message chaque matin ouvré',
    when: { every: 'business morning', at: '08:30' },
    keptDays: 400,
  },
  'weekly-summary': {
    does: 'Écrit au pilotage la semaine en bref',
    when: { every: 'week', at: '08:30' },
    keptDays: 400,
  },
  'report-reminder': {
    does: 'Écrit au pilotage que le rapport du trimestre peut être arrêté',
    when: { every: 'quarter', at: '08:30' },
    keptDays: 400,
  },
  purge: {
    does: 'Efface ce dont la durée de conservation est passée',
    when: { every: 'night', at: '03:15' },
    keptDays: 400,
  },
  sweep: {
    does: 'Termine ce qui est resté à moitié fait, et fait partir les messages dont l’heure est venue',
    when: { every: 'minute' },
    keptDays: 2,
  },
  'refresh-figures': {
    does: 'Met à jour les chiffres du pilotage avec ce qui s’est passé depuis le dernier compte',
    when: { every: 'minute' },
    keptDays: 2,
  },
  'verify-figures': {
    does: 'Recompte tous les chiffres du pilotage d’après les faits, et dit combien diffèrent',
    when: { every: 'night', at: '04:00' },
    keptDays: 400,
  },
  'audit-head': {
    does: 'Note hors de la base où en est le journal des accès, pour qu’une réécriture se voie',
    when: { every: 'night', at: '04:30' },
    keptDays: 400,
  },
} as const satisfies Schedules;
