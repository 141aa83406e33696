import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../domain/referrals/access.js';
import { analysing, type Finding } from '../../domain/routing/analyse.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { type RulesetFault, validateRuleset } from '../../domain/routing/validateRuleset.js';
import type { Territory } from '../../domain/territory/territory.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from './activeRuleset.js';
import { currentDraft, type RulesetDraft } from './currentDraft.js';
import { type MissedCase, missedCases } from './exampleCases.js';
import { checkRules } from './readRules.js';

/** A finding under a name that stays the same as long as what it is about does: reasons for warnings refer to it. */
export interface NamedFinding extends Finding {
  id: string;
}

export interface Checks {
  /** What keeps the ruleset from being used at all. */
  faults: RulesetFault[];
  findings: NamedFinding[];
  missed: MissedCase[];
  /** Nothing but warnings: it may be published, with a reason for each of them. */
  mayPublish: boolean;
}

type Needs = Pick<Parts, 'examples' | 'territory'>;

/** All that is to be known of a ruleset before it decides, beside the one that decides now. */
export const checkRuleset = async (
  { examples, territory }: Needs,
  ruleset: Ruleset,
  today: Ruleset,
): Promise<Checks> => {
  const faults = validateRuleset(ruleset, territory);
  if (faults.length > 0) return { faults, findings: [], missed: [], mayPublish: false };
  const findings = named(await findingsOn(ruleset, territory));
  const missed = missedCases(examples, { ruleset, today }, territory);
  const hasErrors = findings.some(({ level }) => level === 'error') || missed.some(({ regresses }) => regresses);
  return { faults, findings, missed, mayPublish: !hasErrors };
};

/** Rulesets of which the findings are remembered: the draft, what it was before, and what may be published again. */
const MOST_KNOWN = 4;
const known = new WeakMap<Territory, Map<string, Promise<Finding[]>>>();

/** Some seconds, unless these rules were analysed a moment ago, under whatever version. */
function findingsOn(ruleset: Ruleset, territory: Territory): Promise<Finding[]> {
  const byRules = known.get(territory) ?? new Map<string, Promise<Finding[]>>();
  const key = JSON.stringify({ ...ruleset, version: '' });
  const findings = byRules.get(key) ?? lettingOthersWork(analysing(ruleset, territory));
  byRules.delete(key);
  byRules.set(key, findings);
  for (const oldest of [...byRules.keys()].slice(0, -MOST_KNOWN)) byRules.delete(oldest);
  known.set(territory, byRules);
  return findings;
}

/** Runs to the end; requests that came in are answered at each pause. */
async function lettingOthersWork<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function named(findings: Finding[]): NamedFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const name = [finding.check, finding.rule, finding.partner].filter(Boolean).join(' ');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...finding, id: times === 1 ? name : `${name} ${times}` };
  });
}

/** Checks of a draft, worked out once for each of its revisions and of the versions it is compared to. */
export const draftChecks = (parts: Needs & { activeRuleset: ActiveRuleset }) => {
  let last: { key: string; checks: Promise<Checks> } | null = null;

  return async (draft: RulesetDraft): Promise<Checks> => {
    const today = await parts.activeRuleset();
    const key = `${draft.id} ${draft.revision} ${today.number}`;
    if (last?.key !== key) last = { key, checks: checkRuleset(parts, draft.ruleset, today.ruleset) };
    return last.checks;
  };
};
export type DraftChecks = ReturnType<typeof draftChecks>;

/** The draft with its checks. Throws NotFound when there is none. */
export const checkDraft =
  (parts: Pick<Parts, 'newId' | 'rulesetDrafts' | 'rulesets'> & { draftChecks: DraftChecks }) =>
  async (reader: Account): Promise<{ draft: RulesetDraft; checks: Checks }> => {
    checkRules(reader, 'seeRules');
    const draft = await currentDraft(parts)();
    if (!draft) throw new NotFound('Il n’y a pas de brouillon des règles.');
    return { draft, checks: await parts.draftChecks(draft) };
  };
