import Joi from 'joi';
import { DECLINE_REASONS, type DeclineReason } from '../../domain/referrals/lifecycle.js';
import type { Services } from '../../services.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { choicesOf, oneOf, VERSION, WORDS_MAX } from './openAct.js';

const FIELDS: FieldWording[] = [
  { kind: 'radios', name: 'reason', label: 'Pourquoi ?', groups: [{ choices: choicesOf(DECLINE_REASONS) }] },
  {
    kind: 'textarea',
    name: 'words',
    label: 'Une phrase pour la personne qui choisira le partenaire suivant',
    hint: 'Par exemple : qui pourrait aider, ce que vous savez déjà. Obligatoire pour «\u00a0Autre raison\u00a0».',
    rows: 3,
    max: WORDS_MAX,
  },
];

interface Values {
  reason: DeclineReason;
  words?: string;
}
const FORM = Joi.object<Values & { version: number }>({
  version: VERSION,
  reason: oneOf(DECLINE_REASONS, 'Choisissez une raison.'),
  words: Joi.string()
    .trim()
    .max(WORDS_MAX)
    .empty('')
    .when('reason', { is: Joi.invalid('other'), otherwise: Joi.required() })
    .messages({
      'string.max': `Écrivez ${WORDS_MAX} caractères au plus.`,
      '*': 'Dites en une phrase pourquoi vous refusez.',
    }),
});

/** Sending a project back, with a reason. */
export const declineScreen = (services: Services) => {
  const form: ActForm<Values> = {
    act: 'decline',
    done: 'refus',
    schema: FORM,
    page: () => ({
      title: 'Refuser ce projet',
      help: 'Il repart aussitôt vers une personne qui choisit un autre partenaire. Votre raison l’aide à bien choisir.',
      button: 'Refuser ce projet',
      fields: FIELDS,
      isDanger: true,
    }),
    send: (seen, { reason, words }) => services.declineReferral(seen, { reason, words: words ?? null }),
  };
  return actScreen(services, form);
};
