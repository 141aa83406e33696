import Joi from 'joi';
import type { Partner, Territory } from '../domain/territory/territory.js';
import type { FieldWording } from './fieldModel.js';
import type { Typed } from './parseForm.js';
import { partnerInWords } from './projectWords.js';

/** The choice that means "one of the long list below". */
export const OTHER_PARTNER = 'other';

/** A partner, by one of the first choices or by the list. */
export interface ChosenPartner {
  partner: string;
  otherPartner?: string;
}

export const CHOSEN_PARTNER = {
  partner: Joi.string().max(100).required().messages({ '*': 'Choisissez un partenaire.' }),
  otherPartner: Joi.string()
    .empty('')
    .max(100)
    .when('partner', { is: Joi.invalid(OTHER_PARTNER), otherwise: Joi.required() })
    .messages({ '*': 'Choisissez un partenaire dans la liste.' }),
};

/** Whoever chooses a partner in the list and leaves the radios alone has said enough: it is another one. */
export const heardPartner = (typed: Typed = {}): Typed =>
  !typed['partner'] && typed['otherPartner'] ? { ...typed, partner: OTHER_PARTNER } : typed;

/** The id of the partner meant. */
export const chosenPartner = ({ partner, otherPartner }: ChosenPartner): string =>
  partner === OTHER_PARTNER ? (otherPartner ?? '') : partner;

/** The list of the others. */
export const otherPartnerField = (others: Partner[], territory: Territory): FieldWording => ({
  kind: 'select',
  name: 'otherPartner',
  label: 'Si c’est un autre, lequel ?',
  groups: [{ choices: others.map(({ id }) => ({ value: id, label: partnerInWords(id, territory) })) }],
});
