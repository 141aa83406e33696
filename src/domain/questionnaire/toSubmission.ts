import { Invalid } from '../../errors.js';
import type { Language } from '../territory/language.js';
import type { Need } from '../territory/needs.js';
import type { Territory } from '../territory/territory.js';
import { type Answers, chosenNeeds } from './answers.js';
import type { RoutingFacts } from './facts.js';
import { answersInWords } from './inWords.js';
import { askedSteps, type Entry, journeyOf } from './journey.js';
import { sectorInWords } from './steps/activite.js';
import { QUESTIONNAIRE_VERSION } from './steps/index.js';
import type { AskedAnswer, Submission } from './submission.js';

/** Every question asked, with its answer in words. Those of the step "contact" are personal data. */
export const askedAnswers = (
  answers: Answers,
  territory: Territory,
  language: Language,
  entry: Entry = {},
): AskedAnswer[] =>
  askedSteps(answers, territory).flatMap((step) => {
    const values = answers[step.slug] ?? {};
    const lines = answersInWords(step, { ...values }, { answers, territory, language, ...entry });
    return lines.map((line) => ({ step: step.slug, ...line }));
  });

/** The main need first; with one need there is nothing to ask. */
const orderedNeeds = (answers: Answers): Need[] => {
  const needs = chosenNeeds(answers);
  const main = answers['besoin-principal']?.mainNeed;
  return main && needs.includes(main) ? [main, ...needs.filter((need) => need !== main)] : needs;
};

type Complete = Required<Omit<Answers, 'besoin-principal' | 'entreprise' | 'deja-en-contact'>>;

/** Without the answers to what another answer has made pointless since. */
const stillAsked = (answers: Answers, territory: Territory): Answers => {
  const asked = askedSteps(answers, territory).map((step) => [step.slug, answers[step.slug]]);
  return Object.fromEntries(asked);
};

const isWhole = (answers: Answers, territory: Territory, entry: Entry): answers is Answers & Complete =>
  journeyOf(answers, territory, entry).missing === null;

const factsOf = (answers: Answers & Complete): RoutingFacts => ({
  needs: orderedNeeds(answers),
  stage: answers.avancement.stage === 'unknown' ? null : answers.avancement.stage,
  commune: answers.lieu.commune,
  holderKind: answers.vous.holderKind,
  sector: sectorInWords(answers.activite),
  headcount: answers.activite.headcount,
  title: answers.projet.title,
  summary: answers.projet.summary,
});

/** The completed questionnaire, ready to be routed and kept. Throws Invalid while a step is missing. */
export const toSubmission = (
  given: Answers,
  territory: Territory,
  language: Language,
  entry: Entry = {},
): Submission => {
  const answers = stillAsked(given, territory);
  if (!isWhole(answers, territory, entry)) throw new Invalid('Une réponse manque : reprenez le questionnaire.');
  const { name, email, phone, when } = answers.contact;
  return {
    questionnaireVersion: QUESTIONNAIRE_VERSION,
    language,
    facts: factsOf(answers),
    organisation: answers.entreprise?.organisation ?? null,
    siret: answers.entreprise?.siret ?? null,
    link: answers.projet.link,
    inTouchWith: (answers['deja-en-contact']?.partners ?? []).filter((partner) => partner !== 'none'),
    contact: { name, email, phone, when },
    answers: askedAnswers(answers, territory, language, entry),
  };
};
