import { isHeldBack } from '../routing/decision.js';
import { FLAGS, holdsBack } from './flags.js';
import type { Project } from './referral.js';

/** What the rules lacked, or why a person reads it first, in the words of who must choose in their place. */
export const whyUndecided = ({ facts, decision, flags }: Pick<Project, 'facts' | 'decision' | 'flags'>): string => {
  const signs = flags.filter(holdsBack).map((flag) => FLAGS[flag].label.toLowerCase());
  if (isHeldBack(decision)) return `À lire avant tout envoi à un partenaire : ${signs.join(', ')}.`;
  const missing = [facts.needs.length === 0 && 'le besoin', facts.commune === null && 'la commune'].filter(Boolean);
  if (missing.length > 0) return `Il manque ${missing.join(' et ')} : les règles ne peuvent pas choisir.`;
  return 'Aucun partenaire ne ressort assez nettement des règles.';
};
