import type { KpiId } from '../../domain/statistics/kpis.js';
import { monthsOf, untilOf } from '../../domain/statistics/lookedAt.js';
import { LAST_12_MONTHS, parsePeriod } from '../../domain/statistics/period.js';
import { addTallies, type Figure, figureOf } from '../../domain/statistics/tally.js';
import { logger } from '../../logger.js';
import type { Parts } from '../parts.js';
import { readMonths } from './readMonths.js';

type Needs = Pick<Parts, 'clock' | 'events' | 'projects' | 'territory'>;

/** What everybody may read of the last 12 months. */
export const PUBLIC_KPIS = ['submitted', 'takenWithin2', 'medianDelay', 'closedLoop'] as const satisfies KpiId[];
export type PublicKpi = (typeof PUBLIC_KPIS)[number];

export interface PublicFigures {
  /** The instant at which they were counted. */
  at: Date;
  /** Too few projects for the figures to say anything, or to hide whose they are: then there are none. */
  isEnough: boolean;
  /** Some of the projects are those of the demonstration. */
  hasFictional: boolean;
  figures: Record<PublicKpi, Figure>;
}

/** Fewer projects than that say nothing of how the desk works. */
export const ENOUGH_PROJECTS = 20;

const MINUTE = 60_000;
const KEPT_MINUTES = 10;
/** Milliseconds that a page waits for figures that nobody has counted yet. */
const PATIENCE = 400;

const count = async (parts: Needs): Promise<PublicFigures> => {
  const now = parts.clock();
  const period = parsePeriod({ periode: LAST_12_MONTHS }, now);
  const months = await readMonths(parts)({ months: monthsOf(period), until: untilOf(period, now), selected: [] });
  const whole = addTallies(months.map(({ all }) => all));
  const fictional = await parts.projects.demoIds();
  const figures = Object.fromEntries(PUBLIC_KPIS.map((id) => [id, figureOf(id, whole)]));
  return {
    at: now,
    isEnough: (whole.counts.submitted ?? 0) >= ENOUGH_PROJECTS,
    hasFictional: fictional.length > 0,
    figures: figures as PublicFigures['figures'],
  };
};

const patience = (): Promise<null> => new Promise((resolve) => void setTimeout(() => resolve(null), PATIENCE).unref());

/**
 * The figures of the home page, counted at most every 10 minutes. Nobody waits for them: while they are counted anew the
 * last ones are given; null when there are none yet after a moment, or when the store is away.
 */
export const readPublicFigures = (parts: Needs) => {
  let last: PublicFigures | null = null;
  let countedAt = 0;
  let counting: Promise<PublicFigures | null> | null = null;

  const countAnew = async (): Promise<PublicFigures | null> => {
    try {
      last = await count(parts);
    } catch (error) {
      logger.warn({ err: error }, 'public figures could not be counted');
    } finally {
      countedAt = parts.clock().getTime();
      counting = null;
    }
    return last;
  };

  return async (): Promise<PublicFigures | null> => {
    const isOld = Math.abs(parts.clock().getTime() - countedAt) >= KEPT_MINUTES * MINUTE;
    if (isOld) counting ??= countAnew();
    if (last || !counting) return last;
    return Promise.race([counting, patience()]);
  };
};
