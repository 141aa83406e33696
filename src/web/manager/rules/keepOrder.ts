import type { Condition } from '../../../domain/routing/rule.js';
import { rowsOf } from './conditionForm.js';
import { type ConditionGroup, treeOf } from './conditionTree.js';

const keyOf = (values: string[]): string => [...values].sort().join('|');

/**
 * Boxes come back in the order of the page. Where the same ones are ticked as before, puts them in the order that the rule
 * had: a rule that is saved as it was must not show as changed.
 */
export const keepOrder = (tree: ConditionGroup, before: Condition): void => {
  const known = new Map(rowsOf(treeOf(before)).map(({ row: { values } }) => [keyOf(values), values]));
  for (const { row } of rowsOf(tree)) row.values = known.get(keyOf(row.values)) ?? row.values;
};
