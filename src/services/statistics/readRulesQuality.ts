import { type Account, may } from '../../domain/referrals/access.js';
import type { DeclineReason } from '../../domain/referrals/lifecycle.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { filtersProblem, selectedBy } from '../../domain/statistics/filters.js';
import { comparedWith, isSettled, isUnderWay, monthsOf, untilOf } from '../../domain/statistics/lookedAt.js';
import { QUALITY_KPIS, type QualityFigures, type QualityKpi, qualityOf } from '../../domain/statistics/rulesQuality.js';
import { addTallies, type Figure, type RuleTally, type Tally } from '../../domain/statistics/tally.js';
import { Forbidden, Invalid } from '../../errors.js';
import type { Parts } from '../parts.js';
import { type ActiveRuleset, firstVersion } from '../rules/activeRuleset.js';
import type { FigureQuery } from './readFigures.js';
import { asOfUntil, type MonthParts, readMonths } from './readMonths.js';

type Needs = MonthParts & Pick<Parts, 'firstRules' | 'rulesets'> & { activeRuleset: ActiveRuleset };

/** What has become of the projects that a rule sent. */
export interface RuleQuality extends RuleTally {
  id: string;
  /** As the latest version that has it calls it; null when no version here does. */
  label: string | null;
  /** Is it among the rules in force? Then it can be changed. */
  isInForce: boolean;
}

export interface RulesQuality extends FigureQuery {
  asOf: Date;
  isSettled: boolean;
  isUnderWay: boolean;
  received: number;
  figures: { id: QualityKpi; figure: Figure; before: Figure }[];
  /** Most contradicted first. */
  rules: RuleQuality[];
  /** Refusals by reason: a project may have several. */
  reasons: Partial<Record<DeclineReason, number>>;
  months: { month: string; received: number; figures: QualityFigures }[];
}

const nameIn = ({ rules }: Ruleset, id: string): string | undefined => rules.find((rule) => rule.id === id)?.label;

/** The names of rules that decided once and are no longer in force, from the versions before, latest first. */
const formerNames = async ({ firstRules, rulesets }: Needs, ids: string[]): Promise<Map<string, string>> => {
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const note = (ruleset: Ruleset): void => {
    for (const id of ids) {
      const label = nameIn(ruleset, id);
      if (label !== undefined && !names.has(id)) names.set(id, label);
    }
  };
  for (const { number } of await rulesets.history()) {
    if (names.size === ids.length) break;
    const version = await rulesets.byNumber(number);
    if (version) note(version.ruleset);
  }
  note(firstVersion({ firstRules }).ruleset);
  return names;
};

const contradicted = ({ overridden, rerouted, declined }: RuleTally): number => overridden + rerouted + declined;

const rulesOf = async (parts: Needs, rules: Tally['rules']): Promise<RuleQuality[]> => {
  const { ruleset } = await parts.activeRuleset();
  const gone = Object.keys(rules).filter((id) => nameIn(ruleset, id) === undefined);
  const former = await formerNames(parts, gone);
  return Object.entries(rules)
    .map(([id, tally]) => ({
      id,
      label: nameIn(ruleset, id) ?? former.get(id) ?? null,
      isInForce: nameIn(ruleset, id) !== undefined,
      ...tally,
    }))
    .sort((a, b) => contradicted(b) - contradicted(a) || b.sent - a.sent || a.id.localeCompare(b.id));
};

/**
 * How well the rules route the projects of a period, under filters: how many they sent alone, and which of their choices were
 * contradicted, by rule and by month. Throws Forbidden, and Invalid for filters that cannot be counted together.
 */
export const readRulesQuality =
  (parts: Needs) =>
  async (reader: Account, { period, filters }: FigureQuery): Promise<RulesQuality> => {
    if (!may(reader, 'seeAttention')) throw new Forbidden();
    if (filtersProblem(filters)) throw new Invalid('Choisissez deux filtres au plus, chacun d’une autre sorte.');
    const now = parts.clock();
    const selected = selectedBy(filters, parts);
    const until = untilOf(period, now);
    const { before } = comparedWith(period, now);
    const read = readMonths(parts);
    const [months, earlier, asOf] = await Promise.all([
      read({ months: monthsOf(period), until, selected, isCut: false }),
      read({ months: before.months, until: before.until, selected, isCut: false }),
      asOfUntil(parts, until),
    ]);
    const whole = addTallies(months.map(({ all }) => all));
    const then = qualityOf(addTallies(earlier.map(({ all }) => all)));
    const figures = qualityOf(whole);
    return {
      period,
      filters,
      asOf,
      isSettled: isSettled(until, now),
      isUnderWay: isUnderWay(period, now),
      received: whole.counts.submitted ?? 0,
      figures: QUALITY_KPIS.map((id) => ({ id, figure: figures[id], before: then[id] })),
      rules: await rulesOf(parts, whole.rules),
      reasons: whole.reasons,
      months: months.map(({ month, all }) => ({
        month,
        received: all.counts.submitted ?? 0,
        figures: qualityOf(all),
      })),
    };
  };
