import { type Journey, previousStep, progressAt } from '../../domain/questionnaire/journey.js';
import type { Step, StepContext } from '../../domain/questionnaire/step.js';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import { errorSummary } from '../fieldModel.js';
import type { FieldErrors } from '../parseForm.js';
import type { PageModel } from '../renderPage.js';
import { stepFields } from '../stepFields.js';

interface Shown {
  journey: Journey;
  context: StepContext;
  /** What was stored, or what was typed when it must be put right. */
  values: Record<string, unknown>;
  errors: FieldErrors;
  /** Opened from "check your answers". */
  changing: boolean;
}

const backOf = (step: Step, { journey, changing }: Shown): string => {
  if (changing) return paths.check();
  const previous = previousStep(journey, step.slug);
  return previous ? paths.step(previous.slug) : paths.home();
};

/** What the page says around the fields of its step. */
const wordsAround = (step: Step, { journey, context, changing }: Shown) => {
  const say = inLanguage(context.language);
  const { position, total } = progressAt(journey, step.slug);
  const progress = say({ fr: `Étape ${position} sur ${total}`, en: `Step ${position} of ${total}` });
  const question = say(step.question);
  return {
    title: say({ fr: `${progress}\u00a0: ${question}`, en: `${progress}: ${question}` }),
    progress,
    question,
    help: step.help ? say(step.help) : null,
    button: changing ? say({ fr: 'Enregistrer', en: 'Save' }) : say({ fr: 'Continuer', en: 'Continue' }),
  };
};

/** The view model of views/public/step.ejs and its English twin, the same for every step. */
export const stepPage = (step: Step, shown: Shown): PageModel => {
  const { errors, changing } = shown;
  const fields = stepFields(step, shown, { asHeading: true });
  const { question, ...around } = wordsAround(step, shown);
  return {
    ...around,
    heading: fields.length === 1 ? null : question,
    back: backOf(step, shown),
    action: changing ? paths.change(step.slug) : paths.step(step.slug),
    later: paths.later(),
    privacy: fields.some((field) => field.name === 'consent') ? paths.privacy() : null,
    fields,
    errors: errorSummary(
      errors,
      fields.map((field) => field.name),
    ),
  };
};
