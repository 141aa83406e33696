import type { Answers, StepSlug } from '../../../domain/questionnaire/answers.js';
import type { Journey } from '../../../domain/questionnaire/journey.js';
import type { Step } from '../../../domain/questionnaire/step.js';
import { STEPS } from '../../../domain/questionnaire/steps/index.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';

export interface CounterPage {
  slug: string;
  title: string;
  steps: readonly StepSlug[];
}

/**
 * The questionnaire on fewer pages, for who types while somebody speaks. The questions, their order and their rules are
 * those of the questionnaire. A step that hangs on the answer to another is on a later page than that one.
 */
export const COUNTER_PAGES: readonly CounterPage[] = [
  { slug: 'besoin', title: 'Le besoin', steps: ['besoins'] },
  { slug: 'situation', title: 'La situation', steps: ['besoin-principal', 'avancement', 'vous', 'lieu'] },
  { slug: 'projet', title: 'Le projet', steps: ['activite', 'projet', 'entreprise', 'deja-en-contact'] },
  { slug: 'contact', title: 'La personne', steps: ['contact'] },
];

export const counterPage = (slug: string): CounterPage | undefined => COUNTER_PAGES.find((page) => page.slug === slug);

/** The page that asks this step. Every step has one. */
export const pageOfStep = (slug: StepSlug): CounterPage => {
  const page = COUNTER_PAGES.find(({ steps }) => steps.includes(slug));
  if (!page) throw new Error(`No page of the counter asks ${slug}`);
  return page;
};

/** The steps of a page that make sense with these answers, in the order of the questionnaire. */
export const stepsAsked = ({ steps }: CounterPage, answers: Answers, territory: Territory): Step[] =>
  STEPS.filter(({ slug, isAsked }) => steps.includes(slug) && (isAsked?.(answers, territory) ?? true));

/** May this page be seen? Everything asked on the pages before it is answered. */
export const mayOpen = (page: CounterPage, { missing }: Journey): boolean =>
  missing === null || COUNTER_PAGES.indexOf(pageOfStep(missing.slug)) >= COUNTER_PAGES.indexOf(page);

/** Where the entry goes on: the page of the first missing answer, or "check before sending". */
export const addressToGoOn = (entry: string, { missing }: Journey): string =>
  missing ? paths.counterStep(entry, pageOfStep(missing.slug).slug) : paths.counterCheck(entry);

/** The page before this one; the list of entries before the first. */
export const addressBefore = (entry: string, page: CounterPage): string => {
  const previous = COUNTER_PAGES[COUNTER_PAGES.indexOf(page) - 1];
  return previous ? paths.counterStep(entry, previous.slug) : paths.counter();
};
