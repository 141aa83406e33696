import Joi from 'joi';
import { inLanguage, type Language, type Words } from '../territory/language.js';
import type { Field } from './step.js';

/** The longest that mail servers take (RFC 5321). */
const LONGEST = 254;

/** The question about an e-mail address, under the name "email", wherever it is asked. `hint`: what for. `optional`: null when left empty. */
export const emailAddress = (language: Language, hint: Words, { optional = false } = {}): Field => {
  const say = inLanguage(language);
  const missing = say({ fr: 'Écrivez votre adresse e-mail.', en: 'Write your e-mail address.' });
  const wrong = say({
    fr: 'Vérifiez l’adresse e-mail. Elle ressemble à «\u00a0prenom.nom@exemple.fr\u00a0».',
    en: 'Check the e-mail address. It looks like “firstname.surname@example.org”.',
  });
  const address = Joi.string().trim().max(LONGEST).email({ tlds: false });
  return {
    kind: 'text',
    type: 'email',
    name: 'email',
    label: say({ fr: 'Votre adresse e-mail', en: 'Your e-mail address' }),
    hint: say(hint),
    autocomplete: 'email',
    ...(optional && { optional }),
    schema: (optional ? address.empty(['', null]).default(null) : address.required()).messages({
      'any.required': missing,
      'string.empty': missing,
      '*': wrong,
    }),
  };
};
