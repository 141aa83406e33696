import type { FactId } from '../../../domain/routing/factTable.js';
import type { Condition } from '../../../domain/routing/rule.js';

/**
 * A condition as the form shows it: groups of rows. A negation shows in the words of its row ("n’est pas") or in the mode
 * of its group ("aucune"), never as a row of its own. What is presumed when the answer is missing is a box to tick.
 */
export const GROUP_MODES = {
  all: 'toutes ces conditions',
  any: 'au moins une de ces conditions',
  none: 'aucune de ces conditions',
  notAll: 'pas toutes ces conditions à la fois',
} as const;
export type GroupMode = keyof typeof GROUP_MODES;

/** The territory is no fact of the table, yet it has its row. */
export const PLACE = 'place';
export type RowSubject = FactId | typeof PLACE;

type Elementary = Exclude<Condition, { op: 'all' | 'any' | 'not' | 'presumed' }>;
export type RowOperator = Elementary['op'];

export interface ConditionRow {
  kind: 'row';
  subject: RowSubject;
  op: RowOperator;
  negated: boolean;
  presumed: boolean;
  /** What was chosen in a list; "true" or "false" for a fact that is one or the other. */
  values: string[];
  /** Numbers as they were typed; `to` serves "between" alone. */
  from: string;
  to: string;
}

export interface ConditionGroup {
  kind: 'group';
  mode: GroupMode;
  presumed: boolean;
  of: ConditionNode[];
}

export type ConditionNode = ConditionRow | ConditionGroup;

const group = (mode: GroupMode, of: ConditionNode[], presumed = false): ConditionGroup => ({
  kind: 'group',
  mode,
  presumed,
  of,
});

/** The condition of a rule as a group of rows, which says exactly the same. */
export const treeOf = (condition: Condition): ConditionGroup => {
  const node = nodeOf(condition, false, false);
  return node.kind === 'group' && !node.presumed ? node : group('all', [node]);
};

const nodeOf = (condition: Condition, negated: boolean, presumed: boolean): ConditionNode => {
  switch (condition.op) {
    case 'all':
    case 'any': {
      const children = condition.of.map((one) => nodeOf(one, false, false));
      if (condition.op === 'all') return group(negated ? 'notAll' : 'all', children, presumed);
      return group(negated ? 'none' : 'any', children, presumed);
    }
    case 'not':
      return nodeOf(condition.of, !negated, presumed);
    case 'presumed':
      // "Not (presumed x)" is not "presumed (not x)": a group keeps the order.
      return negated ? group('none', [nodeOf(condition, false, false)], presumed) : nodeOf(condition.of, false, true);
    default:
      return rowOf(condition, negated, presumed);
  }
};

const rowOf = (leaf: Elementary, negated: boolean, presumed: boolean): ConditionRow => {
  const subject: RowSubject = leaf.op === 'inTerritory' ? PLACE : leaf.fact;
  const row: ConditionRow = { kind: 'row', subject, op: leaf.op, negated, presumed, values: [], from: '', to: '' };
  switch (leaf.op) {
    case 'equals':
      if (typeof leaf.value === 'boolean') return { ...row, negated: false, values: [String(leaf.value !== negated)] };
      return typeof leaf.value === 'number'
        ? { ...row, from: String(leaf.value) }
        : { ...row, values: [String(leaf.value)] };
    case 'in':
    case 'contains':
      return { ...row, values: leaf.values };
    case 'inTerritory':
      return { ...row, values: leaf.places };
    case 'atLeast':
    case 'atMost':
      return { ...row, from: String(leaf.value) };
    case 'between':
      return { ...row, from: String(leaf.from), to: String(leaf.to) };
    case 'isKnown':
      return row;
  }
};

/** The condition that a filled-in tree states: the contrary of `treeOf`. */
export const conditionOf = (root: ConditionGroup): Condition => {
  const [only, ...others] = root.of;
  return root.mode === 'all' && only && others.length === 0 ? stated(only) : stated(root);
};

const stated = (node: ConditionNode): Condition => {
  const { condition, negated } = node.kind === 'row' ? { condition: leafOf(node), negated: node.negated } : whole(node);
  const signed: Condition = negated ? { op: 'not', of: condition } : condition;
  return node.presumed ? { op: 'presumed', of: signed } : signed;
};

const whole = ({ mode, of }: ConditionGroup): { condition: Condition; negated: boolean } => {
  const children = of.map(stated);
  const [only] = children;
  if (mode === 'none' && only && children.length === 1) return { condition: only, negated: true };
  const op = mode === 'any' || mode === 'none' ? 'any' : 'all';
  return { condition: { op, of: children }, negated: mode === 'none' || mode === 'notAll' };
};

const leafOf = ({ subject, op, values, from, to }: ConditionRow): Condition => {
  if (subject === PLACE || op === 'inTerritory') return { op: 'inTerritory', places: values };
  const fact = subject;
  switch (op) {
    case 'equals':
      return equalsOf(fact, values, from);
    case 'in':
    case 'contains':
      return { op, fact, values };
    case 'atLeast':
    case 'atMost':
      return { op, fact, value: Number(from) };
    case 'between':
      return { op, fact, from: Number(from), to: Number(to) };
    case 'isKnown':
      return { op, fact };
  }
};

const equalsOf = (fact: FactId, values: string[], from: string): Condition => {
  const [first = '', ...more] = values;
  if (more.length > 0) return { op: 'in', fact, values };
  if (first === 'true' || first === 'false') return { op: 'equals', fact, value: first === 'true' };
  return { op: 'equals', fact, value: first === '' ? Number(from) : first };
};
