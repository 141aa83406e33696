import { localDay } from '../calendar/businessTime.js';
import type { ProjectFacts } from './facts.js';
import { addDays } from './localDays.js';
import { median } from './median.js';

/**
 * THE list of figures: one row each, with the sentence printed under it and how it is counted. A share gives its two
 * terms; a figure over nothing is null, never 0. All count projects submitted in the period, without advertisements and
 * job searches; `asOf` is the instant at which the period is looked at (see period.ts). Delays are in opening hours.
 */
export interface Figure {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
}

export type Unit = 'count' | 'share' | 'hours';

export interface Kpi {
  label: string;
  /** Printed under the figure, in the words of who reads it. */
  sentence: string;
  unit: Unit;
  /** The direction that is good news; null when neither is. */
  good: 'up' | 'down' | null;
  compute: (facts: ProjectFacts[], asOf: Date) => Figure;
}

/** A loop is expected to be closed this long after the project reached the partner. */
const LOOP_DAYS = 30;

type Test = (row: ProjectFacts) => boolean;

const count = (facts: ProjectFacts[], test: Test): Figure => {
  const value = facts.filter(test).length;
  return { value, numerator: value, denominator: facts.length };
};

const share = (base: ProjectFacts[], test: Test): Figure => {
  const numerator = base.filter(test).length;
  return { value: base.length === 0 ? null : numerator / base.length, numerator, denominator: base.length };
};

const isInTerritory: Test = ({ decision }) => decision !== 'out_of_territory';

export const KPIS = {
  submitted: {
    label: 'Projets reçus',
    sentence: 'Questionnaires envoyés pendant la période, sans les publicités ni les recherches d’emploi.',
    unit: 'count',
    good: 'up',
    compute: (facts) => count(facts, () => true),
  },
  routed: {
    label: 'Orientés sans attendre',
    sentence: 'Part des projets du territoire que les règles ont envoyés tout de suite à un partenaire.',
    unit: 'share',
    good: 'up',
    compute: (facts) => share(facts.filter(isInTerritory), ({ decision }) => decision === 'routed'),
  },
  triage: {
    label: 'Passés par une personne',
    sentence: 'Projets pour lesquels les règles ont laissé une personne choisir le partenaire.',
    unit: 'count',
    good: 'down',
    compute: (facts) => count(facts, ({ decision }) => decision === 'triage'),
  },
  outOfTerritory: {
    label: 'Hors du territoire',
    sentence: 'Projets dont la commune n’est pas dans le territoire : la réponse donne d’autres adresses.',
    unit: 'count',
    good: null,
    compute: (facts) => count(facts, ({ decision }) => decision === 'out_of_territory'),
  },
  taken: {
    label: 'Pris en charge',
    sentence: 'Projets qu’une personne s’est engagée à contacter, chez le partenaire qui les a aujourd’hui.',
    unit: 'count',
    good: 'up',
    compute: (facts) => count(facts, ({ takenAt }) => takenAt !== null),
  },
  takenWithin2: {
    label: 'Pris en charge en 2 jours ouvrés',
    sentence:
      'Part des projets pris en charge avant la fin du 2e jour ouvré après leur arrivée chez le partenaire actuel, parmi ceux dont ce délai est passé.',
    unit: 'share',
    good: 'up',
    compute: (facts, asOf) =>
      share(
        facts.filter(({ dueBy, takenWithin2 }) => dueBy !== null && dueBy < asOf && takenWithin2 !== null),
        ({ takenWithin2 }) => takenWithin2 === true,
      ),
  },
  medianDelay: {
    label: 'Délai de prise en charge',
    sentence:
      'La moitié des projets pris en charge l’ont été plus vite, depuis leur arrivée chez le partenaire actuel. En heures ouvrées, 7 heures par jour.',
    unit: 'hours',
    good: 'down',
    compute: (facts) => {
      const hours = facts.flatMap(({ hoursToTake }) => hoursToTake ?? []);
      return { value: median(hours), numerator: null, denominator: hours.length };
    },
  },
  backlog: {
    label: 'Encore ouverts',
    sentence: 'Projets de la période qui restent à orienter, à prendre ou à clôturer.',
    unit: 'count',
    good: 'down',
    compute: (facts) => count(facts, ({ isOpen }) => isOpen),
  },
  closed: {
    label: 'Clôturés',
    sentence: 'Projets qui ont une issue : aidés, sans solution, ou personne injoignable.',
    unit: 'count',
    good: 'up',
    compute: (facts) => count(facts, ({ outcome }) => outcome !== null),
  },
  helped: {
    label: 'Aidés',
    sentence: 'Projets clôturés parce que le partenaire a pu les aider.',
    unit: 'count',
    good: 'up',
    compute: (facts) => count(facts, ({ outcome }) => outcome === 'helped'),
  },
  declined: {
    label: 'Refusés par un partenaire',
    sentence: 'Projets qu’au moins un partenaire a refusés, même si un autre les a pris ensuite.',
    unit: 'count',
    good: 'down',
    compute: (facts) => count(facts, ({ declinedBy }) => declinedBy.length > 0),
  },
  closedLoop: {
    label: 'Boucles fermées',
    sentence: `Part des projets qui ont une issue, parmi ceux envoyés au partenaire depuis plus de ${LOOP_DAYS} jours et que la personne n’a pas retirés.`,
    unit: 'share',
    good: 'up',
    compute: (facts, asOf) => {
      const limit = addDays(localDay(asOf), -LOOP_DAYS);
      const old = facts.filter(
        ({ sentAt, state }) => state !== 'withdrawn' && sentAt !== null && localDay(sentAt) < limit,
      );
      return share(old, ({ outcome }) => outcome !== null);
    },
  },
} as const satisfies Record<string, Kpi>;

export type KpiId = keyof typeof KPIS;
export const KPI_IDS = Object.keys(KPIS) as KpiId[];

/** Any row of the list, for whoever does not care which. */
export const kpi = (id: KpiId): Kpi => KPIS[id];
