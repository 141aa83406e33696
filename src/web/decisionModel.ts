import type { RoutingDecision, RoutingFacts } from '../domain/routing/decision.js';
import { type AdvisorExplanation, explainForAdvisor } from '../domain/routing/explain.js';
import type { Ruleset } from '../domain/routing/rule.js';
import { type WouldChange, whatWouldChange } from '../domain/routing/whatWouldChange.js';
import type { Territory } from '../domain/territory/territory.js';
import { frenchTypography } from '../domain/territory/typography.js';

type Rule = AdvisorExplanation['rules'][number];

const pointsInWords = (points: number): string => `${points} point${Math.abs(points) > 1 ? 's' : ''}`;

const ruleModel = ({ label, role, partners, points, conditions }: Rule) => ({
  label: frenchTypography(label),
  outcome: frenchTypography(
    [partners.join(', '), role, points > 0 ? pointsInWords(points) : ''].filter(Boolean).join(' · '),
  ),
  conditions: conditions.map(({ text, saw, verdict }) => frenchTypography(`${text} : ${saw} (${verdict})`)),
});

const changeInWords = ({ text }: WouldChange): string => frenchTypography(text);

/** The answers that were decided upon, and the rules that did; without them nothing is said of other answers. */
interface Decided {
  facts: RoutingFacts;
  ruleset: Ruleset | null;
}

/**
 * Why this partner, why not each of the others, and which other answers would have led elsewhere: ready for
 * views/components/decision.ejs.
 */
export const decisionModel = (decision: RoutingDecision, territory: Territory, decided?: Decided) => {
  const { reasons, confidence, tieBreak, rules, waiting, others, rulesetVersion } = explainForAdvisor(
    decision,
    territory,
  );
  return {
    reasons: reasons.map(frenchTypography),
    confidence: confidence.words,
    tieBreak: tieBreak && frenchTypography(tieBreak),
    rules: rules.map(ruleModel),
    waiting: waiting.map(ruleModel),
    others: others.map(({ name, points, why }) => ({
      name: frenchTypography(name),
      points: pointsInWords(points),
      why: frenchTypography(why),
    })),
    changes: decided?.ruleset ? whatWouldChange(decided.facts, decided.ruleset, territory).map(changeInWords) : [],
    rulesetVersion,
  };
};
