import type { Choice, ChoiceField, ChoiceGroup, Field } from '../domain/questionnaire/step.js';
import type { Language } from '../domain/territory/language.js';
import { charactersLeft } from './charactersLeft.js';
import type { FieldErrors } from './parseForm.js';

type WithoutSchema<T> = T extends unknown ? Omit<T, 'schema'> : never;

/** The wording of a field, as a step or a staff form states it. */
export type FieldWording = WithoutSchema<Field>;

interface ChoiceModel extends Choice {
  id: string;
  checked: boolean;
  /** Ticking it unticks the others. */
  isNone: boolean;
}

/** Everything that views/components/field.ejs shows of one field. */
export interface FieldModel {
  kind: Field['kind'];
  name: string;
  id: string;
  label: string;
  hint: string | null;
  error: string | null;
  /** Ids of the hint, the message and the count, for aria-describedby; null when there are none. */
  describedBy: string | null;
  optional: boolean;
  /** The label is the heading of the page. */
  asHeading: boolean;
  value: string;
  groups: { title: string | null; choices: ChoiceModel[] }[];
  type: string;
  autocomplete: string | null;
  /** Which keyboard a telephone shows; left out: that of the type. */
  inputmode?: 'numeric';
  max: number | null;
  /** How many characters are left; null when they are not counted. */
  count: string | null;
  rows: number;
  tick: string | null;
  checked: boolean;
  onlyIfOther: boolean;
  /** The commune already chosen, so that it is told from its homonyms; null when there is none. */
  chosen: { code: string; inWords: string } | null;
}

const listOf = (value: unknown): string[] => {
  if (value === undefined || value === null || value === false) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
};

const groupsOf = (field: FieldWording, chosen: string[]): FieldModel['groups'] => {
  if (!('groups' in field)) return [];
  const { none } = field as ChoiceField;
  const groups: ChoiceGroup[] = none ? [...field.groups, { choices: [none] }] : field.groups;
  const first = groups[0]?.choices[0]?.value;
  return groups.map(({ title, choices }) => ({
    title: title ?? null,
    choices: choices.map((choice) => ({
      ...choice,
      // The error summary links to #name: that must be the first choice.
      id: choice.value === first ? field.name : `${field.name}-${choice.value}`,
      checked: chosen.includes(choice.value),
      isNone: choice.value === none?.value,
    })),
  }));
};

const isCounted = (field: FieldWording): boolean =>
  field.kind === 'textarea' || (field.kind === 'text' && field.counted === true);

const countOf = (field: FieldWording, typed: string, language: Language): string | null =>
  isCounted(field) && 'max' in field && field.max ? charactersLeft(field.max, typed, language) : null;

const describedBy = (field: FieldWording, error: string | undefined): string | null => {
  const ids = [
    field.hint && `${field.name}-hint`,
    error && `${field.name}-error`,
    isCounted(field) && `${field.name}-count`,
  ];
  return ids.filter(Boolean).join(' ') || null;
};

/** One field with what was typed or stored, and its message: ready for views/components/field.ejs. */
export const fieldModel = (
  field: FieldWording,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
  { asHeading = false, language = 'fr' }: { asHeading?: boolean; language?: Language } = {},
): FieldModel => {
  const chosen = listOf(values[field.name]);
  const error = errors[field.name];
  return {
    kind: field.kind,
    name: field.name,
    id: field.name,
    label: field.label,
    hint: field.hint ?? null,
    error: error ?? null,
    describedBy: describedBy(field, error),
    optional: field.optional ?? false,
    asHeading,
    value: chosen[0] ?? '',
    groups: groupsOf(field, chosen),
    type: field.kind === 'text' ? field.type : 'text',
    autocomplete: field.kind === 'text' ? (field.autocomplete ?? null) : null,
    max: 'max' in field ? (field.max ?? null) : null,
    count: countOf(field, chosen[0] ?? '', language),
    rows: field.kind === 'textarea' ? field.rows : 0,
    tick: field.kind === 'tick' ? field.tick : null,
    checked: chosen.length > 0,
    onlyIfOther: field.kind === 'text' && field.onlyIfOther === true,
    chosen: null,
  };
};

/** The messages of a form in the order of its fields, for views/components/errorSummary.ejs. */
export const errorSummary = (errors: FieldErrors, order: string[]): { href: string; text: string }[] =>
  Object.entries(errors)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, text]) => ({ href: `#${name}`, text }));
