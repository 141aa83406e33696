import Joi from 'joi';
import { STAGE_IDS, type Stage } from '../../territory/stages.js';
import type { Choice, Step } from '../step.js';

const WORDS: Record<Stage, { label: string; hint: string }> = {
  idea: { label: 'C’est une idée', hint: 'Rien n’est encore décidé' },
  creation: { label: 'Je démarre', hint: 'La structure se crée, ou vient d’être créée' },
  growth: { label: 'L’activité tourne et je la développe', hint: 'Nouveaux clients, nouveaux produits, travaux' },
  research: { label: 'Je cherche et je mets au point', hint: 'Essais, prototype, thèse, brevet' },
  industrialisation: { label: 'Je passe à la production', hint: 'Première série, nouvelle ligne, nouvelles machines' },
  settlement: { label: 'Je m’installe ou je déménage', hint: 'Un site à trouver, à construire ou à agrandir' },
  transfer: { label: 'Je transmets ou je reprends', hint: 'Départ à la retraite, vente, rachat' },
};

const choices: Choice[] = [
  ...STAGE_IDS.map((stage) => ({ value: stage, ...WORDS[stage] })),
  { value: 'unknown', label: 'Je ne sais pas', hint: 'Aucune de ces réponses ne convient' },
];

const question = 'Votre projet en est où ?';

export const avancement: Step = {
  slug: 'avancement',
  question: { fr: question, en: question },
  fields: () => [
    {
      kind: 'radios',
      name: 'stage',
      label: question,
      groups: [{ choices }],
      schema: Joi.string()
        .valid(...STAGE_IDS, 'unknown')
        .required()
        .messages({ '*': 'Choisissez ce qui ressemble le plus à votre situation.' }),
    },
  ],
};
