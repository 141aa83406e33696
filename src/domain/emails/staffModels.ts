import { dayInWords, momentInWords } from '../calendar/words.js';
import { CLOSE_OUTCOMES, type CloseOutcome, DECLINE_REASONS, WITHDRAW_REASONS } from '../referrals/lifecycle.js';
import { DEPARTURE } from '../referrals/referral.js';
import { whyUndecided } from '../referrals/whyUndecided.js';
import type { Words } from '../territory/language.js';
import { NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';
import { ACCOUNT_MODELS } from './accountModels.js';
import { known, type ProjectEmailFacts } from './emailFacts.js';
import { aboutProject, appointment, atPartner, lostAppointment, ofProject } from './projectModels.js';

const need = ({ project }: ProjectEmailFacts): string => {
  const [main] = project.facts.needs;
  return main ? NEEDS[main].label : 'pas encore précisé';
};

/** What staff see of a project before they sign in: nothing that tells who the holder is. */
const staffView = (facts: ProjectEmailFacts) => ({
  ...aboutProject(facts),
  need: need(facts),
  commune: facts.commune ?? 'non précisée',
  stage: facts.project.facts.stage ? STAGES[facts.project.facts.stage].label.toLowerCase() : 'non précisé',
});

/** The decision's own reasons speak to the holder: managers read what the rules lacked, or why a partner declined. */
const because = ({ project, referral }: ProjectEmailFacts): string =>
  referral?.declineReason ? DECLINE_REASONS[referral.declineReason] : whyUndecided(project);

const whyWithdrawn = ({ event }: ProjectEmailFacts): string => {
  const reasons: Record<string, Words> = WITHDRAW_REASONS;
  return reasons[event?.reason ?? '']?.fr ?? '';
};

/** What the holder wrote ended a wait: its event carries the id of the message's. */
const isAnswer = ({ event, story }: ProjectEmailFacts): boolean =>
  story.some(({ type, note }) => type === 'detail-given' && note !== null && note === event?.note);

const fromPartner = (facts: ProjectEmailFacts) => ({
  ...staffView(facts),
  partner: known(facts.partner, 'partner'),
  from: facts.from,
});

const nobodyCalled = (facts: ProjectEmailFacts) => ({
  ...staffView(facts),
  ...atPartner(facts),
  promised: momentInWords(known(facts.referral, 'referral').callBy),
  isTaken: facts.referral?.state === 'taken',
});

const reminder = (facts: ProjectEmailFacts) => ({
  ...staffView(facts),
  ...atPartner(facts),
  since: dayInWords(known(facts.referral, 'referral').sentAt),
  promised: momentInWords(known(facts.referral, 'referral').callBy),
  late: known(facts.referral, 'referral').callBy <= facts.now,
});

const addressRefused = (facts: ProjectEmailFacts) => ({
  ...staffView(facts),
  because: facts.project.mailRefused?.because ?? '',
  hasPhone: facts.project.contact.phone !== null,
});

/** The words of each e-mail to advisors and managers. What a holder writes is read on the sheet, after signing in. */
export const STAFF_MODELS = {
  ...ACCOUNT_MODELS,
  'advisor-new-project': ofProject((facts) => ({ ...staffView(facts), ...atPartner(facts) })),
  'advisor-reminder': ofProject(reminder),
  'advisor-second-reminder': ofProject(reminder),
  'advisor-news': ofProject((facts) => ({
    ...staffView(facts),
    ...atPartner(facts),
    since: dayInWords(known(known(facts.referral, 'referral').takenAt, 'date of taking')),
    outcomes: Object.entries(facts.actLinks).map(([outcome, href]) => ({
      label: CLOSE_OUTCOMES[outcome as CloseOutcome],
      href,
    })),
  })),
  'lead-escalation': ofProject(reminder),
  'lead-address-refused': ofProject(addressRefused),
  'manager-address-refused': ofProject(addressRefused),
  'advisor-message': ofProject((facts) => ({
    ...staffView(facts),
    ...atPartner(facts),
    isMessage: facts.event?.type !== 'contact-corrected',
    isAnswer: isAnswer(facts),
  })),
  'advisor-transferred': ofProject((facts) => ({
    ...staffView(facts),
    ...atPartner(facts),
    by: facts.actor,
    isTaken: facts.referral?.state === 'taken',
    isForAbsence: facts.event?.actor.role === 'system' && facts.event.reason !== DEPARTURE,
  })),
  'advisor-associated': ofProject(fromPartner),
  'advisor-shared': ofProject(fromPartner),
  'advisor-appointment': ofProject((facts) => ({ ...staffView(facts), ...appointment(facts) })),
  'advisor-appointment-cancelled': ofProject((facts) => ({ ...staffView(facts), ...lostAppointment(facts) })),
  'lead-nobody-available': ofProject((facts) => ({ ...staffView(facts), ...atPartner(facts) })),
  'advisor-nobody-called': ofProject(nobodyCalled),
  'advisor-withdrawn': ofProject((facts) => ({
    ...staffView(facts),
    partner: known(facts.partner, 'partner'),
    reason: whyWithdrawn(facts),
    isErased: facts.project.erasedAt !== null,
  })),
  'manager-triage': ofProject((facts) => ({
    ...staffView(facts),
    because: because(facts),
    declinedBy: facts.referral?.state === 'declined' ? known(facts.partner, 'partner') : '',
    words: facts.words,
  })),
  'manager-expired': ofProject((facts) => ({
    ...staffView(facts),
    partner: known(facts.partner, 'partner'),
    since: dayInWords(known(facts.referral, 'referral').sentAt, facts.now),
  })),
  'manager-nobody-called': ofProject(nobodyCalled),
} as const;
