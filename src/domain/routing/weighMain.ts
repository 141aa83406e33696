import type { Partner } from '../territory/territory.js';
import { evaluate } from './conditions.js';
import type { RuleTrace } from './decision.js';
import { declares, type Seen, stageFits } from './facts.js';
import type { Rule } from './rule.js';
import { resolveTarget } from './targets.js';
import { partnerName, typeset } from './wording.js';

/** A rule tried on a project: its verdict and the partners that it designates (it gives points only when true). */
export interface Tried {
  rule: Rule;
  trace: RuleTrace;
  partners: Partner[];
  presumed: number;
}

/** Tries one rule. Partners are resolved even when it does not hold, to say afterwards why a desk was not chosen. */
export function tryRule(rule: Rule, seen: Seen): Tried {
  const { verdict, conditions, presumed } = evaluate(rule.when, seen);
  const fires = verdict === 'true';
  const partners = fires || rule.role === 'main' ? resolveTarget(rule, seen) : [];
  const designated = fires || 'family' in rule.to || 'partner' in rule.to ? partners : [];
  const trace: RuleTrace = {
    rule: rule.id,
    label: rule.label,
    verdict,
    conditions,
    partner: designated[0]?.id ?? null,
    role: rule.role,
    points: fires && partners.length > 0 ? rule.weight : 0,
  };
  return { rule, trace, partners: designated, presumed };
}

/** One row of trace for each partner that the rule designates, at least one. */
export function tracesOf(tried: Tried): RuleTrace[] {
  if (tried.partners.length < 2) return [tried.trace];
  return tried.partners.map((partner) => ({ ...tried.trace, partner: partner.id }));
}

export interface Ranked {
  partner: Partner;
  points: number;
}

/** The partners to which these rules gave points, most points first; same points: the directory's order. */
export function rank(tries: Tried[], seen: Seen): Ranked[] {
  const points = new Map<string, number>();
  for (const { trace, partners } of tries) {
    if (trace.verdict !== 'true') continue;
    for (const { id } of partners) points.set(id, (points.get(id) ?? 0) + trace.points);
  }
  return seen.territory.partners
    .filter((partner) => points.has(partner.id))
    .map((partner) => ({ partner, points: points.get(partner.id) ?? 0 }))
    .sort((a, b) => b.points - a.points);
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
  const tied = ranked.filter(({ points }) => best.points - points < tieMargin);
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
