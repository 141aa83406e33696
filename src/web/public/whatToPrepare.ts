import type { RoutingFacts } from '../../domain/questionnaire/facts.js';
import type { Need } from '../../domain/territory/needs.js';

const PREMISES = 'La surface qu’il vous faut, votre budget, et la date où vous voulez entrer dans les lieux';
const BILLS = 'Vos dernières factures, ou vos consommations sur un an';
const FIGURES = 'Vos chiffres, même approximatifs : ce que le projet coûte, ce qu’il rapporte, ce qui est déjà trouvé';

/** What makes the first call useful, for needs where something can be got ready. Nothing is ever required. */
const BY_NEED: Partial<Record<Need, string>> = {
  funding: FIGURES,
  'business-creation': FIGURES,
  'business-transfer': 'Les derniers comptes de l’entreprise, et le calendrier que vous avez en tête',
  'start-up-premises': PREMISES,
  'business-premises': PREMISES,
  'industrial-land': `${PREMISES} ; les raccordements nécessaires (gaz, eau, électricité)`,
  brownfields: 'L’adresse du site et, si vous le connaissez, le nom de son propriétaire',
  'industry-of-the-future': 'Les étapes de votre production qui vous coûtent le plus de temps',
  energy: BILLS,
  water: BILLS,
  skills: 'Les métiers concernés et le nombre de personnes',
  mobility: 'D’où viennent vos salariés ou vos livraisons, et à quelles heures',
  research: 'Ce que vous avez déjà essayé, et ce que vous voulez savoir',
  'technology-transfer': 'Où l’invention a déjà été montrée ou publiée : cela compte pour la protéger',
  'student-entrepreneurship': 'Votre formation et votre emploi du temps',
};

/** A short list for the holder's page, the main need first. */
export const whatToPrepare = (facts: RoutingFacts): string[] => {
  const forNeeds = facts.needs.slice(0, 3).flatMap((need) => BY_NEED[need] ?? []);
  return [...new Set(['Les questions que vous voulez poser', ...forNeeds])];
};
