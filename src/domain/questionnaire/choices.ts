import type { Language, Words } from '../territory/language.js';
import type { Choice } from './step.js';

/** The words of one possible answer, with what may help to recognise it. */
export type ChoiceWords = Words & { hint?: Words };

/** One choice, said in this language. */
export const choiceIn = (language: Language, value: string, words: ChoiceWords): Choice => {
  const choice = { value, label: words[language] };
  return words.hint ? { ...choice, hint: words.hint[language] } : choice;
};

/** Choices from a table of words by value, in the order of the table. */
export const choicesIn = (language: Language, table: Readonly<Record<string, ChoiceWords>>): Choice[] =>
  Object.entries(table).map(([value, words]) => choiceIn(language, value, words));
