import type { Territory } from '../territory/territory.js';
import type { Ruleset } from './rule.js';

/** One thing that a manager should know of a ruleset before it is published. */
export interface Finding {
  level: 'error' | 'warning' | 'info';
  check:
    | 'never-fires'
    | 'never-decides'
    | 'shadowed'
    | 'tie'
    | 'triage'
    | 'not-covered'
    | 'partner-not-reached'
    | 'competence-not-used';
  /** Id of the row that it is about. */
  rule?: string;
  /** Partner that it is about. */
  partner?: string;
  /** One or two French sentences. */
  text: string;
  /** False when only a sample of the answers was tried. */
  exact: boolean;
  /** Answers that show it, in French, at most five. */
  examples?: string[];
}

export const analyse = (_ruleset: Ruleset, _territory: Territory): Finding[] => [];
