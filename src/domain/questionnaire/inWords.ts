import type { AnswerLine, ChoiceField, Field, Step, StepContext } from './step.js';

export const NOT_GIVEN = 'Non précisé';

const labelOf = (field: ChoiceField, value: string): string => {
  const choices = [...field.groups.flatMap((group) => group.choices), ...(field.none ? [field.none] : [])];
  return choices.find((choice) => choice.value === value)?.label ?? value;
};

const lineOf = (field: Field, value: unknown): AnswerLine => {
  const line = { field: field.name, question: field.inSummary ?? field.label };
  if (value === undefined || value === null || value === '') return { ...line, value: null, answer: NOT_GIVEN };
  if (Array.isArray(value)) {
    const values = value.map(String);
    const labels = values.map((one) => (field.kind === 'checkboxes' ? labelOf(field, one) : one));
    return { ...line, value: values, answer: labels.join(' ; ') };
  }
  const text = String(value);
  if (field.kind === 'radios' || field.kind === 'select') return { ...line, value: text, answer: labelOf(field, text) };
  if (field.kind === 'tick') return { ...line, value: text, answer: 'Oui' };
  return { ...line, value: text, answer: text };
};

const isHidden = (field: Field, values: Record<string, unknown>): boolean =>
  field.kind === 'text' && field.onlyIfOther === true && values[field.name] === undefined;

/** The answers to one step, question by question, in the words of the page. */
export const answersInWords = (step: Step, values: Record<string, unknown>, context: StepContext): AnswerLine[] => {
  if (step.inWords) return step.inWords(values, context);
  const shown = step.fields(context).filter((field) => !isHidden(field, values));
  return shown.map((field) => lineOf(field, values[field.name]));
};
