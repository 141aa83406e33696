import type { Basket } from '../../domain/referrals/lifecycle.js';
import type { QueueRequest } from '../../services/readQueue.js';

interface Empty {
  title: string;
  text: string;
}

/** What an empty basket says: what will appear, and what to do now. */
const EMPTY: Record<Basket, Empty> = {
  'a-prendre': {
    title: 'Rien à prendre',
    text: 'Les nouveaux projets arrivent ici. Un e-mail vous prévient, comme choisi sous « Mes e-mails ».',
  },
  'en-cours': {
    title: 'Aucun projet en cours',
    text: 'Les projets que vous prenez en charge viennent ici, jusqu’à leur clôture.',
  },
  'en-attente': {
    title: 'Aucune réponse attendue',
    text: 'Les projets pour lesquels vous avez demandé une précision attendent ici la réponse de la personne.',
  },
  associes: {
    title: 'Aucun projet associé',
    text: 'Les projets auxquels un autre partenaire vous associe arrivent ici.',
  },
  clotures: { title: 'Aucun projet clôturé', text: 'Les projets arrivent ici quand vous dites comment ils ont fini.' },
  refuses: {
    title: 'Aucun projet refusé ou réorienté',
    text: 'Les projets que vous refusez ou envoyez ailleurs restent ici, avec leur motif.',
  },
  expires: { title: 'Aucun projet expiré', text: 'Les projets que personne n’a pris en 45 jours restent ici.' },
};

/** Why a page of the queue has no row. `goesOn`: there is more to look at. */
export const emptyModel = (
  { basket, typed, from }: QueueRequest,
  { isFiltered, goesOn }: { isFiltered: boolean; goesOn: boolean },
): Empty => {
  if (goesOn)
    return { title: 'Rien trouvé pour l’instant', text: 'Passez à la page suivante, ou changez les filtres.' };
  if (typed !== null)
    return {
      title: 'Aucun projet trouvé',
      text: 'Essayez un mot de moins, le début d’un nom, une commune ou la référence. Il faut au moins deux lettres.',
    };
  if (isFiltered) return { title: 'Aucun projet avec ces filtres', text: 'Retirez un filtre pour en voir davantage.' };
  return from ? { title: 'Plus rien ici', text: 'Ces projets ont changé de panier depuis.' } : EMPTY[basket];
};
