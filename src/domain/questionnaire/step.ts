import Joi from 'joi';
import type { Language, Words } from '../territory/language.js';
import type { Territory } from '../territory/territory.js';
import type { Answers, StepSlug } from './answers.js';

/** One possible answer of a closed question. */
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

export interface ChoiceGroup {
  title?: string;
  choices: Choice[];
}

interface AnyField {
  name: string;
  /** The question in full: kept beside the answer. */
  label: string;
  /** What the answer is called in a summary, when the question makes no sense away from its page. */
  inSummary?: string;
  hint?: string;
  optional?: boolean;
  /** What an empty answer means, in a summary; left out: "not given". */
  whenEmpty?: string;
  /** What may be answered, and the sentence that says what to do otherwise. */
  schema: Joi.Schema;
}

export interface ChoiceField extends AnyField {
  kind: 'radios' | 'checkboxes' | 'select';
  groups: ChoiceGroup[];
  /** A choice that excludes the others ("je ne sais pas encore"). */
  none?: Choice;
}

export interface TextField extends AnyField {
  kind: 'text';
  type: 'text' | 'email' | 'tel' | 'url' | 'date' | 'time';
  autocomplete?: string;
  max?: number;
  /** Says how many characters are left of `max`. */
  counted?: boolean;
  /** Shown only when the choice "other" of the same page is ticked. */
  onlyIfOther?: boolean;
}

export interface TextareaField extends AnyField {
  kind: 'textarea';
  rows: number;
  max: number;
}

export interface NumberField extends AnyField {
  kind: 'number';
}

export interface CommuneField extends AnyField {
  kind: 'commune';
}

export interface TickField extends AnyField {
  kind: 'tick';
  /** What the box says; the label is the question behind it. */
  tick: string;
}

export type Field = ChoiceField | TextField | TextareaField | NumberField | CommuneField | TickField;

/** What a step may look at besides its own answer. */
export interface StepContext {
  answers: Answers;
  territory: Territory;
  /** In which the questions are asked, and their faults told. */
  language: Language;
  /** Staff type what somebody says: an e-mail address is not needed when there is a telephone. */
  atCounter?: boolean;
}

/** An answer in words, as "check your answers" shows it and as the project keeps it. */
export interface AnswerLine {
  field: string;
  question: string;
  value: string | string[] | null;
  answer: string;
}

/** One page of the questionnaire: its wording and its rules together. */
export interface Step {
  slug: StepSlug;
  question: Words;
  help?: Words;
  /** Left out: always asked. */
  isAsked?: (answers: Answers, territory: Territory) => boolean;
  fields: (context: StepContext) => Field[];
  /** What the page sends beside its fields: a choice that appears only when the answer is ambiguous. */
  hidden?: Record<string, Joi.Schema>;
  /** A rule over several fields of the page, and its messages; may complete the values. */
  together?: (context: StepContext) => Joi.CustomValidator;
  messages?: (context: StepContext) => Record<string, string>;
  /** Left out: one line a field. */
  inWords?: (values: Record<string, unknown>, context: StepContext) => AnswerLine[];
}

/** Fields that are the same whatever was answered: schemas are slow to make, so they are made once a territory. */
export const madeOnce = (make: (context: Omit<StepContext, 'answers'>) => Field[]): Step['fields'] => {
  const ofTerritory = new WeakMap<Territory, Map<string, Field[]>>();
  return ({ territory, language, atCounter = false }) => {
    const made = ofTerritory.get(territory) ?? new Map<string, Field[]>();
    ofTerritory.set(territory, made);
    const key = `${language} ${atCounter}`;
    const fields = made.get(key) ?? make({ territory, language, atCounter });
    made.set(key, fields);
    return fields;
  };
};

/** By the fields that they are made of. */
const schemas = new WeakMap<Field[], Joi.ObjectSchema>();

const schemaOfFields = (fields: Field[], hidden: Step['hidden']): Joi.ObjectSchema => {
  const known = schemas.get(fields);
  if (known) return known;
  const schema = Joi.object({ ...Object.fromEntries(fields.map((field) => [field.name, field.schema])), ...hidden });
  schemas.set(fields, schema);
  return schema;
};

/** The schema of a whole step, made of its fields. The same one judges what is typed and what was stored earlier. */
export const schemaOf = (step: Step, context: StepContext): Joi.ObjectSchema => {
  const schema = schemaOfFields(step.fields(context), step.hidden);
  return step.together ? schema.custom(step.together(context)).messages(step.messages?.(context) ?? {}) : schema;
};
