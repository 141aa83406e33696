import type { Answers } from '../../../domain/questionnaire/answers.js';
import type { Step } from '../../../domain/questionnaire/step.js';
import { inLanguage } from '../../../domain/territory/language.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { paths } from '../../../paths.js';
import type { Entry } from '../../../services/counter/counterDrafts.js';
import { errorSummary, fieldModel } from '../../fieldModel.js';
import type { FieldErrors, Typed } from '../../parseForm.js';
import type { PageModel } from '../../renderPage.js';
import { stepFields } from '../../stepFields.js';
import { CONSENT_FIELD } from './consentField.js';
import { addressBefore, COUNTER_PAGES, type CounterPage, stepsAsked } from './counterPages.js';

interface Shown {
  territory: Territory;
  /** What was typed, when it must be put right. */
  typed?: Typed;
  errors?: FieldErrors;
}

export const contextOf = (answers: Answers, territory: Territory) =>
  ({ answers, territory, language: 'fr', atCounter: true }) as const;

const say = inLanguage('fr');

/** Several steps of the questionnaire, one section each. */
export const counterStepPage = (
  page: CounterPage,
  entry: Entry,
  { territory, typed, errors = {} }: Shown,
): PageModel => {
  const { answers } = entry;
  const sectionOf = (step: Step) => {
    const own = Object.fromEntries(step.fields(contextOf(answers, territory)).map(({ name }) => [name, errors[name]]));
    const values = { ...(typed ?? answers[step.slug]) };
    const wrong = Object.fromEntries(Object.entries({ ...own, commune: errors['commune'] }).filter(([, text]) => text));
    const fields = stepFields(step, { context: contextOf(answers, territory), values, errors: wrong as FieldErrors });
    const heading = fields.length === 1 ? null : say(step.question);
    return { heading, help: heading && step.help ? say(step.help) : null, fields };
  };
  const sections = stepsAsked(page, answers, territory).map(sectionOf);
  if (page.steps.includes('contact')) {
    const how = typed ?? { how: entry.consent?.how ?? (entry.channel === 'telephone' ? 'said' : '') };
    sections.push({ heading: null, help: null, fields: [fieldModel(CONSENT_FIELD, how, errors)] });
  }
  const names = sections.flatMap(({ fields }) => fields.map(({ name }) => name));
  return {
    title: `${page.title}, page ${COUNTER_PAGES.indexOf(page) + 1} sur ${COUNTER_PAGES.length}`,
    heading: page.title,
    progress: `Page ${COUNTER_PAGES.indexOf(page) + 1} sur ${COUNTER_PAGES.length}`,
    back: addressBefore(entry.id, page),
    action: paths.counterStep(entry.id, page.slug),
    sections,
    errors: errorSummary(errors, names),
  };
};
