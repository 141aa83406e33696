import { FACTS } from '../../../domain/routing/factTable.js';
import type { FieldErrors, Typed } from '../../parseForm.js';
import { comparisonOf, hasValues, takes } from './conditionRows.js';
import {
  type ConditionGroup,
  type ConditionNode,
  type ConditionRow,
  GROUP_MODES,
  type GroupMode,
  PLACE,
  type RowSubject,
} from './conditionTree.js';

/**
 * How a condition travels in a form: `node` lists its rows and groups from top to bottom ("0|mainNeed", "1|group",
 * "1-0|stage"), and the fields of each bear its path. The buttons of the form say what to change in the tree.
 */
export const ROOT = 'root';
const MOST_NODES = 60;
const DEEPEST = 12;

const isSubject = (text: string): text is RowSubject => text === PLACE || Object.hasOwn(FACTS, text);
const textOf = (typed: Typed, name: string): string => [typed[name] ?? ''].flat()[0]?.trim() ?? '';
const listOf = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat();
const modeOf = (text: string): GroupMode => (Object.hasOwn(GROUP_MODES, text) ? (text as GroupMode) : 'all');
export const below = (path: string, index: number): string => (path === ROOT ? String(index) : `${path}-${index}`);

/** The tree that was typed. What is not one of ours is left out; the rest is kept as it was typed, right or wrong. */
export const readTree = (typed: Typed): ConditionGroup => {
  const root = groupOf(typed, ROOT);
  const known = new Map<string, ConditionNode>([[ROOT, root]]);
  for (const line of listOf(typed, 'node').slice(0, MOST_NODES)) {
    const [path = '', what = ''] = line.split('|');
    const parent = known.get(path.includes('-') ? path.slice(0, path.lastIndexOf('-')) : ROOT);
    if (!/^\d+(-\d+)*$/.test(path) || parent?.kind !== 'group' || path.split('-').length > DEEPEST) continue;
    if (what !== 'group' && !isSubject(what)) continue;
    const node = what === 'group' ? groupOf(typed, path) : rowOf(typed, path, what);
    known.set(path, node);
    parent.of.push(node);
  }
  return root;
};

const groupOf = (typed: Typed, path: string): ConditionGroup => ({
  kind: 'group',
  mode: modeOf(textOf(typed, `mode-${path}`)),
  presumed: textOf(typed, `presumed-${path}`) !== '',
  of: [],
});

const rowOf = (typed: Typed, path: string, subject: RowSubject): ConditionRow => {
  const { op, negated, value } = comparisonOf(subject, textOf(typed, `op-${path}`));
  return {
    kind: 'row',
    subject,
    op,
    negated,
    presumed: textOf(typed, `presumed-${path}`) !== '',
    values: value === null ? listOf(typed, `values-${path}`) : [value],
    from: textOf(typed, `from-${path}`),
    to: textOf(typed, `to-${path}`),
  };
};

/** A new row as it is added: nothing chosen yet, so that nothing is said that nobody meant. */
const newNode = (what: string): ConditionNode | null => {
  if (what === 'group') return { kind: 'group', mode: 'any', presumed: false, of: [] };
  if (!isSubject(what)) return null;
  const { op, negated, value } = comparisonOf(what, '');
  const values = value === null ? [] : [value];
  return { kind: 'row', subject: what, op, negated, presumed: false, values, from: '', to: '' };
};

const groupAt = (root: ConditionGroup, path: string): ConditionGroup | null => {
  if (path === ROOT) return root;
  let here: ConditionNode | undefined = root;
  for (const index of path.split('-')) here = here?.kind === 'group' ? here.of[Number(index)] : undefined;
  return here?.kind === 'group' ? here : null;
};

/** What a button of the form does to the tree ("add:1", "up:1-0"); false when it does nothing to it. */
export const changeTree = (root: ConditionGroup, typed: Typed, act: string): boolean => {
  const [verb = '', path = ''] = act.split(':');
  if (verb === 'add') return add(groupAt(root, path), textOf(typed, `add-${path}`));
  const cut = path.lastIndexOf('-');
  const siblings = groupAt(root, cut < 0 ? ROOT : path.slice(0, cut))?.of;
  const index = Number(path.slice(cut + 1));
  if (!siblings?.[index]) return false;
  if (verb === 'drop') siblings.splice(index, 1);
  else if (verb === 'up') swap(siblings, index, index - 1);
  else if (verb === 'down') swap(siblings, index, index + 1);
  else return false;
  return true;
};

const add = (group: ConditionGroup | null, what: string): boolean => {
  const node = newNode(what);
  if (group && node) group.of.push(node);
  return group !== null;
};

const swap = (list: ConditionNode[], one: number, other: number): void => {
  const [first, second] = [list[one], list[other]];
  if (first && second) [list[one], list[other]] = [second, first];
};

const NUMBER = /^-?\d+([.,]\d+)?$/;

/** Every row of a tree with its path, from top to bottom. */
export const rowsOf = (group: ConditionGroup, path = ROOT): { path: string; row: ConditionRow }[] =>
  group.of.flatMap((node, index) => {
    const place = below(path, index);
    return node.kind === 'group' ? rowsOf(node, place) : [{ path: place, row: node }];
  });

const emptyGroups = (group: ConditionGroup, path = ROOT): string[] => [
  ...(group.of.length === 0 ? [path] : []),
  ...group.of.flatMap((node, index) => (node.kind === 'group' ? emptyGroups(node, below(path, index)) : [])),
];

/** What is missing in the tree, by the field that it is missing from. */
export const faultsOfTree = (tree: ConditionGroup): FieldErrors => ({
  ...Object.fromEntries(emptyGroups(tree).map((path) => [`add-${path}`, path === ROOT ? EMPTY.root : EMPTY.group])),
  ...Object.fromEntries(rowsOf(tree).flatMap(({ path, row }) => Object.entries(faultsOfRow(row, path)))),
});

const EMPTY = {
  root: 'Ajoutez au moins une condition.',
  group: 'Ajoutez une condition à ce groupe, ou retirez-le.',
};

const faultsOfRow = (row: ConditionRow, path: string): FieldErrors => {
  const asked = takes(row);
  if (asked === 'values' && row.values.length === 0 && hasValues(row.subject)) {
    return { [`values-${path}`]: 'Cochez au moins une réponse.' };
  }
  if (asked !== 'numbers' || row.op === 'isKnown') return {};
  const errors: FieldErrors = {};
  if (!NUMBER.test(row.from)) errors[`from-${path}`] = 'Écrivez un nombre.';
  if (row.op === 'between' && !NUMBER.test(row.to)) errors[`to-${path}`] = 'Écrivez un second nombre.';
  else if (row.op === 'between' && numberOf(row.to) < numberOf(row.from))
    errors[`to-${path}`] = 'Écrivez un nombre plus grand que le premier.';
  return errors;
};

const numberOf = (text: string): number => Number(text.replace(',', '.'));
