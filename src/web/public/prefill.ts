import type { Answers, StepSlug } from '../../domain/questionnaire/answers.js';
import { schemaOf } from '../../domain/questionnaire/step.js';
import { STEPS } from '../../domain/questionnaire/steps/index.js';
import type { Territory } from '../../domain/territory/territory.js';
import { parseForm } from '../parseForm.js';

/** The part of an address after "?", or a form that holds the same names. */
export type Given = Record<string, unknown>;

/** A code of the INSEE, else a name or a postal code. `lieu` is what a person typed: never taken for a code. */
const placeIn = ({ commune, lieu }: Given, territory: Territory): object | null => {
  const known = typeof commune === 'string' ? territory.commune(commune) : undefined;
  if (known) return { place: known.name, commune: known.code };
  const place = lieu ?? commune;
  return place ? { place } : null;
};

/**
 * What an address may answer beforehand, and under which names: nothing personal, and nothing in free words. What a site
 * that links to the desk has to know is on the page of the entry links.
 */
const FROM_ADDRESS: Partial<Record<StepSlug, (given: Given, territory: Territory) => object | null>> = {
  besoins: ({ besoin }) => (besoin ? { needs: besoin } : null),
  'besoin-principal': (given) => (given['besoin-principal'] ? { mainNeed: given['besoin-principal'] } : null),
  avancement: ({ avancement }) => (avancement ? { stage: avancement } : null),
  vous: ({ vous }) => (vous ? { holderKind: vous } : null),
  lieu: placeIn,
  activite: ({ activite, effectif }) =>
    activite && activite !== 'other' ? { sector: activite, headcount: effectif ?? '' } : null,
};

const NAMES = ['besoin', 'besoin-principal', 'avancement', 'vous', 'commune', 'lieu', 'activite', 'effectif'];

/** The answers that an address gives, each only if its step accepts it beside those before; the others are left out. */
export const prefilledAnswers = (given: Given, territory: Territory): Answers => {
  let answers: Answers = {};
  for (const step of STEPS) {
    const body = FROM_ADDRESS[step.slug]?.(given, territory);
    if (!body || !(step.isAsked?.(answers, territory) ?? true)) continue;
    const { values } = parseForm(schemaOf(step, { answers, territory, language: 'fr' }), body);
    if (values) answers = { ...answers, [step.slug]: values };
  }
  return answers;
};

/** The same names and values, for the hidden fields of a form that asks before it takes them. */
export const givenFields = (given: Given): { name: string; value: string }[] =>
  NAMES.flatMap((name) => [given[name] ?? []].flat().map((value) => ({ name, value: String(value) })));
