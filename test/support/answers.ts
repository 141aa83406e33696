import type { Answers } from '../../src/domain/questionnaire/answers.js';

/** A complete questionnaire: a dairy of Thiers that uses too much water. */
export const completeAnswers = (changes: Answers = {}): Answers => ({
  besoins: { needs: ['energy', 'water'] },
  'besoin-principal': { mainNeed: 'water' },
  avancement: { stage: 'growth' },
  vous: { holderKind: 'company' },
  lieu: { place: 'Thiers', commune: '63430', abroad: false },
  activite: { sector: 'food', headcount: 52 },
  projet: {
    title: 'Une laiterie qui pompe trop',
    summary: 'Nous cherchons à recycler les eaux de rinçage.',
    link: null,
  },
  entreprise: { organisation: null, siret: null },
  'deja-en-contact': { partners: ['none'] },
  contact: {
    name: 'Camille R.',
    email: 'camille@example.org',
    phone: '06 39 98 12 34',
    when: [],
    consent: 'yes',
  },
  ...changes,
});

/** The same answers up to a step, that one left out. */
export const answersBefore = (slug: keyof Answers, answers: Answers = completeAnswers()): Answers => {
  const entries = Object.entries(answers);
  return Object.fromEntries(
    entries.slice(
      0,
      entries.findIndex(([step]) => step === slug),
    ),
  );
};
