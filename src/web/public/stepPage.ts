import { communeCandidates, communeInWords, formerNameFor } from '../../domain/questionnaire/communeChoice.js';
import { type Journey, previousStep, progressAt } from '../../domain/questionnaire/journey.js';
import type { Field, Step, StepContext } from '../../domain/questionnaire/step.js';
import { inLanguage } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import { errorSummary, type FieldModel, type FieldWording, fieldModel } from '../fieldModel.js';
import type { FieldErrors } from '../parseForm.js';
import type { PageModel } from '../renderPage.js';

interface Shown {
  journey: Journey;
  context: StepContext;
  /** What was stored, or what was typed when it must be put right. */
  values: Record<string, unknown>;
  errors: FieldErrors;
  /** Opened from "check your answers". */
  changing: boolean;
}

/** The choice among communes that appears when several match what was typed. */
const communeChoice = (typed: string, { territory, language }: StepContext): FieldWording => {
  const say = inLanguage(language);
  const choices = communeCandidates(territory, typed).map((commune) => {
    const choice = { value: commune.code, label: communeInWords(commune, language) };
    const former = formerNameFor(commune, typed);
    return former ? { ...choice, hint: say({ fr: `Anciennement ${former}`, en: `Formerly ${former}` }) } : choice;
  });
  return {
    kind: 'radios',
    name: 'commune',
    label: say({ fr: 'Laquelle est-ce\u00a0?', en: 'Which one is it?' }),
    groups: [{ choices }],
  };
};

/** The commune of an answer that holds; what is to be put right has none yet. */
const communeChosen = ({ context, values, errors }: Shown): FieldModel['chosen'] => {
  const code = values['commune'];
  const known = typeof code === 'string' && Object.keys(errors).length === 0;
  const commune = known ? context.territory.commune(code) : undefined;
  return commune ? { code: commune.code, inWords: communeInWords(commune, context.language) } : null;
};

const fieldsShown = (fields: Field[], { context, values, errors }: Shown): FieldWording[] => {
  const typed = values['place'];
  if (errors['commune'] === undefined || typeof typed !== 'string') return fields;
  return fields.flatMap((field) => (field.kind === 'commune' ? [field, communeChoice(typed, context)] : [field]));
};

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
  const { context, values, errors, changing } = shown;
  const fields = fieldsShown(step.fields(context), shown);
  const { question, ...around } = wordsAround(step, shown);
  const isOneQuestion = fields.length === 1;
  return {
    ...around,
    heading: isOneQuestion ? null : question,
    back: backOf(step, shown),
    action: changing ? paths.change(step.slug) : paths.step(step.slug),
    later: paths.later(),
    privacy: fields.some((field) => field.name === 'consent') ? paths.privacy() : null,
    fields: fields.map((field) => {
      const model = fieldModel(field, values, errors, { asHeading: isOneQuestion, language: context.language });
      return field.kind === 'commune' ? { ...model, chosen: communeChosen(shown) } : model;
    }),
    errors: errorSummary(
      errors,
      fields.map((field) => field.name),
    ),
  };
};
