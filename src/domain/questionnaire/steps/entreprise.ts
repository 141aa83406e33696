import Joi from 'joi';
import { inLanguage } from '../../territory/language.js';
import type { HolderKind } from '../facts.js';
import { siretNumber } from '../siret.js';
import { madeOnce, type Step } from '../step.js';
import { line } from '../written.js';

/** Who may have an organisation; a student or a future founder is not asked. */
const MAY_HAVE_ONE: readonly HolderKind[] = ['company', 'association', 'public-body', 'researcher', 'other'];
const NAME_MAX = 120;

export const entreprise: Step = {
  slug: 'entreprise',
  question: { fr: 'Votre entreprise ou votre organisme', en: 'Your company or organisation' },
  help: {
    fr: 'Vous pouvez laisser ces deux réponses vides.',
    en: 'You can leave both answers empty.',
  },
  isAsked: ({ vous }) => vous !== undefined && MAY_HAVE_ONE.includes(vous.holderKind),
  fields: madeOnce(({ language }) => {
    const say = inLanguage(language);
    return [
      {
        kind: 'text',
        type: 'text',
        name: 'organisation',
        label: say({ fr: 'Nom de l’entreprise ou de l’organisme', en: 'Name of the company or organisation' }),
        inSummary: say({ fr: 'Entreprise ou organisme', en: 'Company or organisation' }),
        autocomplete: 'organization',
        optional: true,
        schema: line(NAME_MAX)
          .empty(['', null])
          .default(null)
          .messages({
            '*': say({
              fr: `Écrivez ce nom en ${NAME_MAX} caractères au plus, ou laissez vide.`,
              en: `Write this name in ${NAME_MAX} characters at most, or leave empty.`,
            }),
          }),
      },
      {
        kind: 'text',
        type: 'text',
        name: 'siret',
        label: say({ fr: 'Numéro SIRET', en: 'SIRET number' }),
        inSummary: say({ fr: 'Numéro SIRET', en: 'SIRET number' }),
        hint: say({
          fr: '14 chiffres, écrits sur vos factures. Laissez vide si vous n’en avez pas, ou pas encore.',
          en: '14 digits, given to every business in France. Leave empty if you have none, or none yet.',
        }),
        optional: true,
        schema: Joi.string()
          .trim()
          .custom(siretNumber)
          .empty(['', null])
          .default(null)
          .messages({
            'siret.siren': say({
              fr: 'Ce numéro de 9 chiffres est un SIREN. Ajoutez les 5 chiffres qui le suivent sur vos factures, ou laissez vide.',
              en: 'This 9-digit number is a SIREN. Add the 5 digits that follow it on your invoices, or leave empty.',
            }),
            'siret.key': say({
              fr: 'Un chiffre de ce SIRET est faux. Comparez-le à celui de vos factures, ou laissez vide.',
              en: 'One digit of this SIRET is wrong. Compare it with the one on your invoices, or leave empty.',
            }),
            '*': say({
              fr: 'Écrivez les 14 chiffres du SIRET, ou laissez vide.',
              en: 'Write the 14 digits of the SIRET, or leave empty.',
            }),
          }),
      },
    ];
  }),
};
