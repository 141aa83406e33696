import type { Project } from './referral.js';

/** What the rules lacked, in the words of who must choose in their place. */
export const whyUndecided = ({ facts }: Pick<Project, 'facts'>): string => {
  const missing = [facts.needs.length === 0 && 'le besoin', facts.commune === null && 'la commune'].filter(Boolean);
  if (missing.length > 0) return `Il manque ${missing.join(' et ')} : les règles ne peuvent pas choisir.`;
  return 'Aucun partenaire ne ressort assez nettement des règles.';
};
