import type { HolderKind } from '../../domain/questionnaire/facts.js';
import type { Need } from '../../domain/territory/needs.js';
import type { Stage } from '../../domain/territory/stages.js';

/** Code of the questionnaire's closed list, or the holder's own words under "Une autre activité". */
export type SectorAnswer = string | { free: string };

/** Any commune in the same routing situation as this one (INSEE code), or one of these. */
export type Whereabouts = { like: string } | { among: readonly string[] };

/** A demand that the demonstration tells again and again, each time a little differently. */
export interface Story {
  /** The example of data/territory/cases.json that it comes from. */
  case: string;
  /** How often it is told, compared with the others. */
  weight: number;
  /** The main one first; none: "je ne sais pas encore". */
  needs: readonly Need[];
  stage: Stage;
  holders: readonly HolderKind[];
  sectors: readonly SectorAnswer[];
  /** Least and most; null: left empty. */
  headcount: readonly [number, number] | null;
  where: Whereabouts;
  /** What the organisation is, before its made-up name; empty: no organisation. */
  organisations: readonly string[];
  titles: readonly string[];
  /** The description is one sentence or two of each list. {at}: "à Thiers"; {of}: "de Thiers"; {n}: head-count. */
  opens: readonly string[];
  asks: readonly string[];
}
