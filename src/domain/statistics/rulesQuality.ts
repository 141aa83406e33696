import type { KpiId } from './kpis.js';
import { type Figure, figureOf, type Tally } from './tally.js';

/** What tells how well the rules route. */
export const QUALITY_KPIS = ['routed', 'triage', 'overridden', 'rerouted', 'declined'] as const satisfies KpiId[];
export type QualityKpi = (typeof QUALITY_KPIS)[number];
export type QualityFigures = Record<QualityKpi, Figure>;

export const qualityOf = (tally: Tally): QualityFigures =>
  Object.fromEntries(QUALITY_KPIS.map((id) => [id, figureOf(id, tally)])) as QualityFigures;
