import { localDay } from '../../domain/calendar/businessTime.js';
import type { Channel } from '../../domain/questionnaire/channel.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { DeclineReason } from '../../domain/referrals/lifecycle.js';
import { type Breakdown, breakDown } from '../../domain/statistics/breakdowns.js';
import { type Filters, filtersFor, filtersProblem, selectedBy } from '../../domain/statistics/filters.js';
import { KPI_IDS, type KpiId } from '../../domain/statistics/kpis.js';
import { comparedWith, isSettled, isUnderWay, monthsOf, untilOf } from '../../domain/statistics/lookedAt.js';
import type { Period } from '../../domain/statistics/period.js';
import { addTallies, type Figure, figureOf, type RuleTally, type Tally } from '../../domain/statistics/tally.js';
import { type Slot, timelineOf } from '../../domain/statistics/timeline.js';
import { Forbidden, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { countedAt } from './lastCount.js';
import { asOfUntil, type MonthParts, readMonths } from './readMonths.js';

type Needs = MonthParts & Pick<Parts, 'channels'>;

/** A period, and what it is narrowed to. */
export interface FigureQuery {
  period: Period;
  filters: Filters;
}

export interface Figures extends FigureQuery {
  /** The instant of the counts: "données au …". */
  asOf: Date;
  /** No project comes in any more and none is followed any further: these figures never change. */
  isSettled: boolean;
  /** Projects may still come in: counts are not compared. */
  isUnderWay: boolean;
  /** First and last days of what they are compared with. */
  before: { first: string; last: string };
  yearBefore: { first: string; last: string };
  figures: { id: KpiId; figure: Figure; before: Figure; yearBefore: Figure }[];
  /** Empty with two filters. */
  breakdowns: Breakdown[];
  reasons: Partial<Record<DeclineReason, number>>;
  rules: Record<string, RuleTally>;
  /** From need by partner to outcome or state: "need|partner|outcome". */
  flows: Record<string, number>;
  /** Needs by EPCI: "need|epci". */
  places: Record<string, number>;
  /** The same period in months, quarters or years. */
  timeline: Slot[];
}

const countFigures =
  (parts: Needs) =>
  async ({ period, filters }: FigureQuery, channels: Channel[], now: Date): Promise<Figures> => {
    const selected = selectedBy(filters, parts);
    const until = untilOf(period, now);
    const compared = comparedWith(period, now);
    const sumOf = async ({ months, until }: { months: string[]; until: string }): Promise<Tally> =>
      addTallies((await readMonths(parts)({ months, until, selected, isCut: false })).map(({ all }) => all));
    const months = await readMonths(parts)({ months: monthsOf(period), until, selected });
    const whole = addTallies(months.map(({ all }) => all));
    const [before, yearBefore] = await Promise.all([sumOf(compared.before), sumOf(compared.yearBefore)]);
    const asOf = await asOfUntil(parts, until);
    return {
      period,
      filters,
      asOf,
      isSettled: isSettled(until, asOf),
      isUnderWay: isUnderWay(period, now),
      before: compared.before,
      yearBefore: compared.yearBefore,
      figures: KPI_IDS.map((id) => ({
        id,
        figure: figureOf(id, whole),
        before: figureOf(id, before),
        yearBefore: figureOf(id, yearBefore),
      })),
      breakdowns: breakDown(months, { territory: parts.territory, channels }),
      reasons: whole.reasons,
      rules: whole.rules,
      flows: whole.flows,
      places: whole.places,
      timeline: timelineOf(months),
    };
  };

/** Figures kept at most until the next count, of which this many milliseconds must have passed: two may end at one instant. */
const MOST_KEPT = 100;
const SETTLED = 5000;

/** The same figures for all who ask the same, on the same day, until the next count. */
const untilNextCount = (parts: Needs) => {
  const kept = new Map<string, Figures>();
  let keptOf = 0;
  return async (query: FigureQuery, links?: Channel[]): Promise<Figures> => {
    const now = parts.clock();
    const [last, channels] = await Promise.all([countedAt(parts), links ?? parts.channels.all()]);
    const of = last?.getTime() ?? 0;
    if (of !== keptOf || kept.size >= MOST_KEPT) kept.clear();
    keptOf = of;
    const key = JSON.stringify([localDay(now), query, channels]);
    const figures = kept.get(key) ?? (await countFigures(parts)(query, channels, now));
    if (last && now.getTime() - of > SETTLED && of === keptOf) kept.set(key, figures);
    return figures;
  };
};

/**
 * The figures of a period under filters, those of the period before and of the year before, and the same cut by everything.
 * Leads read those of their own partner. `links`: the entry links, from whoever has just read them. Throws Forbidden, and
 * Invalid for filters that cannot be counted together.
 */
export const readFigures = (parts: Needs) => {
  const counted = untilNextCount(parts);
  return async (reader: Account, { period, filters: asked }: FigureQuery, links?: Channel[]): Promise<Figures> => {
    if (!may(reader, 'seeFigures')) throw new Forbidden();
    const filters = filtersFor(reader, asked);
    if (filtersProblem(filters)) throw new Invalid('Choisissez deux filtres au plus, chacun d’une autre sorte.');
    return counted({ period, filters }, links);
  };
};
