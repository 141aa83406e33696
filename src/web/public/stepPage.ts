import { communeCandidates, communeInWords, formerNameFor } from '../../domain/questionnaire/communeChoice.js';
import { type Journey, previousStep, progressAt } from '../../domain/questionnaire/journey.js';
import type { Field, Step, StepContext } from '../../domain/questionnaire/step.js';
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
const communeChoice = (typed: string, { territory }: StepContext): FieldWording => ({
  kind: 'radios',
  name: 'commune',
  label: 'Laquelle est-ce ?',
  groups: [
    {
      choices: communeCandidates(territory, typed).map((commune) => {
        const choice = { value: commune.code, label: communeInWords(commune) };
        const former = formerNameFor(commune, typed);
        return former ? { ...choice, hint: `Anciennement ${former}` } : choice;
      }),
    },
  ],
});

/** The commune of an answer that holds; what is to be put right has none yet. */
const communeChosen = ({ context, values, errors }: Shown): FieldModel['chosen'] => {
  const code = values['commune'];
  const known = typeof code === 'string' && Object.keys(errors).length === 0;
  const commune = known ? context.territory.commune(code) : undefined;
  return commune ? { code: commune.code, inWords: communeInWords(commune) } : null;
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

/** The view model of views/public/step.ejs, the same for every step. */
export const stepPage = (step: Step, shown: Shown): PageModel => {
  const { journey, context, values, errors, changing } = shown;
  const fields = fieldsShown(step.fields(context), shown);
  const { position, total } = progressAt(journey, step.slug);
  const isOneQuestion = fields.length === 1;
  return {
    title: `Étape ${position} sur ${total} : ${step.question[context.language]}`,
    progress: `Étape ${position} sur ${total}`,
    heading: isOneQuestion ? null : step.question[context.language],
    help: step.help?.[context.language] ?? null,
    back: backOf(step, shown),
    action: changing ? paths.change(step.slug) : paths.step(step.slug),
    button: changing ? 'Enregistrer' : 'Continuer',
    later: paths.later(),
    privacy: fields.some((field) => field.name === 'consent') ? paths.privacy() : null,
    fields: fields.map((field) => {
      const model = fieldModel(field, values, errors, { asHeading: isOneQuestion });
      return field.kind === 'commune' ? { ...model, chosen: communeChosen(shown) } : model;
    }),
    errors: errorSummary(
      errors,
      fields.map((field) => field.name),
    ),
  };
};
