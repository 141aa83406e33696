import type { Demonstration, Habits } from '../../data/demonstration.js';
import type { CloseOutcome, DeclineReason } from '../../domain/referrals/lifecycle.js';

const ORDINARY: Habits = { takes: 1.1, closes: 16, declines: 0.06, helped: 0.68, unreachable: 0.12 };

/** How a partner works: what differs from the ordinary is the territory's to say. */
export const habitsOf = (partner: string, { habits }: Pick<Demonstration, 'habits'>): Habits => ({
  ...ORDINARY,
  ...habits[partner],
});

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
