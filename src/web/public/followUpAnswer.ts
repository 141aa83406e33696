import { dayInWords, momentInWords } from '../../domain/calendar/words.js';
import type { CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { ProjectState, Referral } from '../../domain/referrals/referral.js';
import type { Partner } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import type { FollowedProject } from '../../services/followProject.js';
import { asSubject, withOf } from './partnerWords.js';

/** What the follow-up page says first. */
export interface Answer {
  heading: string;
  sentence: string;
}

type Answering = (followed: FollowedProject, now: Date) => Answer;

const SOMEBODY = 'd’un partenaire';
const mainPartner = ({ partner }: { partner: Partner | null }): string => (partner ? withOf(partner) : SOMEBODY);

const reaches = (byPhone: boolean): string => (byPhone ? 'appelle' : 'écrit');
const hasPhone = ({ project }: FollowedProject): boolean => project.contact.phone !== null;

const promise = ({ callBy }: Referral, byPhone: boolean, now: Date): string => {
  if (callBy <= now) {
    return `Nous vous avions promis un contact avant ${momentInWords(callBy)} : ce délai est passé. Votre projet n’est pas oublié, il reste parmi les premiers de la liste.`;
  }
  return `Une personne vous ${reaches(byPhone)} avant ${momentInWords(callBy)}.`;
};

const waiting: Answering = (followed, now) => ({
  heading: `Votre projet est entre les mains ${mainPartner(followed)}.`,
  sentence: followed.referral
    ? promise(followed.referral, hasPhone(followed), now)
    : 'Une personne vous contacte bientôt. La date s’affichera ici.',
});

/** Who calls, until when; once that is past, nothing here says whether it was done. */
const contact = (followed: FollowedProject, who: string, now: Date): string => {
  const { referral } = followed;
  if (!referral || referral.callBy <= now) return `${who} vous contacte, ou l’a déjà fait.`;
  return `${who} vous ${reaches(hasPhone(followed))} avant ${momentInWords(referral.callBy)}, ou l’a déjà fait.`;
};

const inProgress: Answering = (followed, now) => {
  const { partner, person, referral } = followed;
  const desk = partner ? asSubject(partner) : 'Un partenaire';
  const since = referral?.takenAt ? ` depuis ${dayInWords(referral.takenAt)}` : '';
  return {
    heading: 'Votre projet est pris en charge.',
    sentence: `${desk} s’en occupe${since}. ${contact(followed, person ?? desk, now)}`,
  };
};

const ENDINGS: Record<Exclude<CloseOutcome, 'helped'>, string> = {
  no_solution: 'Il n’a pas été trouvé de solution cette fois-ci. Si votre projet change, envoyez-le à nouveau.',
  unreachable: 'Personne n’a réussi à vous joindre. Vous pouvez envoyer votre projet à nouveau, avec un autre numéro.',
};

const closed: Answering = ({ referral }) => {
  const outcome = referral?.outcome === 'unreachable' ? 'unreachable' : 'no_solution';
  return { heading: 'Le suivi de votre projet est terminé.', sentence: ENDINGS[outcome] };
};

const NOT_A_PROJECT = 'Ce service aide les projets d’entreprise et d’innovation du territoire.';
const SEND_AGAIN =
  'Si nous nous trompons, envoyez votre projet à nouveau en choisissant le besoin qui s’en approche le plus.';

/** One answer for each state in which a project may be. */
const ANSWERS: Record<ProjectState, Answering> = {
  waiting,
  in_progress: inProgress,
  helped: ({ partner }) => ({
    heading: 'Votre projet a été aidé.',
    sentence: `${partner ? asSubject(partner) : 'Un partenaire'} a travaillé avec vous sur ce projet. Bonne route.`,
  }),
  closed,
  withdrawn: () => ({
    heading: 'Vous avez retiré votre projet.',
    sentence: 'Personne ne vous contactera à ce sujet. Si vous changez d’avis, envoyez un nouveau projet.',
  }),
  triage: () => ({
    heading: 'Votre projet est bien arrivé.',
    sentence:
      'Une personne le lit et choisit l’organisme qui pourra vous aider. Vous recevez un e-mail dès que c’est fait.',
  }),
  out_of_territory: ({ associated }) => ({
    heading: 'Votre projet se situe hors de notre territoire.',
    sentence:
      associated.length > 0
        ? 'Nous ne pouvons pas le suivre nous-mêmes. Voici qui peut vous aider.'
        : 'Nous ne pouvons pas le suivre nous-mêmes. Adressez-vous à la chambre de commerce et d’industrie de votre département : elle connaît les aides près de chez vous.',
  }),
  rejected: ({ project }) => ({
    heading: 'Votre message est bien arrivé, mais il ne semble pas décrire un projet.',
    sentence: `${frenchTypography(project.decision.reasons[0] ?? NOT_A_PROJECT)} ${SEND_AGAIN}`,
  }),
};

/** The answer, before anything else: where the project is, and what happens now. */
export const followUpAnswer: Answering = (followed, now) => ANSWERS[followed.project.state](followed, now);
