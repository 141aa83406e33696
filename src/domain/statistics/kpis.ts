import { LOOP_DAYS } from './facts.js';
import type { MeasureId } from './measures.js';
import type { SpreadId } from './tally.js';

/**
 * THE list of figures: one row each, with the sentence printed under it and what it is made of. All count projects submitted
 * in the period, without advertisements and job searches, as they stand when the period is looked at (period.ts). A share
 * gives its two terms; a figure over nothing is unknown, never 0. Delays are in whole opening hours, seven a day.
 */
export type Unit = 'count' | 'share' | 'hours';

export interface Kpi {
  label: string;
  /** Printed under the figure, in the words of who reads it. */
  sentence: string;
  unit: Unit;
  /** The direction that is good news; null when neither is. */
  good: 'up' | 'down' | null;
  /** A count, the upper term of a share, or the middle (`at` 0.5) or another place of a spread of hours. */
  of: MeasureId | { spread: SpreadId; at: number };
  /** The lower term of a share. */
  over?: MeasureId;
}

export const KPIS = {
  submitted: {
    label: 'Projets reçus',
    sentence: 'Questionnaires envoyés pendant la période, sans les publicités ni les recherches d’emploi.',
    unit: 'count',
    good: 'up',
    of: 'submitted',
  },
  routed: {
    label: 'Orientés sans attendre',
    sentence: 'Part des projets du territoire que les règles ont envoyés tout de suite à un partenaire.',
    unit: 'share',
    good: 'up',
    of: 'routed',
    over: 'inTerritory',
  },
  triage: {
    label: 'Passés par une personne',
    sentence: 'Projets pour lesquels les règles ont laissé une personne choisir le partenaire.',
    unit: 'count',
    good: 'down',
    of: 'triage',
  },
  outOfTerritory: {
    label: 'Hors du territoire',
    sentence: 'Projets dont la commune n’est pas dans le territoire : la réponse donne d’autres adresses.',
    unit: 'count',
    good: null,
    of: 'outOfTerritory',
  },
  overridden: {
    label: 'Règles contredites',
    sentence:
      'Part des projets envoyés à un partenaire qu’une personne a gardés chez elle, ou envoyés ailleurs parce que les règles se trompaient.',
    unit: 'share',
    good: 'down',
    of: 'overridden',
    over: 'sent',
  },
  taken: {
    label: 'Pris en charge',
    sentence: 'Projets qu’une personne s’est engagée à contacter, chez le partenaire qui les a aujourd’hui.',
    unit: 'count',
    good: 'up',
    of: 'taken',
  },
  takenWithin2: {
    label: 'Pris en charge en 2 jours ouvrés',
    sentence:
      'Part des projets pris en charge avant la fin du 2e jour ouvré après leur arrivée chez le partenaire actuel, parmi ceux dont ce délai est passé. Un projet refusé dans ce délai, ou retiré par la personne avant d’être pris, ne compte pas.',
    unit: 'share',
    good: 'up',
    of: 'takenWithin2',
    over: 'promiseOver',
  },
  takenWithin5: {
    label: 'Pris en charge en 5 jours ouvrés',
    sentence:
      'Part des projets pris en charge avant la fin du 5e jour ouvré après leur arrivée chez le partenaire actuel, parmi ceux dont ce délai est passé. Un projet refusé dans les 2 premiers jours, ou retiré par la personne avant d’être pris, ne compte pas.',
    unit: 'share',
    good: 'up',
    of: 'takenWithin5',
    over: 'fiveDaysOver',
  },
  medianDelay: {
    label: 'Délai de prise en charge',
    sentence:
      'La moitié des projets pris en charge l’ont été plus vite, depuis leur arrivée chez le partenaire actuel. En heures ouvrées, 7 heures par jour.',
    unit: 'hours',
    good: 'down',
    of: { spread: 'hoursToTake', at: 0.5 },
  },
  longDelay: {
    label: 'Délai des plus lents',
    sentence:
      'Neuf projets pris en charge sur dix l’ont été dans ce délai ou plus vite, depuis leur arrivée chez le partenaire actuel. En heures ouvrées, 7 heures par jour.',
    unit: 'hours',
    good: 'down',
    of: { spread: 'hoursToTake', at: 0.9 },
  },
  declined: {
    label: 'Refusés par un partenaire',
    sentence: 'Projets qu’au moins un partenaire a refusés, même si un autre les a pris ensuite.',
    unit: 'count',
    good: 'down',
    of: 'declined',
  },
  rerouted: {
    label: 'Réorientés',
    sentence: 'Projets qu’un partenaire a confiés lui-même à un autre.',
    unit: 'count',
    good: 'down',
    of: 'rerouted',
  },
  associated: {
    label: 'Suivis à plusieurs',
    sentence: 'Projets pour lesquels un partenaire en a associé un autre.',
    unit: 'count',
    good: null,
    of: 'associated',
  },
  closed: {
    label: 'Clôturés',
    sentence: 'Projets qui ont une issue : aidés, sans solution, ou personne injoignable.',
    unit: 'count',
    good: 'up',
    of: 'closed',
  },
  helped: {
    label: 'Aidés',
    sentence: 'Projets clôturés parce que le partenaire a pu les aider.',
    unit: 'count',
    good: 'up',
    of: 'helped',
  },
  noSolution: {
    label: 'Sans solution',
    sentence: 'Projets clôturés parce que personne dans le territoire n’avait de réponse.',
    unit: 'count',
    good: 'down',
    of: 'noSolution',
  },
  unreachable: {
    label: 'Injoignables',
    sentence: 'Projets clôturés parce que la personne n’a pas pu être jointe.',
    unit: 'count',
    good: 'down',
    of: 'unreachable',
  },
  closedLoop: {
    label: 'Boucles fermées',
    sentence: `Part des projets qui ont une issue, parmi ceux envoyés au partenaire depuis plus de ${LOOP_DAYS} jours et que la personne n’a pas retirés.`,
    unit: 'share',
    good: 'up',
    of: 'loopClosed',
    over: 'loopExpected',
  },
  backlog: {
    label: 'Encore ouverts',
    sentence: 'Projets de la période qui restent à orienter, à prendre ou à clôturer.',
    unit: 'count',
    good: 'down',
    of: 'open',
  },
  backlogAge: {
    label: 'Âge des projets ouverts',
    sentence:
      'La moitié des projets encore ouverts attendent depuis moins longtemps, depuis leur arrivée chez leur dernier partenaire, ou depuis l’envoi du questionnaire s’ils n’en ont eu aucun. En heures ouvrées, 7 heures par jour.',
    unit: 'hours',
    good: 'down',
    of: { spread: 'hoursOpen', at: 0.5 },
  },
  responses: {
    label: 'Avis reçus',
    sentence:
      'Part des personnes qui ont donné leur avis, parmi celles dont le suivi est terminé depuis 10 jours ouvrés.',
    unit: 'share',
    good: 'up',
    of: 'opinionGiven',
    over: 'opinionExpected',
  },
  calledBack: {
    label: 'Rappelés',
    sentence: 'Part des personnes qui disent avoir été contactées, parmi celles qui ont donné leur avis.',
    unit: 'share',
    good: 'up',
    of: 'calledBack',
    over: 'opinionGiven',
  },
  useful: {
    label: 'Accueil utile',
    sentence: 'Part des personnes qui disent que l’accueil leur a été utile, parmi celles qui ont donné leur avis.',
    unit: 'share',
    good: 'up',
    of: 'useful',
    over: 'opinionGiven',
  },
  goesOn: {
    label: 'Projets qui avancent',
    sentence:
      'Part des projets lancés ou qui avancent, parmi ceux dont on a des nouvelles six mois après la fin du suivi.',
    unit: 'share',
    good: 'up',
    of: 'goesOn',
    over: 'newsGiven',
  },
} as const satisfies Record<string, Kpi>;

export type KpiId = keyof typeof KPIS;
export const KPI_IDS = Object.keys(KPIS) as KpiId[];

/** Any row of the list, for whoever does not care which. */
export const kpi = (id: KpiId): Kpi => KPIS[id];
