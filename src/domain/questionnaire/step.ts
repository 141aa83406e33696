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
  /**
   * Kept only once those before it are answered: its fields look at other answers, or an e-mail is owed for it. Left out: kept
   * whenever it is sent, and counts when its turn comes.
   */
  onlyInTurn?: true;
  /** What the page sends beside its fields: a choice that appears only when the answer is ambiguous. */
  hidden?: Record<string, Joi.Schema>;
  /** A rule over several fields of the page, and its messages; may complete the values. */
  together?: (context: Omit<StepContext, 'answers'>) => Joi.CustomValidator;
  messages?: (context: Omit<StepContext, 'answers'>) => Record<string, string>;
  /** Left out: one line a field. */
  inWords?: (values: Record<string, unknown>, context: StepContext) => AnswerLine[];
}

/** Fields made for different answers that are kept, at most; each is a few kilobytes. */
const KEPT = 500;

/**
 * Fields that look at other answers: `lookedAt` says at which, in a word. Schemas are slow to make, so those made last are kept.
 */
export const madeFor = (
  lookedAt: (answers: Answers) => string,
  make: (context: StepContext) => Field[],
): Step['fields'] => {
  const ofTerritory = new WeakMap<Territory, Map<string, Field[]>>();
  return ({ answers, territory, language, atCounter = false }) => {
    const made = ofTerritory.get(territory) ?? new Map<string, Field[]>();
    ofTerritory.set(territory, made);
    const key = `${language} ${atCounter} ${lookedAt(answers)}`;
    const known = made.get(key);
    if (known) return known;
    if (made.size >= KEPT) made.clear();
    const fields = make({ answers, territory, language, atCounter });
    made.set(key, fields);
    return fields;
  };
};

/** Fields that are the same whatever was answered: made once a territory. */
export const madeOnce = (make: (context: Omit<StepContext, 'answers'>) => Field[]): Step['fields'] =>
  madeFor(() => '', make);

/** By the fields that they are made of. */
const schemas = new WeakMap<Field[], Joi.ObjectSchema>();

/** The schema of a whole step, made of its fields. The same one judges what is typed and what was stored earlier. */
export const schemaOf = (step: Step, context: StepContext): Joi.ObjectSchema => {
  const fields = step.fields(context);
  const known = schemas.get(fields);
  if (known) return known;
  const { hidden, together, messages } = step;
  const each = Joi.object({ ...Object.fromEntries(fields.map((field) => [field.name, field.schema])), ...hidden });
  const schema = together ? each.custom(together(context)).messages(messages?.(context) ?? {}) : each;
  schemas.set(fields, schema);
  return schema;
};
