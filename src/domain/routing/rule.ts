import type { Need } from '../territory/needs.js';
import type { PartnerKind } from '../territory/territory.js';
import type { Outcome } from './decision.js';
import type { FactId } from './factTable.js';

/**
 * The shapes of a ruleset. All of it is plain data that survives JSON: drafts, replay and analysis work on the same
 * shapes as the default ruleset.
 */
export type Condition =
  | { op: 'all' | 'any'; of: Condition[] }
  | { op: 'not'; of: Condition }
  /** Holds when true, and also when unknown: the answer is presumed, which lowers the confidence. */
  | { op: 'presumed'; of: Condition }
  | { op: 'equals'; fact: FactId; value: string | number | boolean }
  | { op: 'in'; fact: FactId; values: string[] }
  /** The list holds at least one of these values. */
  | { op: 'contains'; fact: FactId; values: string[] }
  | { op: 'atLeast' | 'atMost'; fact: FactId; value: number }
  /** Bounds included. */
  | { op: 'between'; fact: FactId; from: number; to: number }
  | { op: 'isKnown'; fact: FactId }
  /** The project's commune is in at least one of these places. */
  | { op: 'inTerritory'; places: Place[] };

/** A key of the territory's `places`, a département ("21") or the SIREN of an EPCI of the perimeter. */
export type Place = string;

export type Target =
  /** A partner by name. It must serve the commune, unless `anywhere`. */
  | { partner: string; anywhere?: boolean }
  /** The partners of this family that serve the commune (`anywhere`: all of them). */
  | { family: Exclude<PartnerKind, 'other'>; anywhere?: boolean }
  /** The desks that declare the need and serve the commune; `fallback`: those that take it for want of a better one. */
  | { desksFor: NeedChoice; declared: 'direct' | 'fallback'; families?: PartnerKind[] }
  /** The relays that declare the need and serve the commune, Territoires d'industrie aside. */
  | { relaysFor: NeedChoice };

export type NeedChoice = 'mainNeed' | 'otherNeeds' | Need;

/** A row that gives points to a partner: `main`, to be the answer; `associated`, to be named beside it. */
export interface Rule {
  id: string;
  label: string;
  when: Condition;
  to: Target;
  role: 'main' | 'associated';
  /** Points given to each partner that the target designates. */
  weight: number;
  /** For the holder. {partner}, {need} and {place} are replaced; see wording.ts. */
  sentence: string;
}

/** A row that settles the outcome before any partner is considered. The first that holds decides. */
export interface Gate {
  id: string;
  label: string;
  when: Condition;
  outcome: Exclude<Outcome, 'routed'>;
  sentence: string;
}

/** A row that lowers the confidence once a main partner is chosen. `penalty`: from 0 to 1. */
export interface Doubt {
  id: string;
  label: string;
  when: Condition;
  penalty: number;
  sentence: string;
}

export interface Ruleset {
  version: string;
  gates: Gate[];
  rules: Rule[];
  doubts: Doubt[];
  settings: {
    /** Confidence from 0 to 1 under which a person decides. */
    triageBelow: number;
    /** Two partners closer than this number of points are tied. */
    tieMargin: number;
    maxAssociated: number;
    /** What each presumed answer takes off the confidence. */
    presumedPenalty: number;
    /** Points that an associated partner loses when it is not made for the project's stage. */
    stagePenalty: number;
  };
}
