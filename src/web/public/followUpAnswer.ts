import { dayInWords } from '../../domain/calendar/words.js';
import type { CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { ProjectState } from '../../domain/referrals/referral.js';
import type { Words } from '../../domain/territory/language.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import type { FollowedProject } from '../../services/followProject.js';
import { asSubject, withOf } from './partnerWords.js';
import { promiseToCall, whoCalls } from './promiseToCall.js';

/** What the follow-up page says first. */
export interface Answer {
  heading: Words;
  sentence: Words;
}

type Answering = (followed: FollowedProject, now: Date) => Answer;

const mainPartner = ({ partner }: FollowedProject): Words =>
  partner ? { fr: withOf(partner), en: withOf(partner, 'en') } : { fr: 'd’un partenaire', en: 'of a partner' };

const subject = ({ partner }: FollowedProject): Words =>
  partner ? { fr: asSubject(partner), en: asSubject(partner, 'en') } : { fr: 'Un partenaire', en: 'A partner' };

const waiting: Answering = (followed, now) => ({
  heading: {
    fr: `Votre projet est entre les mains ${mainPartner(followed).fr}.`,
    en: `Your project is in the hands ${mainPartner(followed).en}.`,
  },
  sentence: followed.referral
    ? promiseToCall(followed, followed.referral.callBy, now)
    : {
        fr: 'Une personne vous contacte bientôt. La date s’affichera ici.',
        en: 'Somebody will contact you soon. The date will appear here.',
      },
});

const inProgress: Answering = (followed, now) => {
  const { person, referral } = followed;
  const desk = subject(followed);
  const since: Words = referral?.takenAt
    ? { fr: ` depuis ${dayInWords(referral.takenAt)}`, en: ` since ${dayInWords(referral.takenAt, undefined, 'en')}` }
    : { fr: '', en: '' };
  const called = whoCalls(followed, person ? { fr: person, en: person } : desk, now);
  return {
    heading: { fr: 'Votre projet est pris en charge.', en: 'Your project is being looked after.' },
    sentence: {
      fr: `${desk.fr} s’en occupe${since.fr}. ${called.fr}`,
      en: `${desk.en} has been looking after it${since.en}. ${called.en}`,
    },
  };
};

const ENDINGS: Record<Exclude<CloseOutcome, 'helped'>, Words> = {
  no_solution: {
    fr: 'Notre partenaire n’a pas trouvé de solution cette fois-ci. Si votre projet change, envoyez-le à nouveau.',
    en: 'Our partner did not find a solution this time. If your project changes, send it again.',
  },
  unreachable: {
    fr: 'Notre partenaire n’a pas réussi à vous joindre. Vous pouvez envoyer votre projet à nouveau, avec un autre numéro.',
    en: 'Our partner could not reach you. You may send your project again, with another number.',
  },
};

const closed: Answering = ({ referral }) => ({
  heading: { fr: 'Le suivi de votre projet est terminé.', en: 'Our follow-up of your project has ended.' },
  sentence: ENDINGS[referral?.outcome === 'unreachable' ? 'unreachable' : 'no_solution'],
});

const outOfTerritory: Answering = ({ associated }) => ({
  heading: {
    fr: 'Votre projet se situe hors de notre territoire.',
    en: 'Your project is outside our area.',
  },
  sentence:
    associated.length > 0
      ? {
          fr: 'Nous ne pouvons pas le suivre nous-mêmes. Voici qui peut vous aider.',
          en: 'We cannot look after it ourselves. Here is who can help you.',
        }
      : {
          fr: 'Nous ne pouvons pas le suivre nous-mêmes. Adressez-vous à la chambre de commerce et d’industrie de votre département : elle connaît les aides près de chez vous.',
          en: 'We cannot look after it ourselves. Ask the chamber of commerce and industry (CCI) of your département: it knows what help there is near you.',
        },
});

const rejected: Answering = ({ project }) => ({
  heading: {
    fr: 'Votre message est bien arrivé, mais il ne semble pas décrire un projet.',
    en: 'Your message has arrived, but it does not seem to describe a project.',
  },
  sentence: {
    fr: `${frenchTypography(project.decision.reasons[0] ?? 'Ce service aide les projets d’entreprise et d’innovation du territoire.')} Si nous nous trompons, envoyez votre projet à nouveau en choisissant le besoin qui s’en approche le plus.`,
    en: 'This service helps business and innovation projects of our area. If we are wrong, send your project again and choose the need that comes closest.',
  },
});

/** One answer for each state in which a project may be. */
const ANSWERS: Record<ProjectState, Answering> = {
  waiting,
  in_progress: inProgress,
  helped: (followed) => ({
    heading: { fr: 'Votre projet a reçu de l’aide.', en: 'Your project has received help.' },
    sentence: {
      fr: `${subject(followed).fr} a travaillé avec vous sur ce projet. Bonne route.`,
      en: `${subject(followed).en} has worked with you on this project. We wish you well.`,
    },
  }),
  closed,
  withdrawn: () => ({
    heading: { fr: 'Vous avez retiré votre projet.', en: 'You have withdrawn your project.' },
    sentence: {
      fr: 'Personne ne vous contactera à ce sujet. Si vous changez d’avis, envoyez un nouveau projet.',
      en: 'Nobody will contact you about it. If you change your mind, send a new project.',
    },
  }),
  triage: () => ({
    heading: { fr: 'Votre projet est bien arrivé.', en: 'Your project has arrived.' },
    sentence: {
      fr: 'Une personne le lit et choisit l’organisme qui pourra vous aider. Vous recevez un e-mail dès que c’est fait.',
      en: 'Somebody reads it and chooses the organisation that can help you. You will get an e-mail as soon as that is done.',
    },
  }),
  out_of_territory: outOfTerritory,
  rejected,
};

/** The answer, before anything else: where the project is, and what happens now. */
export const followUpAnswer: Answering = (followed, now) => ANSWERS[followed.project.state](followed, now);
