import type { Verdict } from './decision.js';
import type { Seen } from './facts.js';
import type { Elementary } from './leaves.js';
import type { Profile } from './places.js';

const verdictOf = (value: boolean): Verdict => (value ? 'true' : 'false');

/** Does an elementary condition hold for the value of its fact? Unknown when the value is, or when they do not suit. */
export function holds(condition: Exclude<Elementary, { op: 'inTerritory' }>, seen: Seen): Verdict {
  const value = seen.values[condition.fact];
  if (condition.op === 'isKnown') return verdictOf(value !== null);
  if (value === null) return 'unknown';
  switch (condition.op) {
    case 'equals':
      return verdictOf(value === condition.value);
    case 'in':
      return verdictOf(condition.values.includes(String(value)));
    case 'contains':
      return Array.isArray(value) ? verdictOf(condition.values.some((one) => value.includes(one))) : 'unknown';
    case 'atLeast':
      return typeof value === 'number' ? verdictOf(value >= condition.value) : 'unknown';
    case 'atMost':
      return typeof value === 'number' ? verdictOf(value <= condition.value) : 'unknown';
    case 'between':
      return typeof value === 'number' ? verdictOf(value >= condition.from && value <= condition.to) : 'unknown';
  }
}

/** Is the project there? Unknown when its commune is. */
export const isThere = (places: string[], { commune, profile }: Seen): Verdict =>
  commune === null ? 'unknown' : verdictOf(isIn(places, profile));

/** Is this kind of place in at least one of these places? */
export const isIn = (places: string[], { around }: Profile): boolean => places.some((place) => around.has(place));
