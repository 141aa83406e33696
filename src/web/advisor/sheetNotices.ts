import type { ReferralState } from '../../domain/referrals/lifecycle.js';
import type { Project } from '../../domain/referrals/referral.js';
import { TO_EMAILS } from '../emails/projectEmails.js';
import { toldSoon } from './howItLeaves.js';

/** How the tag of each state looks. */
export const STATE_TONES: Record<ReferralState, string> = {
  waiting: 'soon',
  taken: 'now',
  helped: 'done',
  no_solution: 'neutral',
  unreachable: 'neutral',
  declined: 'neutral',
  rerouted: 'neutral',
  expired: 'late',
  withdrawn: 'neutral',
  informed: 'info',
};

interface Notice {
  title: string;
  text?: string;
  linkTo?: { href: string; label: string };
}

const DONE = new Map([
  ['prise-en-charge', 'Vous avez pris ce projet en charge.'],
  ['remise', 'Ce projet est remis à prendre. Toute votre équipe le voit.'],
  ['confie', 'Ce projet est confié. La personne choisie en est prévenue par e-mail.'],
  ['appel', 'Appel noté.'],
  ['rendez-vous', 'Rendez-vous fixé. Ajoutez-le à votre agenda ci-dessous.'],
  ['rendez-vous-annule', 'Rendez-vous annulé.'],
  ['ecrit', 'Message envoyé à la personne. Elle le lit aussi sur sa page de suivi.'],
  ['precision', 'Question envoyée. Le délai s’arrête jusqu’à la réponse.'],
  ['association', 'Partenaire associé. Il voit maintenant ce projet.'],
  ['reorientation', 'Projet réorienté. L’autre partenaire le voit maintenant.'],
  ['refus', 'Vous avez refusé ce projet. Une personne choisit un autre partenaire.'],
  ['cloture', 'Vous avez clôturé ce projet.'],
  ['rouvert', 'Projet rouvert. Il est dans vos projets en cours.'],
  ['note', 'Note ajoutée.'],
  ['message', 'Message envoyé aux partenaires de ce projet.'],
  ['renvoi', 'C’est noté : le message part à nouveau.'],
  ['brouillon', 'Brouillon enregistré. Vous le retrouvez ici pendant 30 jours.'],
]);

/** Acts that the holder learns of by an e-mail that waits for others. */
const TOLD_SOON = ['prise-en-charge', 'association', 'reorientation', 'cloture', 'rouvert'];

/** What has just been done, by the code that the address holds; null for none. */
export const noticeOf = (code: string, project: Project): Notice | null => {
  const title = DONE.get(code);
  if (title === undefined) return null;
  return {
    title,
    ...(TOLD_SOON.includes(code) && { text: toldSoon(project) }),
    ...(code === 'renvoi' && { linkTo: TO_EMAILS }),
  };
};
