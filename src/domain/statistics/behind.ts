import { type KpiId, kpi } from './kpis.js';
import type { MeasureId } from './measures.js';
import type { SpreadId } from './tally.js';

/** The projects of a spread: those that have a place in it. */
const OF_SPREAD: Record<SpreadId, MeasureId> = { hoursToTake: 'taken', hoursOpen: 'open' };

/** Which projects are behind a figure: those that it counts, and, for a share, those that it counts them out of. */
export const behindFigure = (id: KpiId): { counted: MeasureId; among: MeasureId | null } => {
  const { of, over } = kpi(id);
  return { counted: typeof of === 'object' ? OF_SPREAD[of.spread] : of, among: over ?? null };
};
