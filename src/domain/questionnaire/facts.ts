import type { Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';

/** Who fills in the questionnaire. */
export type HolderKind =
  | 'student'
  | 'researcher'
  | 'future-founder'
  | 'company'
  | 'association'
  | 'public-body'
  | 'other';

/** What routing reads of a project, and nothing else. Null means not known, which is not the same as no. */
export interface RoutingFacts {
  /** First the main need, then the others in the holder's order. Empty: "je ne sais pas encore". */
  needs: Need[];
  stage: Stage | null;
  /** INSEE code of a current commune, or null when not given or outside France. */
  commune: string | null;
  holderKind: HolderKind | null;
  /** Free text or the label of the closed list; classified by routing/sectors.ts. */
  sector: string | null;
  headcount: number | null;
  title: string;
  summary: string;
}
