import Joi from 'joi';
import { REROUTE_REASONS, type RerouteReason } from '../../domain/referrals/lifecycle.js';
import type { Services } from '../../services.js';
import { CHOSEN_PARTNER, type ChosenPartner, chosenPartner, heardPartner } from '../chosenPartner.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { choicesOf, oneOf, VERSION, WORDS, WORDS_MAX } from './openAct.js';
import { nextPartners, partnerFields } from './partnerChoices.js';

const WHY: FieldWording[] = [
  { kind: 'radios', name: 'reason', label: 'Pourquoi ?', groups: [{ choices: choicesOf(REROUTE_REASONS) }] },
  {
    kind: 'textarea',
    name: 'words',
    label: 'Vos mots pour ce partenaire',
    hint: 'Par exemple : ce que la personne vous a dit.',
    optional: true,
    rows: 3,
    max: WORDS_MAX,
  },
];

interface Values extends ChosenPartner {
  reason: RerouteReason;
  words?: string;
}
const FORM = Joi.object<Values & { version: number }>({
  version: VERSION,
  ...CHOSEN_PARTNER,
  reason: oneOf(REROUTE_REASONS, 'Choisissez une raison.'),
  words: WORDS,
});

/** Sending a project on to another partner. */
export const rerouteScreen = (services: Services) => {
  const { territory } = services;
  const form: ActForm<Values> = {
    act: 'reroute',
    done: 'reorientation',
    schema: FORM,
    heard: heardPartner,
    page: (sheet) => ({
      title: 'Réorienter ce projet',
      help: 'L’autre partenaire le reçoit aussitôt, avec un nouveau délai. La personne sait par e-mail qui va la contacter.',
      button: 'Réorienter ce projet',
      fields: [
        ...partnerFields('Vers quel partenaire ?', nextPartners(sheet, territory), {
          territory,
          never: [sheet.partner.id],
        }),
        ...WHY,
      ],
      isDanger: true,
    }),
    send: (seen, values) =>
      services.rerouteReferral(seen, { to: chosenPartner(values), reason: values.reason, words: values.words ?? null }),
  };
  return actScreen(services, form);
};
