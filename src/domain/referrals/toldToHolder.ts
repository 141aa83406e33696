import type { Words } from '../territory/language.js';
import type { HelpKind, ReopenReason, RerouteReason, TriageCloseReason } from './lifecycle.js';

/** What staff choose from a list, as the holder reads it. Empty: there is nothing to say. */
const NOTHING: Words = { fr: '', en: '' };

export const REROUTED_BECAUSE: Record<RerouteReason, Words> = {
  'other-need': {
    fr: 'Votre besoin relève de ce partenaire.',
    en: 'This partner is the one for what you need.',
  },
  'other-place': {
    fr: 'Votre commune relève de ce partenaire.',
    en: 'This partner serves the place of your project.',
  },
  'after-call': {
    fr: 'Ce choix vient de votre échange avec la personne qui suivait votre projet.',
    en: 'This follows your conversation with the person who was dealing with your project.',
  },
  other: NOTHING,
};

export const HELP_GIVEN: Record<HelpKind, Words> = {
  advice: { fr: 'un conseil, un accompagnement', en: 'advice and support' },
  funding: { fr: 'une aide ou un financement', en: 'funding or financial help' },
  premises: { fr: 'un local ou un terrain', en: 'premises or land' },
  contact: { fr: 'un contact utile', en: 'a useful contact' },
  training: { fr: 'une formation ou un recrutement', en: 'training or recruitment' },
  other: NOTHING,
};

export const REOPENED_BECAUSE: Record<ReopenReason, Words> = {
  mistake: { fr: 'Nous l’avions terminé par erreur.', en: 'We had ended it by mistake.' },
  'holder-came-back': { fr: 'Vous nous avez recontactés.', en: 'You got in touch with us again.' },
  'new-fact': { fr: 'Il y a du nouveau.', en: 'Something has changed.' },
};

export const CLOSED_IN_TRIAGE_BECAUSE: Record<TriageCloseReason, Words> = {
  'no-partner': {
    fr: 'Aucun partenaire du territoire ne répond à votre besoin.',
    en: 'No partner of the territory covers your need.',
  },
  elsewhere: {
    fr: 'Un organisme d’un autre territoire peut vous aider.',
    en: 'An organisation of another territory can help you.',
  },
  'not-a-project': {
    fr: 'Votre message ne décrit pas un projet que ce service peut suivre.',
    en: 'Your message does not describe a project that this service can follow.',
  },
  unreachable: { fr: 'Nous n’avons pas réussi à vous joindre.', en: 'We did not manage to reach you.' },
};

/** The words for a code that an event carries; empty when it has none. */
export const toldFor = (table: Record<string, Words>, code: string | null | undefined): Words =>
  code && Object.hasOwn(table, code) ? (table[code] ?? NOTHING) : NOTHING;
