import { businessHoursInWords, monthInWords } from '../calendar/words.js';
import { NEED_IDS } from '../territory/needs.js';
import type { Epci } from '../territory/territory.js';
import { countOf, type Finding, shareOf, THRESHOLDS, WATCHED_MONTHS, weigh } from './attention.js';
import type { MonthTally } from './breakdowns.js';
import type { Dimension } from './cells.js';
import { addMonths } from './localDays.js';
import { addTallies, figureOf, type Tally } from './tally.js';

/** Kept counts, oldest month first; the last month is the current one, which is not over. All as they stand now. */
export type WatchedMonths = MonthTally[];

const lineOf = (months: MonthTally[], dimension: Dimension, value: string): Tally =>
  addTallies(months.flatMap(({ by }) => by[dimension]?.[value] ?? []));

/** The months that are over, of which the last `count`, without the last `without`. */
const full = (months: WatchedMonths, count: number, without = 0): MonthTally[] => {
  const over = months.slice(0, -1);
  return over.slice(Math.max(0, over.length - count - without), over.length - without);
};

/** The months that are over and the current one. */
const recent = (months: WatchedMonths): MonthTally[] => months.slice(-(WATCHED_MONTHS + 1));

const sinceMonth = (month: MonthTally | undefined): string => (month ? `Depuis ${monthInWords(month.month)}` : '');

/**
 * Partners that took the projects of the last full month more slowly than those of the months before. Both sides as they
 * stand now: projects of longer ago had more time to be taken late, so what is found is slower at least by so much.
 */
export const slowerPartners = (months: WatchedMonths, partners: string[]): Finding[] =>
  partners.flatMap((partner) => {
    const [last] = full(months, 1);
    const now = figureOf('medianDelay', lineOf(full(months, 1), 'partner', partner));
    const before = figureOf('medianDelay', lineOf(full(months, WATCHED_MONTHS, 1), 'partner', partner));
    const { projects, share, hours } = THRESHOLDS.slower;
    if (now.value === null || before.value === null || !last) return [];
    const isEnough = (now.denominator ?? 0) >= projects && (before.denominator ?? 0) >= projects;
    const gap = now.value - before.value;
    if (!isEnough || gap < hours || gap < before.value * share) return [];
    const taken = now.denominator ?? 0;
    return [
      {
        kind: 'slower',
        about: partner,
        numbers: { now: now.value, before: before.value, taken, takenBefore: before.denominator ?? 0 },
        why: `${businessHoursInWords(now.value)} en ${monthInWords(last.month)} (${countOf(taken, 'projet pris', 'projets pris')}), contre ${businessHoursInWords(before.value)} les ${WATCHED_MONTHS} mois d’avant (${before.denominator}).`,
        since: sinceMonth(last),
        weight: weigh('slower', taken),
        projects: [],
      },
    ];
  });

/** Needs of which too many projects still wait for somebody, or were declined. */
export const untakenNeeds = (months: WatchedMonths): Finding[] =>
  NEED_IDS.flatMap((need) => {
    const watched = full(months, WATCHED_MONTHS);
    const { counts } = lineOf(watched, 'need', need);
    const { inTerritory = 0, inTriage = 0, waiting = 0, declined = 0 } = counts;
    const untaken = inTriage + waiting;
    const limits = THRESHOLDS.needs;
    const isFound = untaken >= inTerritory * limits.untaken || declined >= inTerritory * limits.declined;
    if (inTerritory < limits.projects || !isFound) return [];
    return [
      {
        kind: 'needs',
        about: need,
        numbers: { projects: inTerritory, untaken, declined },
        why: `Sur ${countOf(inTerritory, 'projet')}, ${untaken} ${untaken > 1 ? 'attendent' : 'attend'} encore (${shareOf(untaken / inTerritory)}) et ${declined} ${declined > 1 ? 'ont été refusés' : 'a été refusé'} (${shareOf(declined / inTerritory)}).`,
        since: sinceMonth(watched[0]),
        weight: weigh('needs', Math.max(untaken, declined)),
        projects: [],
      },
    ];
  });

/** Rules in force whose projects too often went elsewhere. A project may be both overridden and rerouted: the larger counts. */
export const contradictedRules = (months: WatchedMonths, inForce: string[]): Finding[] => {
  const watched = recent(months);
  const { rules } = addTallies(watched.map(({ all }) => all));
  return inForce.flatMap((rule) => {
    const { sent = 0, overridden = 0, rerouted = 0 } = rules[rule] ?? {};
    const most = Math.max(overridden, rerouted);
    if (sent < THRESHOLDS.rules.projects || most < sent * THRESHOLDS.rules.share) return [];
    return [
      {
        kind: 'rules',
        about: rule,
        numbers: { sent, overridden, rerouted },
        why: `Sur ${countOf(sent, 'projet envoyé', 'projets envoyés')}, ${overridden} ${overridden > 1 ? 'contredits' : 'contredit'} par une personne (${shareOf(overridden / sent)}) et ${rerouted} ${rerouted > 1 ? 'réorientés' : 'réorienté'} par le partenaire (${shareOf(rerouted / sent)}).`,
        since: sinceMonth(watched[0]),
        weight: weigh('rules', most),
        projects: [],
      },
    ];
  });
};

/** What a hundred thousand people are worth here: as much as a project. */
const PEOPLE = 100_000;

/** EPCI of the perimeter that sent nothing, with the last month in which something came. */
export const silentEpcis = (months: WatchedMonths, epcis: Pick<Epci, 'siren' | 'population'>[]): Finding[] => {
  if (months.length <= WATCHED_MONTHS) return [];
  return epcis.flatMap(({ siren, population }) => {
    const last = months.findLast(({ by }) => (by.epci?.[siren]?.counts.submitted ?? 0) > 0);
    if (last && recent(months).includes(last)) return [];
    const quiet = months.length - 1 - (last ? months.indexOf(last) : -1);
    const first = months[0]?.month ?? '';
    return [
      {
        kind: 'silent',
        about: siren,
        numbers: { population, months: quiet },
        why: `${countOf(population, 'habitant')}, et aucun projet en ${quiet} mois.`,
        since: last
          ? `Depuis ${monthInWords(addMonths(last.month, 1))} : le dernier projet est de ${monthInWords(last.month)}`
          : `Au moins depuis ${monthInWords(first)}`,
        weight: weigh('silent', population / PEOPLE),
        projects: [],
      },
    ];
  });
};
