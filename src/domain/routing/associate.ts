import type { Partner } from '../territory/territory.js';
import type { RuleTrace } from './decision.js';
import { type Seen, stageFits } from './facts.js';
import type { Ruleset } from './rule.js';
import { type Ranked, rank, type Tried, tracesOf, tryRule } from './weighMain.js';
import { fillSentence } from './wording.js';

/**
 * Who may help beside the main partner (or, out of the territory, instead): partner ids, best first, at most
 * `maxAssociated`. Points come from the rules of role `associated`; a partner that is not made for the project's stage
 * loses some, and on equal points the one that serves the smaller area comes first, because it is closer.
 */
export function associate(
  main: Partner | null,
  seen: Seen,
  ruleset: Ruleset,
): { partners: string[]; sentences: string[]; trace: RuleTrace[] } {
  const tries = ruleset.rules.filter((rule) => rule.role === 'associated').map((rule) => tryRule(rule, seen));
  const kept = rank(tries, seen)
    .filter(({ partner }) => partner.id !== main?.id)
    .map((one) => ({ ...one, points: one.points - penaltyOf(one, seen, ruleset) }))
    .sort((a, b) => b.points - a.points || isLocal(b, seen) - isLocal(a, seen))
    .slice(0, ruleset.settings.maxAssociated);
  return {
    partners: kept.map(({ partner }) => partner.id),
    sentences: kept.map(({ partner }) => fillSentence(sentenceFor(partner, tries), seen, partner)),
    trace: tries.flatMap(tracesOf),
  };
}

const penaltyOf = ({ partner }: Ranked, seen: Seen, ruleset: Ruleset): number =>
  stageFits(partner, seen) === false ? ruleset.settings.stagePenalty : 0;

const isLocal = ({ partner }: Ranked, { commune }: Seen): number =>
  commune !== null && partner.serves.includes(commune.department) ? 0 : 1;

/** The sentence of the heaviest rule that named this partner. */
function sentenceFor(partner: Partner, tries: Tried[]): string {
  const naming = tries.filter(({ trace, partners }) => trace.verdict === 'true' && partners.includes(partner));
  naming.sort((a, b) => b.rule.weight - a.rule.weight);
  return naming[0]?.rule.sentence ?? '';
}
