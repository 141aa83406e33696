import Joi from 'joi';
import { CONSENT_WAYS, type ConsentWay } from '../../../domain/referrals/referral.js';
import type { FieldWording } from '../../fieldModel.js';

const WAYS: ConsentWay[] = ['said', 'signed'];

/** Asked beside the box of the questionnaire, which the person cannot tick alone. */
export const CONSENT_FIELD: FieldWording = {
  kind: 'radios',
  name: 'how',
  label: 'Comment la personne a-t-elle donné cet accord\u00a0?',
  hint: 'Lisez-lui la phrase ci-dessus. Votre nom et l’heure sont gardés avec son accord.',
  groups: [{ choices: WAYS.map((value) => ({ value, label: CONSENT_WAYS[value] })) }],
};

export const CONSENT_FORM = Joi.object<{ how: ConsentWay }>({
  how: Joi.string()
    .valid(...WAYS)
    .required()
    .messages({ '*': 'Dites comment la personne a donné son accord.' }),
});
