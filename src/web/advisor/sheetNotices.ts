import type { ReferralState } from '../../domain/referrals/lifecycle.js';

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

const DONE = new Map([
  ['prise-en-charge', 'Vous avez pris ce projet en charge. La personne en est informée.'],
  ['remise', 'Ce projet est remis à prendre. Toute votre équipe le voit.'],
  ['confie', 'Ce projet est confié. La personne choisie en est prévenue par e-mail.'],
  ['appel', 'Appel noté.'],
  ['rendez-vous', 'Rendez-vous fixé. Ajoutez-le à votre agenda ci-dessous.'],
  ['rendez-vous-annule', 'Rendez-vous annulé.'],
  ['ecrit', 'Message envoyé à la personne. Elle le lit aussi sur sa page de suivi.'],
  ['precision', 'Question envoyée. Le délai s’arrête jusqu’à la réponse.'],
  ['association', 'Partenaire associé. Il voit maintenant ce projet.'],
  ['reorientation', 'Projet réorienté. L’autre partenaire et la personne sont prévenus.'],
  ['refus', 'Vous avez refusé ce projet. Une personne choisit un autre partenaire.'],
  ['cloture', 'Vous avez clôturé ce projet. La personne reçoit votre message.'],
  ['rouvert', 'Projet rouvert. Il est dans vos projets en cours.'],
  ['note', 'Note ajoutée.'],
  ['message', 'Message envoyé aux partenaires de ce projet.'],
  ['renvoi', 'C’est noté : le message part à nouveau. Son état se lit plus bas.'],
  ['brouillon', 'Brouillon enregistré. Vous le retrouvez ici pendant 30 jours.'],
]);

/** What has just been done, by the code that the address holds; null for none. */
export const noticeOf = (code: string): string | null => DONE.get(code) ?? null;
