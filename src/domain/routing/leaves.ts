import type { Need } from '../territory/needs.js';
import type { Verdict } from './decision.js';
import type { Condition } from './rule.js';

/** A condition that looks at one thing. */
export type Elementary = Exclude<Condition, { op: 'all' | 'any' | 'not' | 'presumed' }>;

/**
 * The elementary conditions whose verdict can still matter once the main need is known (null: none was chosen). Those
 * that the main need settles are worked out; a part that cannot change the whole is left out.
 */
export function leavesThatMatter(condition: Condition, main: Need | null): Elementary[] {
  const rest = given(condition, main);
  return typeof rest === 'string' ? [] : rest;
}

/** The verdict when the main need alone settles it, else the elementary conditions that it hangs on. */
function given(condition: Condition, main: Need | null): Verdict | Elementary[] {
  switch (condition.op) {
    case 'all':
      return together(
        condition.of.map((one) => given(one, main)),
        'false',
      );
    case 'any':
      return together(
        condition.of.map((one) => given(one, main)),
        'true',
      );
    case 'not': {
      const rest = given(condition.of, main);
      return typeof rest === 'string' ? OPPOSITE[rest] : rest;
    }
    case 'presumed': {
      const rest = given(condition.of, main);
      return rest === 'unknown' ? 'true' : rest;
    }
    default:
      return settledBy(main, condition) ?? [condition];
  }
}

const OPPOSITE: Record<Verdict, Verdict> = { true: 'false', false: 'true', unknown: 'unknown' };

/** `decisive`: the verdict of one part that settles the whole. */
function together(parts: (Verdict | Elementary[])[], decisive: Verdict): Verdict | Elementary[] {
  if (parts.includes(decisive)) return decisive;
  const open = parts.filter((part) => typeof part !== 'string');
  if (open.length > 0) return open.flat();
  return parts.includes('unknown') ? 'unknown' : OPPOSITE[decisive];
}

function settledBy(main: Need | null, leaf: Elementary): Verdict | null {
  if (leaf.op === 'inTerritory') return null;
  if (leaf.fact === 'mainNeed') {
    if (leaf.op === 'isKnown') return main === null ? 'false' : 'true';
    if (main === null) return 'unknown';
    if (leaf.op === 'equals') return leaf.value === main ? 'true' : 'false';
    return leaf.op === 'in' && leaf.values.includes(main) ? 'true' : 'false';
  }
  const readsText = leaf.fact === 'looksLikeSolicitation' || leaf.fact === 'looksLikeJobSearch';
  if (readsText && main !== null) return leaf.op === 'isKnown' ? 'false' : 'unknown';
  return null;
}
