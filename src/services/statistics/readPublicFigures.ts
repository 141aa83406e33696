import { monthsOf, untilOf } from '../../domain/statistics/lookedAt.js';
import { LAST_12_MONTHS, parsePeriod } from '../../domain/statistics/period.js';
import { ENOUGH_PROJECTS, type PublicTables, publicTables } from '../../domain/statistics/publicFigures.js';
import { logger } from '../../logger.js';
import { MARK } from '../demonstration/removeDemonstration.js';
import { asOfUntil, type MonthParts, readMonths } from './readMonths.js';

type Needs = MonthParts;

/** What everybody may read of the last 12 months: nothing of it tells of fewer than five projects. */
export interface PublicFigures extends PublicTables {
  /** The instant of the counts. */
  at: Date;
  /** First and last month, both included. */
  months: { first: string; last: string };
  /** Too few projects for the figures to say anything, or to hide whose they are: then there are none. */
  isEnough: boolean;
  /** Some of the projects are those of the demonstration. */
  hasFictional: boolean;
}

const MINUTE = 60_000;
const KEPT_MINUTES = 10;
/** Milliseconds that a page waits for figures that nobody has counted yet. */
const PATIENCE = 400;

const count = async (parts: Needs): Promise<PublicFigures> => {
  const now = parts.clock();
  const period = parsePeriod({ periode: LAST_12_MONTHS }, now);
  const asked = monthsOf(period);
  const until = untilOf(period, now);
  const months = await readMonths(parts)({ months: asked, until, selected: [] });
  const received = months.reduce((sum, { all }) => sum + (all.counts.submitted ?? 0), 0);
  return {
    at: await asOfUntil(parts, until),
    months: { first: asked[0] ?? '', last: asked.at(-1) ?? '' },
    isEnough: received >= ENOUGH_PROJECTS,
    hasFictional: (await parts.marks.read(MARK)) === 'loaded',
    ...publicTables(months, parts.territory),
  };
};

const patience = (): Promise<null> => new Promise((resolve) => void setTimeout(() => resolve(null), PATIENCE).unref());

/**
 * The figures that everybody may read, read at most every 10 minutes. Nobody waits for them: while they are read anew the
 * last ones are given; null when there are none yet after a moment, or when the store is away. The same object until then.
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
