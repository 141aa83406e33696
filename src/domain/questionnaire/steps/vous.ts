import Joi from 'joi';
import type { HolderKind } from '../facts.js';
import type { Choice, Step } from '../step.js';

const WORDS: Record<HolderKind, { label: string; hint?: string }> = {
  'future-founder': {
    label: 'Je prépare une activité',
    hint: 'Vous n’avez pas encore d’entreprise',
  },
  company: { label: 'J’ai une entreprise, ou j’y travaille' },
  student: { label: 'Je fais des études' },
  researcher: { label: 'Je travaille dans la recherche' },
  association: { label: 'J’agis pour une association ou une coopérative' },
  'public-body': { label: 'J’agis pour une commune ou un organisme public' },
  other: { label: 'Autre situation' },
};

const kinds = Object.keys(WORDS) as HolderKind[];
const choices: Choice[] = kinds.map((kind) => ({ value: kind, ...WORDS[kind] }));
const question = 'Qui êtes-vous ?';

export const vous: Step = {
  slug: 'vous',
  question: { fr: question, en: question },
  fields: () => [
    {
      kind: 'radios',
      name: 'holderKind',
      label: question,
      hint: 'Pas besoin d’avoir une entreprise.',
      groups: [{ choices }],
      schema: Joi.string()
        .valid(...kinds)
        .required()
        .messages({ '*': 'Choisissez la réponse qui vous ressemble le plus.' }),
    },
  ],
};
