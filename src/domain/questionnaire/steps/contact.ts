import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import { ANY_TIME, CALL_TIMES } from '../callTimes.js';
import { choicesIn } from '../choices.js';
import { emailAddress } from '../emailAddress.js';
import { listOf } from '../listOf.js';
import { phoneNumber } from '../phone.js';
import { madeOnce, type Step } from '../step.js';
import { line } from '../written.js';

const NAME_MAX = 100;

/** Fault `contact.none`: nobody could be told anything. */
const reachable: Joi.CustomValidator<{ email: string | null; phone: string | null }> = (values, helpers) =>
  values.email || values.phone ? values : helpers.error('contact.none', {}, helpers.state.localize?.(['phone']));

export const contact: Step = {
  slug: 'contact',
  question: { fr: 'Comment vous joindre ?', en: 'How can we reach you?' },
  onlyInTurn: true,
  fields: madeOnce(({ language, atCounter = false }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'text',
        type: 'text',
        name: 'name',
        label: say({ fr: 'Votre prénom et votre nom', en: 'Your first name and surname' }),
        autocomplete: 'name',
        schema: line(NAME_MAX)
          .required()
          .messages({
            'string.max': say({
              fr: `Écrivez votre nom en ${NAME_MAX} caractères au plus.`,
              en: `Write your name in ${NAME_MAX} characters at most.`,
            }),
            '*': say({ fr: 'Écrivez votre prénom et votre nom.', en: 'Write your first name and surname.' }),
          }),
      },
      emailAddress(
        language,
        {
          fr: 'Nous vous y envoyons le nom de l’organisme qui vous aide.',
          en: 'We use it to tell you which organisation will help you.',
        },
        { optional: atCounter },
      ),
      {
        kind: 'text',
        type: 'tel',
        name: 'phone',
        label: say({ fr: 'Votre téléphone', en: 'Your phone number' }),
        hint: say({
          fr: 'Le plus simple pour parler de votre projet. Sans numéro, nous vous écrivons.',
          en: 'The easiest way to talk about your project. Without a number, we write to you.',
        }),
        autocomplete: 'tel',
        optional: true,
        schema: Joi.string()
          .trim()
          .max(30)
          .custom(phoneNumber)
          .empty(['', null])
          .default(null)
          .messages({
            '*': say({
              fr: 'Vérifiez le numéro de téléphone, par exemple 06 12 34 56 78, ou laissez vide.',
              en: 'Check the phone number, for example 06 12 34 56 78 or +44 20 7946 0018, or leave empty.',
            }),
          }),
      },
      {
        kind: 'checkboxes',
        name: 'when',
        label: say({ fr: 'À quel moment vous appeler ?', en: 'When should we call you?' }),
        hint: say({
          fr: 'Laissez vide si tout vous convient, du lundi au vendredi.',
          en: 'Leave empty if any time suits you, Monday to Friday.',
        }),
        whenEmpty: say(ANY_TIME),
        optional: true,
        groups: [{ choices: choicesIn(language, CALL_TIMES) }],
        schema: listOf(Object.keys(CALL_TIMES))
          .empty(['', null])
          .default([])
          .messages({
            '*': say({
              fr: 'Cochez un moment de la liste, ou n’en cochez aucun.',
              en: 'Tick a time in the list, or none.',
            }),
          }),
      },
      {
        kind: 'tick',
        name: 'consent',
        label: say({ fr: 'Accord pour transmettre le projet', en: 'Consent to pass the project on' }),
        tick: say({
          fr: 'J’accepte que mon projet et mes coordonnées soient transmis à l’organisme qui peut m’aider',
          en: 'I agree that my project and my contact details are passed on to the organisation that can help me',
        }),
        schema: Joi.string()
          .valid('yes')
          .required()
          .messages({
            '*': say({
              fr: 'Cochez cette case : sans votre accord, nous ne pouvons transmettre votre projet à personne.',
              en: 'Tick this box: without your consent we cannot pass your project on to anybody.',
            }),
          }),
      },
    ];
  }),
  together: () => reachable,
  messages: ({ language }) => ({
    'contact.none': inLanguage(language)({
      fr: 'Sans adresse e-mail, il faut un numéro de téléphone.',
      en: 'Without an e-mail address, a telephone number is needed.',
    }),
  }),
};
