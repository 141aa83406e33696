import { dayInWords, momentInWords } from '../../domain/calendar/words.js';
import { appointmentAhead } from '../../domain/referrals/meeting.js';
import type { ProjectState } from '../../domain/referrals/referral.js';
import type { Words } from '../../domain/territory/language.js';
import type { FollowedProject } from '../../services/followProject.js';
import { type Answering, partnerAsSubject } from './answering.js';
import { closed, helped, outOfTerritory, rejected, triage } from './followUpEnds.js';
import { withOf } from './partnerWords.js';
import { promiseToCall, whoCalls } from './promiseToCall.js';

const mainPartner = ({ partner }: FollowedProject): Words =>
  partner ? { fr: withOf(partner), en: withOf(partner, 'en') } : { fr: 'd’un partenaire', en: 'of a partner' };

/** The clock stands still for an answer, unless the date was past already. */
const asked = ({ question, referral }: FollowedProject, now: Date): Words | null => {
  if (!question) return null;
  if (!referral || referral.callBy <= now)
    return { fr: 'Une question vous attend ci-dessous.', en: 'A question is waiting for you below.' };
  return {
    fr: `Une question vous attend ci-dessous : le délai s’arrête jusqu’à votre réponse, ou jusqu’au ${momentInWords(question.until)}.`,
    en: `A question is waiting for you below: the clock stands still until you answer, or until ${momentInWords(question.until, 'en')}.`,
  };
};

const meets = ({ referral }: FollowedProject, now: Date): Words | null => {
  const meeting = appointmentAhead(referral, now);
  return (
    meeting && {
      fr: `Vous avez rendez-vous ${momentInWords(meeting.at)}.`,
      en: `You have an appointment on ${momentInWords(meeting.at, 'en')}.`,
    }
  );
};

const waiting: Answering = (followed, now) => ({
  heading: {
    fr: `Votre projet est entre les mains ${mainPartner(followed).fr}.`,
    en: `Your project is in the hands ${mainPartner(followed).en}.`,
  },
  sentence:
    asked(followed, now) ??
    (followed.referral
      ? promiseToCall(followed, followed.referral.callBy, now)
      : {
          fr: 'Une personne vous contacte bientôt. La date s’affichera ici.',
          en: 'Somebody will contact you soon. The date will appear here.',
        }),
});

const inProgress: Answering = (followed, now) => {
  const { person, referral } = followed;
  const desk = partnerAsSubject(followed);
  const since: Words = referral?.takenAt
    ? { fr: ` depuis ${dayInWords(referral.takenAt)}`, en: ` since ${dayInWords(referral.takenAt, undefined, 'en')}` }
    : { fr: '', en: '' };
  const called =
    asked(followed, now) ?? meets(followed, now) ?? whoCalls(followed, person ? { fr: person, en: person } : desk, now);
  return {
    heading: { fr: 'Votre projet est pris en charge.', en: 'Your project is being looked after.' },
    sentence: {
      fr: `${desk.fr} s’en occupe${since.fr}. ${called.fr}`,
      en: `${desk.en} has been looking after it${since.en}. ${called.en}`,
    },
  };
};

/** One answer for each state in which a project may be. */
const ANSWERS: Record<ProjectState, Answering> = {
  waiting,
  in_progress: inProgress,
  helped,
  closed,
  withdrawn: () => ({
    heading: { fr: 'Vous avez retiré votre projet.', en: 'You have withdrawn your project.' },
    sentence: {
      fr: 'Personne ne vous contactera à ce sujet. Si vous changez d’avis, envoyez un nouveau projet.',
      en: 'Nobody will contact you about it. If you change your mind, send a new project.',
    },
  }),
  triage,
  out_of_territory: outOfTerritory,
  rejected,
};

/** The answer, before anything else: where the project is, and what happens now. */
export const followUpAnswer: Answering = (followed, now) => ANSWERS[followed.project.state](followed, now);
