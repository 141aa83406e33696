import type { RoutingDecision } from '../routing/decision.js';
import { type FreeText, readFreeText } from '../routing/solicitation.js';
import type { Flag } from './referral.js';

/**
 * What makes a submission suspect, or worth a second look: in words for managers. A flag never refuses anything, because
 * each of them may be wrong. Those that hold back let a person read the project before any partner gets it.
 */
export const FLAGS = {
  honeypot: {
    label: 'Champ invisible rempli',
    sentence: 'Un champ que personne ne voit a été rempli. C’est souvent un robot, parfois un outil de saisie.',
    holdsBack: true,
  },
  'too-fast': {
    label: 'Envoi très rapide',
    sentence: 'Envoyé plus vite qu’une personne ne répond. C’est souvent un robot.',
    holdsBack: true,
  },
  solicitation: {
    label: 'Publicité ou emploi',
    sentence: 'Le texte ressemble à une publicité ou à une recherche d’emploi.',
    holdsBack: false,
  },
  'sent-again': {
    label: 'Envoyé à nouveau',
    sentence:
      'La même adresse e-mail avait envoyé un texte très proche dans les 14 jours. La personne a confirmé l’envoi.',
    holdsBack: false,
  },
} as const satisfies Record<Flag, { label: string; sentence: string; holdsBack: boolean }>;

export const holdsBack = (flag: Flag): boolean => FLAGS[flag].holdsBack;

/** Sent sooner than `humanSeconds` after the first answer was kept? Unknown beginnings (null) are not. */
export const isTooFast = (startedAt: Date | null, now: Date, humanSeconds: number): boolean =>
  startedAt !== null && now.getTime() - startedAt.getTime() < humanSeconds * 1000;

/**
 * Does this text look like an advertisement or a job search? Only asked of what goes to no partner: the lexicon is made
 * for messages without a precise need (design decision 7), and a flag would only worry who reads a project well told.
 */
export const looksUnwanted = ({ outcome }: Pick<RoutingDecision, 'outcome'>, text: FreeText): boolean => {
  if (outcome !== 'rejected' && outcome !== 'triage') return false;
  const { looksLikeSolicitation, looksLikeJobSearch } = readFreeText(text);
  return looksLikeSolicitation || looksLikeJobSearch;
};
