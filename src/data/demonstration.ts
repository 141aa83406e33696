import type { Channel } from '../domain/questionnaire/channel.js';
import type { HolderKind } from '../domain/questionnaire/facts.js';
import type { CloseOutcome } from '../domain/referrals/lifecycle.js';
import type { Need } from '../domain/territory/needs.js';
import type { Stage } from '../domain/territory/stages.js';

/** Code of the questionnaire's closed list, or the holder's own words under "Une autre activité". */
export type SectorAnswer = string | { free: string };

/** Any commune in the same routing situation as this one (INSEE code), or one of these. */
export type Whereabouts = { like: string } | { among: readonly string[] };

/** A demand that the demonstration tells again and again, each time a little differently. Nobody and nothing is real. */
export interface Story {
  /** The example of cases.json that it comes from, with the same needs and stage. */
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
  /** The description is one sentence or two of each list. {at}: "à Dijon"; {of}: "de Dijon"; {n}: head-count. */
  opens: readonly string[];
  asks: readonly string[];
}

/** What becomes of a project: what its partner usually does, or something that the demonstration must show. */
export type Fate = 'as usual' | 'waits' | 'in hand' | 'declined' | 'sent on' | 'withdrawn' | CloseOutcome;

/**
 * How a partner works in the demonstration, so that the figures have something to say: who answers within the day, who
 * lets projects wait, who refuses often. Made up: it says nothing of the real partners.
 * `takes` and `closes` are medians in business days; the others are parts of 1.
 */
export interface Habits {
  takes: number;
  closes: number;
  declines: number;
  /** Of those closed; the rest have no solution. */
  helped: number;
  unreachable: number;
}

/** A territory's demonstration.json: the places, partners and demands that its demonstration speaks of. */
export interface Demonstration {
  /** Relays that receive projects, after a refusal. */
  relays: readonly string[];
  /** Where somebody with no place is sent; the second when it was the first that refused. */
  withoutPlace: readonly [string, string];
  /** The entry links, and how often people come by each; the others come by the front page. */
  links: readonly (Pick<Channel, 'label' | 'kind'> & { weight: number })[];
  /** By partner: what differs from the ordinary. */
  habits: Readonly<Record<string, Partial<Habits>>>;
  /**
   * What must be seen on whatever day the demonstration begins, every state and a queue for every desk: business days
   * before it, the example told, what becomes of it.
   */
  mustShow: readonly (readonly [daysBefore: number, example: string, fate: Fate])[];
  stories: readonly Story[];
}
