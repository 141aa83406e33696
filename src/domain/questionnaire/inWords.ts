import { inLanguage, type Language, type Words } from '../territory/language.js';
import type { AnswerLine, ChoiceField, Field, Step, StepContext } from './step.js';

export const NOT_GIVEN: Words = { fr: 'Non précisé', en: 'Not given' };
const TICKED: Words = { fr: 'Oui', en: 'Yes' };
const BETWEEN: Words = { fr: ' ; ', en: '; ' };

const labelOf = (field: ChoiceField, value: string): string => {
  const choices = [...field.groups.flatMap((group) => group.choices), ...(field.none ? [field.none] : [])];
  return choices.find((choice) => choice.value === value)?.label ?? value;
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const lineOf = (field: Field, value: unknown, language: Language): AnswerLine => {
  const say = inLanguage(language);
  const line = { field: field.name, question: field.inSummary ?? field.label };
  if (isEmpty(value)) return { ...line, value: null, answer: field.whenEmpty ?? say(NOT_GIVEN) };
  if (Array.isArray(value)) {
    const values = value.map(String);
    const labels = values.map((one) => (field.kind === 'checkboxes' ? labelOf(field, one) : one));
    return { ...line, value: values, answer: labels.join(say(BETWEEN)) };
  }
  const text = String(value);
  if (field.kind === 'radios' || field.kind === 'select') return { ...line, value: text, answer: labelOf(field, text) };
  if (field.kind === 'tick') return { ...line, value: text, answer: say(TICKED) };
  return { ...line, value: text, answer: text };
};

const isHidden = (field: Field, values: Record<string, unknown>): boolean =>
  field.kind === 'text' && field.onlyIfOther === true && values[field.name] === undefined;

/** The answers to one step, question by question, in the words of the page. */
export const answersInWords = (step: Step, values: Record<string, unknown>, context: StepContext): AnswerLine[] => {
  if (step.inWords) return step.inWords(values, context);
  const shown = step.fields(context).filter((field) => !isHidden(field, values));
  return shown.map((field) => lineOf(field, values[field.name], context.language));
};
