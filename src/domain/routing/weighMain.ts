import type { Partner, Territory } from '../territory/territory.js';
import { type Judgement, prepareCondition, type SeenCondition, type Trial } from './conditions.js';
import type { RuleTrace } from './decision.js';
import { declares, type Seen, stageFits } from './facts.js';
import type { Fixed, Plan } from './plans.js';
import type { Rule } from './rule.js';
import { prepareSentence, type Sentence } from './sentences.js';
import { type Designation, prepareTarget } from './targets.js';
import { partnerName, quoted, typeset } from './wording.js';

/** A rule made ready to be tried on many projects. */
export interface PreparedRule {
  rule: Rule;
  try: Trial;
  designate: Designation;
  /** Does the target name partners even when the rule does not hold, to say afterwards why a desk was not chosen? */
  namesAnyway: boolean;
  sentence: Sentence;
  /** What another desk reads that has the need in its missions too: this rule prefers that partner. */
  priority: (main: Partner) => string;
}

/** A rule tried on a project: its verdict and the partners that it designates (it gives points only when true). */
export interface Tried {
  prepared: PreparedRule;
  judgement: Judgement;
  conditions: SeenCondition[];
  partners: readonly Partner[];
  fixed: Fixed | null;
}

export function prepareRule(rule: Rule, territory: Territory, shared: Map<string, Trial>): PreparedRule {
  const prefers = typeset(`A aussi ce besoin dans ses missions. La règle ${quoted(rule.label)} donne la priorité à `);
  return {
    rule,
    try: prepareCondition(rule.when, territory, shared),
    designate: prepareTarget(rule, territory),
    namesAnyway: rule.role === 'main' && ('family' in rule.to || 'partner' in rule.to),
    sentence: prepareSentence(rule.sentence),
    priority: (main) => `${prefers}${typeset(partnerName(main))}.`,
  };
}

const NOBODY: readonly Partner[] = [];

/**
 * Tries rules, in their order. `told`: keep them all, with what each condition saw and whom the rule would have
 * designated; otherwise only those that hold.
 */
export function tryRules(rules: PreparedRule[], plan: Plan, seen: Seen, told: boolean): Tried[] {
  const tries: Tried[] = [];
  for (let i = 0; i < rules.length; i += 1) {
    const prepared = rules[i]!;
    const fixed = plan[i] ?? null;
    const conditions = fixed?.conditions ?? [];
    const judgement = fixed?.judgement ?? prepared.try(seen, told ? conditions : null);
    const holds = judgement.verdict === 'true';
    if (!holds && !told) continue;
    const partners = holds || prepared.namesAnyway ? prepared.designate(seen) : NOBODY;
    tries.push({ prepared, judgement, conditions, partners, fixed });
  }
  return tries;
}

/** Adds to `trace` one row for each partner that each rule designates, at least one. */
export function traceRules(tries: Tried[], trace: RuleTrace[]): void {
  for (const tried of tries) {
    if (tried.partners.length === 0) trace.push(traceOf(tried, null));
    else for (const { id } of tried.partners) trace.push(traceOf(tried, id));
  }
}

function traceOf({ prepared: { rule }, judgement, conditions, fixed }: Tried, partner: string | null): RuleTrace {
  const known = fixed?.traces.get(partner);
  if (known !== undefined) return known;
  const row: RuleTrace = {
    rule: rule.id,
    label: rule.label,
    verdict: judgement.verdict,
    conditions,
    partner,
    role: rule.role,
    points: judgement.verdict === 'true' && partner !== null ? rule.weight : 0,
  };
  if (fixed !== null) fixed.traces.set(partner, Object.freeze(row));
  return row;
}

/** Did this rule give points to this partner? */
export const gavePointsTo = ({ judgement, partners }: Tried, partner: Partner): boolean =>
  judgement.verdict === 'true' && partners.includes(partner);

/** The heaviest rule that gave points to this partner, the first of equals. */
export function heaviestFor(partner: Partner, tries: Tried[]): PreparedRule | null {
  let heaviest: PreparedRule | null = null;
  for (const tried of tries) {
    const { prepared } = tried;
    if (gavePointsTo(tried, partner) && (heaviest === null || prepared.rule.weight > heaviest.rule.weight))
      heaviest = prepared;
  }
  return heaviest;
}

export interface Ranked {
  partner: Partner;
  points: number;
}

/** The partners to which these rules gave points, most points first; same points: the directory's order. */
export function rank(tries: Tried[], places: ReadonlyMap<Partner, number>): Ranked[] {
  const ranked: Ranked[] = [];
  for (const { judgement, partners, prepared } of tries) {
    if (judgement.verdict !== 'true') continue;
    for (const partner of partners) {
      const known = ranked.find((one) => one.partner === partner);
      if (known) known.points += prepared.rule.weight;
      else ranked.push({ partner, points: prepared.rule.weight });
    }
  }
  const place = (one: Ranked): number => places.get(one.partner) ?? 0;
  return ranked.sort((a, b) => b.points - a.points || place(a) - place(b));
}

export interface Choice {
  main: Ranked | null;
  /** Points ahead of the next desk; null when there is none. */
  lead: number | null;
  tieBreak: string | null;
}

/**
 * The first of the ranking. Two desks closer than `tieMargin` points are told apart by their missions, then by the
 * stage of the project; when nothing tells them apart, nobody is chosen and a person decides.
 */
export function choose(ranked: Ranked[], tieMargin: number, seen: Seen): Choice {
  const best = ranked[0];
  if (best === undefined) return { main: null, lead: null, tieBreak: null };
  const tied = ranked.filter(({ points }) => best.points - points < tieMargin || points === best.points);
  if (tied.length === 1) return { main: best, lead: ranked[1] ? best.points - ranked[1].points : null, tieBreak: null };
  const names = tied.map(({ partner }) => partnerName(partner)).join(' et ');
  const criteria: [string, (one: Ranked) => boolean][] = [
    ['ce besoin est dans ses missions', ({ partner }) => declares(partner, seen.needs[0]) === 'direct'],
    ['ce stade d’avancement est dans ses missions', ({ partner }) => stageFits(partner, seen) === true],
  ];
  for (const [why, suits] of criteria) {
    const [main, ...others] = tied.filter(suits);
    if (main && others.length === 0) {
      return {
        main,
        lead: 0,
        tieBreak: typeset(`À égalité : ${names}. Retenu : ${partnerName(main.partner)}, car ${why}.`),
      };
    }
  }
  return { main: null, lead: 0, tieBreak: typeset(`À égalité : ${names}. Une personne choisit.`) };
}
