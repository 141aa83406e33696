import type { Territory } from '../../../domain/territory/territory.js';
import type { FieldErrors } from '../../parseForm.js';
import { below, ROOT } from './conditionForm.js';
import {
  codeOf,
  comparisonsOf,
  hasNumbers,
  hasValues,
  subjectChoices,
  subjectInWords,
  takes,
  unitOf,
  valuesOf,
} from './conditionRows.js';
import { type ConditionGroup, type ConditionNode, type ConditionRow, GROUP_MODES } from './conditionTree.js';

interface Drawing {
  territory: Territory;
  errors: FieldErrors;
}

const MOST_SHOWN = 4;

const summaryOf = (labels: string[]): string => {
  if (labels.length === 0) return 'Rien n’est coché : choisir';
  const more = labels.length - MOST_SHOWN;
  const shown = labels.slice(0, MOST_SHOWN).join(' ; ');
  return more > 0 ? `${shown} et ${more} autre${more > 1 ? 's' : ''}` : shown;
};

const rowModel = (row: ConditionRow, path: string, { territory, errors }: Drawing) => {
  const groups = hasValues(row.subject) ? valuesOf(row.subject, territory, row.values) : [];
  const chosen = groups.flatMap(({ values }) => values).filter(({ value }) => row.values.includes(value));
  return {
    subject: row.subject,
    title: subjectInWords(row.subject),
    comparisons: comparisonsOf(row).map((one) => ({ ...one, isChosen: one.code === codeOf(row) })),
    comparisonError: errors[`op-${path}`] ?? null,
    valuesError: errors[`values-${path}`] ?? null,
    summary: summaryOf(chosen.map(({ label }) => label)),
    isOpen: takes(row) === 'values' && chosen.length === 0,
    groups: groups.map(({ title, values }, place) => ({
      title,
      values: values.map((one, index) => ({
        ...one,
        id: place + index === 0 ? `values-${path}` : `values-${path}-${one.value}`,
        isChosen: row.values.includes(one.value),
      })),
    })),
    numbers: hasNumbers(row.subject)
      ? [
          { name: `from-${path}`, label: 'Nombre', value: row.from, error: errors[`from-${path}`] ?? null },
          {
            name: `to-${path}`,
            label: 'Second nombre, pour « entre »',
            value: row.to,
            error: errors[`to-${path}`] ?? null,
          },
        ]
      : [],
    unit: unitOf(row.subject),
  };
};

interface Place {
  path: string;
  /** "2.1", as people count. */
  number: string;
  isFirst: boolean;
  isLast: boolean;
}

const nodeModel = (node: ConditionNode, place: Place, drawing: Drawing): object => ({
  ...place,
  node: `${place.path}|${node.kind === 'group' ? 'group' : node.subject}`,
  presumed: node.presumed,
  group: node.kind === 'group' ? groupModel(node, place, drawing) : null,
  row: node.kind === 'row' ? rowModel(node, place.path, drawing) : null,
});

const groupModel = (group: ConditionGroup, { path, number }: Pick<Place, 'path' | 'number'>, drawing: Drawing) => ({
  path,
  number,
  modes: Object.entries(GROUP_MODES).map(([value, label]) => ({ value, label, isChosen: value === group.mode })),
  children: group.of.map((child, index) =>
    nodeModel(
      child,
      {
        path: below(path, index),
        number: number === '' ? String(index + 1) : `${number}.${index + 1}`,
        isFirst: index === 0,
        isLast: index === group.of.length - 1,
      },
      drawing,
    ),
  ),
  subjects: subjectChoices(),
  addError: drawing.errors[`add-${path}`] ?? null,
});

/** The whole condition, ready for views/manager/rules/condition.ejs. */
export const conditionModel = (root: ConditionGroup, drawing: Drawing) =>
  groupModel(root, { path: ROOT, number: '' }, drawing);

/** The names of the fields of a condition, from top to bottom, for the order of the messages. */
export const conditionNames = (group: ConditionGroup, path = ROOT): string[] => [
  ...group.of.flatMap((node, index) => {
    const place = below(path, index);
    if (node.kind === 'group') return conditionNames(node, place);
    return ['op', 'values', 'from', 'to'].map((part) => `${part}-${place}`);
  }),
  `add-${path}`,
];
