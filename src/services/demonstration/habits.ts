import type { CloseOutcome, DeclineReason } from '../../domain/referrals/lifecycle.js';

/**
 * How each partner works in the demonstration, so that the figures have something to say: who answers within the day, who
 * lets projects wait, who refuses often. Made up: it says nothing of the real partners.
 * `takes` and `closes` are medians in business days; the others are parts of 1.
 */
export interface Habits {
  takes: number;
  closes: number;
  declines: number;
  /** Of those closed; the rest have no solution. */
  helped: number;
  unreachable: number;
}

const ORDINARY: Habits = { takes: 1.1, closes: 16, declines: 0.06, helped: 0.68, unreachable: 0.12 };

const BY_PARTNER: Record<string, Partial<Habits>> = {
  'cci-puy-de-dome': { takes: 0.6, closes: 14, helped: 0.74, unreachable: 0.1 },
  'cci-allier': { takes: 0.8, helped: 0.76 },
  'cci-haute-loire': { takes: 1.5, unreachable: 0.2 },
  'cci-loire': { takes: 2.4, declines: 0.12 },
  'clermont-auvergne-metropole': { takes: 1.3, closes: 26, declines: 0.09, helped: 0.6 },
  'universite-clermont-auvergne': { takes: 2.8, closes: 34, declines: 0.1, helped: 0.64 },
  'ti-riom-vichy': { takes: 0.9, closes: 22 },
  'ti-tiltam': { takes: 3.6, closes: 24, helped: 0.55 },
  'ti-issoire-brioude': { takes: 0.7, closes: 19, helped: 0.8, unreachable: 0.06 },
};

export const habitsOf = (partner: string): Habits => ({ ...ORDINARY, ...BY_PARTNER[partner] });

/** What advisors write to the holder when they close. */
export const CLOSING_WORDS: Record<CloseOutcome, readonly string[]> = {
  helped: [
    'Nous nous sommes vus deux fois et vous avez maintenant un plan et des interlocuteurs. Bonne suite.',
    'Votre dossier est déposé et la première étape est financée. Revenez vers nous quand vous voulez.',
    'La visite a eu lieu et une solution est trouvée. Nous restons à votre disposition.',
    'Vous êtes en lien avec la bonne équipe, qui prend le relais à partir d’aujourd’hui.',
  ],
  no_solution: [
    'Nous avons cherché sans trouver ce que vous demandez sur notre territoire. Dites-nous si votre demande évolue.',
    'Aucun dispositif ne correspond à ce stade. Revenez vers nous si votre projet change.',
  ],
  unreachable: [
    'Nous avons essayé plusieurs fois par téléphone et par e-mail, sans réponse. Écrivez-nous quand vous voudrez reprendre.',
    'Trois appels et deux messages sont restés sans réponse. Votre projet peut être repris à tout moment.',
  ],
};

/** What advisors write to whoever chooses the next partner. */
export const DECLINING_WORDS: readonly (readonly [reason: DeclineReason, words: string | null])[] = [
  ['other-need', 'La demande porte sur autre chose que ce que nous accompagnons.'],
  ['other-need', null],
  ['other-place', 'Le site visé est dans le secteur voisin.'],
  ['other-stage', 'Trop tôt pour nous : le projet n’a pas encore de chiffres.'],
  ['duplicate', null],
  ['other', 'Nous connaissons la personne et un autre organisme la suit déjà.'],
];
