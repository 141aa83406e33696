import type { Answers } from '../../domain/questionnaire/answers.js';
import { journeyOf, progressAt } from '../../domain/questionnaire/journey.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { paths } from '../../paths.js';

export interface Standing {
  /** Nothing is answered yet. */
  isEmpty: boolean;
  /** The first page that is not answered. */
  href: string;
  /** The question there, and its place; null when only sending is left. */
  next: { position: number; total: number; question: string } | null;
}

/** Where a questionnaire was left. */
export const standingOf = (answers: Answers, territory: Territory, language: Language): Standing => {
  const journey = journeyOf(answers, territory);
  const { missing } = journey;
  return {
    isEmpty: journey.completed.size === 0,
    href: missing ? paths.step(missing.slug) : paths.check(),
    next: missing && { ...progressAt(journey, missing.slug), question: inLanguage(language)(missing.question) },
  };
};
