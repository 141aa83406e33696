import type { CloseOutcome, ReferralState } from '../../domain/referrals/lifecycle.js';
import { CLOSED_IN_TRIAGE_BECAUSE, HELP_GIVEN, toldFor } from '../../domain/referrals/toldToHolder.js';
import type { Words } from '../../domain/territory/language.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { type Answering, partnerAsSubject } from './answering.js';

/** What the follow-up page says first while no partner has the project, or no longer. */
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

const SEND_AGAIN: Words = {
  fr: 'Si votre projet change, envoyez-le à nouveau.',
  en: 'If your project changes, send it again.',
};

export const closed: Answering = ({ referral, project }) => {
  const because = toldFor(CLOSED_IN_TRIAGE_BECAUSE, project.closing?.reason);
  return {
    heading: { fr: 'Le suivi de votre projet est terminé.', en: 'The follow-up of your project has ended.' },
    sentence: project.closing
      ? { fr: `${because.fr} ${SEND_AGAIN.fr}`, en: `${because.en} ${SEND_AGAIN.en}` }
      : ENDINGS[referral?.outcome === 'unreachable' ? 'unreachable' : 'no_solution'],
  };
};

export const helped: Answering = (followed) => {
  const help = toldFor(HELP_GIVEN, followed.referral?.help);
  const what: Words = help.fr ? { fr: ` Vous avez reçu : ${help.fr}.`, en: ` You received: ${help.en}.` } : help;
  return {
    heading: { fr: 'Votre projet a reçu de l’aide.', en: 'Your project has received help.' },
    sentence: {
      fr: `${partnerAsSubject(followed).fr} a travaillé avec vous sur ce projet.${what.fr} Bonne route.`,
      en: `${partnerAsSubject(followed).en} has worked with you on this project.${what.en} We wish you well.`,
    },
  };
};

const LEFT_BY: Partial<Record<ReferralState, Words>> = {
  expired: {
    fr: 'Le partenaire qui avait votre projet ne l’a pas pris à temps, et nous en sommes désolés.',
    en: 'The partner who had your project did not take it up in time, and we are sorry.',
  },
  declined: {
    fr: 'Le partenaire qui avait votre projet ne peut pas le suivre.',
    en: 'The partner who had your project cannot look after it.',
  },
};

export const triage: Answering = ({ referral }) => {
  const left = referral && LEFT_BY[referral.state];
  if (left) {
    return {
      heading: {
        fr: 'Nous cherchons un autre partenaire pour votre projet.',
        en: 'We are looking for another partner for your project.',
      },
      sentence: {
        fr: `${left.fr} Une personne en choisit un autre : nous vous prévenons dès que c’est fait.`,
        en: `${left.en} Somebody is choosing another one: we will tell you as soon as that is done.`,
      },
    };
  }
  return {
    heading: { fr: 'Votre projet est bien arrivé.', en: 'Your project has arrived.' },
    sentence: {
      fr: 'Une personne le lit et choisit l’organisme qui pourra vous aider. Nous vous prévenons dès que c’est fait.',
      en: 'Somebody reads it and chooses the organisation that can help you. We will tell you as soon as that is done.',
    },
  };
};

export const outOfTerritory: Answering = ({ associated }) => ({
  heading: {
    fr: 'Votre projet se situe hors de notre territoire.',
    en: 'Your project is outside our territory.',
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

export const rejected: Answering = ({ project }) => ({
  heading: {
    fr: 'Votre message est bien arrivé, mais il ne semble pas décrire un projet.',
    en: 'Your message has arrived, but it does not seem to describe a project.',
  },
  sentence: {
    fr: `${frenchTypography(project.decision.reasons[0] ?? 'Ce service aide les projets d’entreprise et d’innovation du territoire.')} Si nous nous trompons, envoyez votre projet à nouveau en choisissant le besoin qui s’en approche le plus.`,
    en: 'This service helps business and innovation projects of the territory. If we are wrong, send your project again and choose the need that comes closest.',
  },
});
