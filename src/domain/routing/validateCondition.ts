import Joi from 'joi';
import { departmentName } from '../questionnaire/departments.js';
import type { Territory } from '../territory/territory.js';
import { FACT_IDS, FACTS, type FactId, type FactRow } from './factTable.js';
import { quoted } from './wording.js';

/** What is wrong in a condition, and where: "when.of[1].values[0]". */
export interface Fault {
  path: string;
  message: string;
}

const fact = Joi.string().required();
const list = Joi.array().items(Joi.string()).min(1).required();
const number = Joi.number().required();

/** One shape per operator: what must be there, and nothing else. */
const SHAPES: Record<string, Joi.ObjectSchema> = {
  all: Joi.object({ op: Joi.any(), of: Joi.array().min(1).required() }),
  any: Joi.object({ op: Joi.any(), of: Joi.array().min(1).required() }),
  not: Joi.object({ op: Joi.any(), of: Joi.object().required() }),
  presumed: Joi.object({ op: Joi.any(), of: Joi.object().required() }),
  equals: Joi.object({ op: Joi.any(), fact, value: Joi.any().required() }),
  in: Joi.object({ op: Joi.any(), fact, values: list }),
  contains: Joi.object({ op: Joi.any(), fact, values: list }),
  atLeast: Joi.object({ op: Joi.any(), fact, value: number }),
  atMost: Joi.object({ op: Joi.any(), fact, value: number }),
  between: Joi.object({ op: Joi.any(), fact, from: number, to: number.min(Joi.ref('from')) }),
  isKnown: Joi.object({ op: Joi.any(), fact }),
  inTerritory: Joi.object({ op: Joi.any(), places: list }),
};

/** The kinds of facts that each operator can read; `isKnown` reads them all. */
const KINDS: Record<string, FactRow['kind'][]> = {
  equals: ['choice', 'yes-no', 'number'],
  in: ['choice'],
  contains: ['list'],
  atLeast: ['number'],
  atMost: ['number'],
  between: ['number'],
  isKnown: ['choice', 'list', 'number', 'yes-no', 'text'],
};

/** Deeper than anything a person can read; keeps the walk bounded. */
const DEEPEST = 12;

/** What a condition may refer to where it stands. `after`: may it look at the decision itself? */
export interface Standing {
  territory: Territory;
  after: boolean;
}

/** All that is wrong in a condition; empty when it can be evaluated. Takes any JSON value. */
export function faultsOfCondition(value: unknown, path: string, standing: Standing, depth = 0): Fault[] {
  const condition = value as { op?: unknown; of?: unknown } | null;
  const shape = typeof condition?.op === 'string' ? SHAPES[condition.op] : undefined;
  if (shape === undefined) {
    return [{ path: `${path}.op`, message: `opérateur inconnu : ${quoted(String(condition?.op))}` }];
  }
  if (depth > DEEPEST) return [{ path, message: 'trop de conditions imbriquées' }];
  const { error } = shape.validate(condition, { convert: false });
  if (error)
    return [{ path: `${path}${joinPath(error.details[0]?.path ?? [])}`, message: 'valeur manquante ou mal écrite' }];
  if (Array.isArray(condition?.of)) {
    return condition.of.flatMap((one, i) => faultsOfCondition(one, `${path}.of[${i}]`, standing, depth + 1));
  }
  if (condition?.of !== undefined) return faultsOfCondition(condition.of, `${path}.of`, standing, depth + 1);
  return faultsOfLeaf(value as Leaf, path, standing);
}

interface Leaf {
  op: string;
  fact?: string;
  value?: unknown;
  values?: string[];
  places?: string[];
}

function faultsOfLeaf(leaf: Leaf, path: string, { territory, after }: Standing): Fault[] {
  if (leaf.places) {
    return faultsOfList(leaf.places, `${path}.places`, 'lieu inconnu', (place) => isPlace(place, territory));
  }
  if (!FACT_IDS.includes(leaf.fact as FactId)) {
    return [{ path: `${path}.fact`, message: `critère inconnu : ${quoted(String(leaf.fact))}` }];
  }
  const row: FactRow = FACTS[leaf.fact as FactId];
  if (row.after && !after) {
    return [{ path: `${path}.fact`, message: `${row.label} n’est connu qu’une fois la décision prise` }];
  }
  if (!KINDS[leaf.op]?.includes(row.kind)) {
    return [{ path: `${path}.op`, message: `l’opérateur ${quoted(leaf.op)} ne convient pas à ${row.label}` }];
  }
  if (leaf.op === 'equals') return isValueOf(row, leaf.value) ? [] : [unknownValue(`${path}.value`, leaf.value)];
  return faultsOfList(leaf.values ?? [], `${path}.values`, 'valeur inconnue', (one) => isValueOf(row, one));
}

function isValueOf(row: FactRow, value: unknown): boolean {
  if (row.kind === 'yes-no') return typeof value === 'boolean';
  if (row.kind === 'number') return typeof value === 'number';
  return 'values' in row && typeof value === 'string' && Object.hasOwn(row.values, value);
}

const isPlace = (place: string, territory: Territory): boolean =>
  Object.hasOwn(territory.places, place) || territory.epci(place) !== undefined || departmentName(place) !== place;

const unknownValue = (path: string, value: unknown): Fault => ({
  path,
  message: `valeur inconnue : ${quoted(String(value))}`,
});

const faultsOfList = (values: string[], path: string, what: string, isKnown: (value: string) => boolean): Fault[] =>
  values.flatMap((value, i) =>
    isKnown(value) ? [] : [{ path: `${path}[${i}]`, message: `${what} : ${quoted(value)}` }],
  );

/** [ 'of', 1, 'values' ] as ".of[1].values". */
export const joinPath = (path: (string | number)[]): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
