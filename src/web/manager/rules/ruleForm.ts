import Joi from 'joi';
import { FACTS } from '../../../domain/routing/factTable.js';
import type { Condition, Doubt, Gate, Rule } from '../../../domain/routing/rule.js';
import type { RuleTable } from '../../../domain/routing/rulesetInWords.js';
import type { RuleForm } from '../../../services/rules/applyAct.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { faultsOfTree, readTree, rowsOf } from './conditionForm.js';
import { type ConditionGroup, conditionOf, PLACE, treeOf } from './conditionTree.js';
import { readTarget, typedTarget } from './targetForm.js';

type AnyRule = Gate | Rule | Doubt;

/** What the form of a rule holds: its plain fields as typed, and its condition. */
export interface RuleTyped {
  table: RuleTable;
  typed: Typed;
  tree: ConditionGroup;
}

const text = (most: number, missing: string) =>
  Joi.string()
    .trim()
    .max(most)
    .required()
    .messages({ 'string.max': `Écrivez ${most} caractères au plus.`, '*': missing });

/** A number as people type it, with a comma or a point. */
const number = (from: number, to: number) => {
  const message = `Écrivez un nombre de ${from} à ${to}.`;
  return Joi.string()
    .trim()
    .replace(',', '.')
    .pattern(/^\d+(\.\d+)?$/)
    .custom((value: string, { error }) => (Number(value) < from || Number(value) > to ? error('any.invalid') : value))
    .required()
    .messages({ '*': message });
};

const COMMON = {
  label: text(200, 'Donnez un nom à cette règle.'),
  sentence: text(500, 'Écrivez la phrase que les personnes liront.'),
};
const choice = (values: string[], message: string) =>
  Joi.string()
    .valid(...values)
    .required()
    .messages({ '*': message });

const SCHEMAS: Record<RuleTable, Joi.ObjectSchema<Record<string, string>>> = {
  gates: Joi.object({
    ...COMMON,
    outcome: choice(['triage', 'out_of_territory', 'rejected'], 'Choisissez ce que la règle décide.'),
  }),
  rules: Joi.object({
    ...COMMON,
    to: Joi.string().required().messages({ '*': 'Choisissez à qui la règle envoie.' }),
    role: choice(['main', 'associated'], 'Choisissez le rôle du partenaire.'),
    weight: number(0, 100),
  }),
  doubts: Joi.object({ ...COMMON, penalty: number(0, 100) }),
};

/** A rule as the form shows it before anything is typed; an empty form for a new one. */
export const typedOf = (table: RuleTable, rule: AnyRule | null): RuleTyped => {
  if (rule === null) return { table, typed: EMPTY, tree: { kind: 'group', mode: 'all', presumed: false, of: [] } };
  const typed: Typed = { label: rule.label, sentence: rule.sentence };
  if ('outcome' in rule) typed['outcome'] = rule.outcome;
  if ('penalty' in rule) typed['penalty'] = String(Math.round(rule.penalty * 1000) / 10).replace('.', ',');
  if ('to' in rule) Object.assign(typed, typedTarget(rule.to), { role: rule.role, weight: commaOf(rule.weight) });
  return { table, typed, tree: treeOf(rule.when) };
};

const EMPTY: Typed = { role: 'main', weight: '10' };
const commaOf = (value: number): string => String(value).replace('.', ',');

/** What was posted, whatever it is worth. */
export const readTyped = (table: RuleTable, body: unknown): RuleTyped => {
  const typed = parseForm(Joi.object<Typed>().unknown(), body).values ?? {};
  return { table, typed, tree: readTree(typed) };
};

/** The rule that was typed, or one sentence for each field to put right. */
export const readRule = ({ table, typed, tree }: RuleTyped): { form: RuleForm } | { errors: FieldErrors } => {
  const plain = parseForm(SCHEMAS[table], typed);
  const errors = { ...plain.errors, ...faultsOfTree(tree), ...tooEarly(table, typed, tree) };
  const to = readTarget(typed);
  if (table === 'rules' && to === null) errors['to'] ??= 'Choisissez à qui la règle envoie.';
  if (!plain.values || Object.keys(errors).length > 0) return { errors };
  const { label = '', sentence = '', outcome, role, weight, penalty } = plain.values;
  const common = { label, sentence, when: conditionOf(tree) as Condition };
  if (table === 'gates') return { form: { table, ...common, outcome: outcome as Gate['outcome'] } };
  if (table === 'doubts') return { form: { table, ...common, penalty: Number(penalty) / 100 } };
  return { form: { table, ...common, to: to!, role: role as Rule['role'], weight: Number(weight) } };
};

/** What is known only once the main partner is cannot choose that partner. */
const tooEarly = (table: RuleTable, typed: Typed, tree: ConditionGroup): FieldErrors => {
  const isAfter = table === 'doubts' || (table === 'rules' && typed['role'] === 'associated');
  if (isAfter) return {};
  const early = rowsOf(tree).filter(({ row }) => row.subject !== PLACE && 'after' in FACTS[row.subject]);
  return Object.fromEntries(early.map(({ path }) => [`op-${path}`, TOO_EARLY]));
};

const TOO_EARLY =
  'On ne le sait qu’une fois le partenaire principal choisi. Retirez cette condition, ou choisissez le rôle « associé ».';
