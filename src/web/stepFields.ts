import { communeCandidates, communeInWords, formerNameFor } from '../domain/questionnaire/communeChoice.js';
import type { Field, Step, StepContext } from '../domain/questionnaire/step.js';
import { inLanguage } from '../domain/territory/language.js';
import { type FieldModel, type FieldWording, fieldModel } from './fieldModel.js';
import type { FieldErrors } from './parseForm.js';

interface Shown {
  context: StepContext;
  /** What was stored, or what was typed when it must be put right. */
  values: Record<string, unknown>;
  errors: FieldErrors;
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

/** The fields of a step with what was answered, for every page that asks it. `asHeading`: a single one names the page. */
export const stepFields = (step: Step, shown: Shown, { asHeading = false } = {}): FieldModel[] => {
  const { context, values, errors } = shown;
  const fields = fieldsShown(step.fields(context), shown);
  return fields.map((field) => {
    const options = { asHeading: asHeading && fields.length === 1, language: context.language };
    const model = fieldModel(field, values, errors, options);
    return field.kind === 'commune' ? { ...model, chosen: communeChosen(shown) } : model;
  });
};
