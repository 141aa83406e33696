import Joi from 'joi';
import { NEED_IDS } from '../territory/needs.js';
import type { Territory } from '../territory/territory.js';
import type { Ruleset, Target } from './rule.js';
import { type Fault, faultsOfCondition, joinPath } from './validateCondition.js';
import { quoted } from './wording.js';

/** One thing to correct. `rule`: the id of the row it is in, or its place in the list; null for the ruleset as a whole. */
export interface RulesetFault extends Fault {
  rule: string | null;
}

const NEED_CHOICES = ['mainNeed', 'otherNeeds', ...NEED_IDS];
const FAMILIES = ['cci', 'metropole', 'university', 'territoire-industrie'];

const text = Joi.string().min(1).max(500).required();
const condition = Joi.object().unknown().required();
const row = {
  id: Joi.string()
    .pattern(/^[a-z0-9-]{1,60}$/)
    .required(),
  label: text,
  sentence: text,
  when: condition,
};
const share = Joi.number().min(0).max(1).required();

const target = Joi.alternatives(
  Joi.object({ partner: Joi.string().required(), anywhere: Joi.boolean() }),
  Joi.object({ family: Joi.valid(...FAMILIES).required(), anywhere: Joi.boolean() }),
  Joi.object({
    desksFor: Joi.valid(...NEED_CHOICES).required(),
    declared: Joi.valid('direct', 'fallback').required(),
    families: Joi.array().items(Joi.valid(...FAMILIES)),
  }),
  Joi.object({ relaysFor: Joi.valid(...NEED_CHOICES).required() }),
);

const schema = Joi.object({
  version: Joi.string().min(1).max(60).required(),
  gates: Joi.array()
    .items({ ...row, outcome: Joi.valid('triage', 'out_of_territory', 'rejected').required() })
    .required(),
  rules: Joi.array()
    .items({
      ...row,
      to: target.required(),
      role: Joi.valid('main', 'associated').required(),
      weight: Joi.number().min(0).max(100).required(),
    })
    .required(),
  doubts: Joi.array()
    .items({ ...row, penalty: share })
    .required(),
  settings: Joi.object({
    triageBelow: share,
    tieMargin: Joi.number().min(0).max(100).required(),
    maxAssociated: Joi.number().integer().min(0).max(10).required(),
    presumedPenalty: share,
    stagePenalty: Joi.number().min(0).max(100).required(),
  }).required(),
}).required();

/**
 * Says all that is wrong in a ruleset, in French, with the row and the path; an empty list means that it can be used.
 * Takes any JSON value (a draft, an import). Refuses unknown partners, needs, stages, facts, operators and places, a main
 * rule for a partner that is no desk, and two rows of the same id. Never throws.
 */
export function validateRuleset(value: unknown, territory: Territory): RulesetFault[] {
  const { error } = schema.validate(value, { abortEarly: false, convert: false });
  if (error) return error.details.map((detail) => shapeFault(value, detail.path));
  const ruleset = value as Ruleset;
  const faults: RulesetFault[] = [];
  const check = (rule: string, found: Fault[]): void => {
    faults.push(...found.map((fault) => ({ rule, ...fault })));
  };
  for (const gate of ruleset.gates) check(gate.id, faultsOfCondition(gate.when, 'when', { territory, after: false }));
  for (const rule of ruleset.rules) {
    check(rule.id, faultsOfCondition(rule.when, 'when', { territory, after: rule.role === 'associated' }));
    check(rule.id, faultsOfTarget(rule.to, rule.role, territory));
  }
  for (const doubt of ruleset.doubts)
    check(doubt.id, faultsOfCondition(doubt.when, 'when', { territory, after: true }));
  return [...faults, ...repeatedIds(ruleset)];
}

function faultsOfTarget(to: Target, role: 'main' | 'associated', territory: Territory): Fault[] {
  if (!('partner' in to)) return [];
  const partner = territory.partner(to.partner);
  if (!partner) return [{ path: 'to.partner', message: `partenaire inconnu : ${quoted(to.partner)}` }];
  if (partner.role === 'inactive') return [{ path: 'to.partner', message: `${partner.name} n’est plus actif` }];
  if (role === 'main' && partner.role !== 'desk') {
    return [{ path: 'to.partner', message: `${partner.name} ne peut être qu’associé` }];
  }
  return [];
}

function repeatedIds({ gates, rules, doubts }: Ruleset): RulesetFault[] {
  const ids = [...gates, ...rules, ...doubts].map(({ id }) => id);
  const repeated = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...repeated].map((id) => ({ rule: id, path: 'id', message: 'deux lignes portent le même nom' }));
}

/** A fault of shape, with the id of its row when the row has one. */
function shapeFault(value: unknown, path: (string | number)[]): RulesetFault {
  const [table, position, ...rest] = path;
  const message = 'valeur manquante, inconnue ou mal écrite';
  if (typeof position !== 'number') return { rule: null, path: joinPath(path).slice(1), message };
  const id = (value as Record<string, { id?: unknown }[]>)[String(table)]?.[position]?.id;
  const rule = typeof id === 'string' ? id : `${table}[${position}]`;
  return { rule, path: joinPath(rest).slice(1), message };
}
