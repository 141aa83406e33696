import type { Partner } from '../territory/territory.js';
import type { CompiledRuleset } from './compileRuleset.js';
import type { RuleTrace } from './decision.js';
import { type Seen, stageFits } from './facts.js';
import { heaviestFor, type Ranked, rank, type Tried, traceRules, tryRules } from './weighMain.js';

/**
 * Who may help beside the main partner (or, out of the territory, instead), best first, at most `maxAssociated`. Points
 * come from the rules of role `associated`; a partner that is not made for the project's stage loses some, and on equal
 * points the one that serves the smaller area comes first, because it is closer. `trace`, when given, gets their rows.
 */
export function associate(
  main: Partner | null,
  seen: Seen,
  { associated, planAssociated, places, ruleset }: CompiledRuleset,
  trace: RuleTrace[] | null,
): { partners: Partner[]; tries: Tried[] } {
  const { maxAssociated, stagePenalty } = ruleset.settings;
  const tries = tryRules(associated, planAssociated(seen), seen, trace !== null);
  const penaltyOf = (partner: Partner): number => (stageFits(partner, seen) === false ? stagePenalty : 0);
  const kept = rank(tries, places).filter(({ partner }) => partner !== main);
  for (const one of kept) one.points -= penaltyOf(one.partner);
  kept.sort((a, b) => b.points - a.points || isLocal(b, seen) - isLocal(a, seen));
  if (trace !== null) traceRules(tries, trace);
  return { partners: kept.slice(0, maxAssociated).map(({ partner }) => partner), tries };
}

const isLocal = ({ partner }: Ranked, { commune }: Seen): number =>
  commune !== null && partner.serves.includes(commune.department) ? 0 : 1;

/** What the heaviest rule that named this partner says of it. */
export const sayBeside = (partner: Partner, tries: Tried[], seen: Seen): string =>
  heaviestFor(partner, tries)?.sentence(seen, partner) ?? '';
