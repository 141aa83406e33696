import type { Territory } from '../territory/territory.js';
import type { Answers, StepSlug } from './answers.js';
import { type Step, schemaOf } from './step.js';
import { STEPS } from './steps/index.js';

/** Where a project holder stands in the questionnaire. Derived from the answers alone, each time, here only. */
export interface Journey {
  /** The steps that make sense with these answers, in order. */
  asked: readonly Step[];
  completed: ReadonlySet<StepSlug>;
  /** The first step without a good answer; null when everything is answered. */
  missing: Step | null;
}

/** `atCounter`: staff enter it for somebody, who may have no e-mail address. */
export interface Entry {
  atCounter?: boolean;
}

const isComplete = (step: Step, answers: Answers, territory: Territory, entry: Entry): boolean => {
  const values = answers[step.slug];
  if (values === undefined) return false;
  // Whether an answer holds does not depend on the language in which its faults would be told.
  const context = { answers, territory, language: 'fr', ...entry } as const;
  const { error } = schemaOf(step, context).validate(values, { stripUnknown: true });
  return error === undefined;
};

/** The steps that make sense with these answers, in order. */
export const askedSteps = (answers: Answers, territory: Territory): readonly Step[] =>
  STEPS.filter((step) => step.isAsked?.(answers, territory) ?? true);

/** A stored answer counts only while it still holds beside the others: that is how a change reopens what depends on it. */
export const journeyOf = (answers: Answers, territory: Territory, entry: Entry = {}): Journey => {
  const asked = askedSteps(answers, territory);
  const done = asked.filter((step) => isComplete(step, answers, territory, entry));
  const completed = new Set(done.map((step) => step.slug));
  return { asked, completed, missing: asked.find((step) => !completed.has(step.slug)) ?? null };
};

const positionOf = (journey: Journey, slug: StepSlug): number => journey.asked.findIndex((step) => step.slug === slug);

/** A step may be seen when it is asked and everything before it is answered. */
export const mayVisit = (journey: Journey, slug: StepSlug): boolean => {
  const position = positionOf(journey, slug);
  return position >= 0 && journey.asked.slice(0, position).every((step) => journey.completed.has(step.slug));
};

/**
 * The step after this one; null means "check your answers". Somebody who has been to the end once only meets what a
 * change reopened.
 */
export const nextStep = (journey: Journey, slug: StepSlug): Step | null => {
  const last = journey.asked.at(-1);
  const hasBeenToTheEnd = last !== undefined && journey.completed.has(last.slug);
  if (hasBeenToTheEnd) return journey.missing;
  return journey.asked[positionOf(journey, slug) + 1] ?? journey.missing;
};

/** The step before this one; null for the first. */
export const previousStep = (journey: Journey, slug: StepSlug): Step | null =>
  journey.asked[positionOf(journey, slug) - 1] ?? null;

/** "Étape 3 sur 8": both numbers. */
export const progressAt = (journey: Journey, slug: StepSlug): { position: number; total: number } => ({
  position: positionOf(journey, slug) + 1,
  total: journey.asked.length,
});
