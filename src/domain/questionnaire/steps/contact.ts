import Joi from 'joi';
import { normalisePhone } from '../phone.js';
import type { Step } from '../step.js';
import { line } from '../written.js';

const phone: Joi.CustomValidator<string> = (typed, helpers) => normalisePhone(typed) ?? helpers.error('phone.form');

export const contact: Step = {
  slug: 'contact',
  question: { fr: 'Comment vous joindre ?', en: 'How can we reach you?' },
  fields: () => [
    {
      kind: 'text',
      type: 'text',
      name: 'name',
      label: 'Votre prénom et votre nom',
      autocomplete: 'name',
      schema: line(100).required().messages({
        'string.max': 'Écrivez votre nom en 100 caractères au plus.',
        '*': 'Écrivez votre prénom et votre nom.',
      }),
    },
    {
      kind: 'text',
      type: 'text',
      name: 'organisation',
      label: 'Votre entreprise ou votre organisme',
      hint: 'Laissez vide si vous n’en avez pas.',
      autocomplete: 'organization',
      optional: true,
      schema: line(120).empty(['', null]).default(null).messages({
        '*': 'Écrivez ce nom en 120 caractères au plus, ou laissez vide.',
      }),
    },
    {
      kind: 'text',
      type: 'email',
      name: 'email',
      label: 'Votre adresse e-mail',
      hint: 'Nous vous y envoyons le nom de l’organisme qui vous aide.',
      autocomplete: 'email',
      schema: Joi.string().trim().max(254).email({ tlds: false }).required().messages({
        'string.email': 'Vérifiez l’adresse e-mail. Elle ressemble à « prenom.nom@exemple.fr ».',
        '*': 'Écrivez votre adresse e-mail.',
      }),
    },
    {
      kind: 'text',
      type: 'tel',
      name: 'phone',
      label: 'Votre téléphone',
      hint: 'Le plus simple pour parler de votre projet. Sans numéro, nous vous écrivons.',
      autocomplete: 'tel',
      optional: true,
      schema: Joi.string().trim().max(30).custom(phone).empty(['', null]).default(null).messages({
        '*': 'Vérifiez le numéro de téléphone, par exemple 06 12 34 56 78, ou laissez vide.',
      }),
    },
    {
      kind: 'tick',
      name: 'consent',
      label: 'Accord pour transmettre le projet',
      tick: 'J’accepte que mon projet et mes coordonnées soient transmis à l’organisme qui peut m’aider',
      schema: Joi.string().valid('yes').required().messages({
        '*': 'Cochez cette case : sans votre accord, nous ne pouvons transmettre votre projet à personne.',
      }),
    },
  ],
};
