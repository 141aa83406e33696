import { momentInWords } from '../calendar/words.js';
import {
  CLOSED_IN_TRIAGE_BECAUSE,
  HELP_GIVEN,
  REOPENED_BECAUSE,
  REROUTED_BECAUSE,
  toldFor,
} from '../referrals/toldToHolder.js';
import { whatToPrepare } from '../referrals/whatToPrepare.js';
import { inLanguage } from '../territory/language.js';
import { type EmailFacts, known, type ProjectEmailFacts } from './emailFacts.js';
import { aboutProject, appointment, atPartner, lostAppointment, ofProject } from './projectModels.js';

/** The decision's first reason speaks of the partner that the rules chose, not of one that a person chose since. */
const reasonOfPartner = ({ project, referral, reasons }: ProjectEmailFacts): string =>
  referral?.partner === project.decision.main ? (reasons[0] ?? '') : '';

/** Every commune of France has a CCI: when the directory does not know it, it is named all the same. */
const helpersOf = ({ helpers, language }: ProjectEmailFacts): string[] => {
  const ownCci = inLanguage(language)({
    fr: 'La CCI de votre département',
    en: 'The chamber of commerce and industry (CCI) of your département',
  });
  return [...helpers.map(({ name }) => name), ...(helpers.some(({ kind }) => kind === 'cci') ? [] : [ownCci])];
};

/** Why it was set aside. The e-mail says in its own words what to do if that is wrong. */
const whoHelpsBetter = ({ reasons, language }: ProjectEmailFacts): string => {
  const otherwise = inLanguage(language)({
    fr: 'Ce service reçoit des projets d’entreprise et d’innovation.',
    en: 'This service is for business and innovation projects.',
  });
  return (reasons[0] ?? otherwise).replace(/Si nous nous trompons.*$/s, '').trim();
};

/** Why the desk did it, from the code of the event. */
const told = (table: Parameters<typeof toldFor>[0], { event, language }: ProjectEmailFacts): string =>
  toldFor(table, event?.reason)[language];

const ofPartner = (facts: ProjectEmailFacts) => ({ ...aboutProject(facts), partner: known(facts.partner, 'partner') });

const ofPerson = (facts: ProjectEmailFacts) => ({ ...atPartner(facts), person: known(facts.person, 'advisor') });

const ofDraft = ({ link }: EmailFacts) => ({ link });

/** The words of each e-mail to a project holder, in the holder's language. */
export const HOLDER_MODELS = {
  'holder-resume': ofDraft,
  'holder-nudge': ofDraft,
  'holder-receipt': ofProject((facts) => ({
    ...atPartner(facts),
    isDeclined: known(facts.referral, 'referral').state === 'declined',
    reason: reasonOfPartner(facts),
    prepare: whatToPrepare(facts.project.facts, facts.language),
    ...facts.partnerWords,
  })),
  'holder-receipt-triage': ofProject((facts) => ({ ...aboutProject(facts), reason: facts.reasons[0] ?? '' })),
  'holder-receipt-out-of-territory': ofProject((facts) => ({ ...aboutProject(facts), helpers: helpersOf(facts) })),
  'holder-receipt-rejected': ofProject((facts) => ({ ...aboutProject(facts), reason: whoHelpsBetter(facts) })),
  'holder-sent-on': ofProject((facts) => ({
    ...atPartner(facts),
    isFirst: known(facts.referral, 'referral').sequence === 1,
  })),
  'holder-rerouted': ofProject((facts) => ({
    ...atPartner(facts),
    from: facts.from,
    because: told(REROUTED_BECAUSE, facts),
  })),
  'holder-taken': ofProject(ofPerson),
  'holder-transferred': ofProject(ofPerson),
  'holder-associated': ofProject((facts) => ({ ...ofPartner(facts), from: facts.from })),
  'holder-detail-asked': ofProject((facts) => ({
    ...ofPartner(facts),
    question: facts.words,
    isPromised: known(facts.referral, 'referral').callBy > facts.now,
    until: momentInWords(known(facts.referral?.asked ?? null, 'question').until, facts.language),
  })),
  'holder-not-reached': ofProject((facts) => ({
    ...ofPerson(facts),
    isAgain: known(facts.referral, 'referral').attempts > 1,
  })),
  'holder-appointment': ofProject((facts) => ({ ...ofPartner(facts), ...appointment(facts) })),
  'holder-appointment-cancelled': ofProject((facts) => ({
    ...ofPartner(facts),
    ...lostAppointment(facts),
    isOver: facts.event?.type !== 'booked',
  })),
  'holder-reopened': ofProject((facts) => ({ ...ofPerson(facts), because: told(REOPENED_BECAUSE, facts) })),
  'holder-closed': ofProject((facts) => ({
    ...ofPartner(facts),
    help: toldFor(HELP_GIVEN, facts.referral?.help)[facts.language],
    outcome: known(known(facts.referral, 'referral').outcome, 'outcome'),
    words: facts.words,
  })),
  'holder-closed-in-triage': ofProject((facts) => ({
    ...aboutProject(facts),
    because: toldFor(CLOSED_IN_TRIAGE_BECAUSE, facts.project.closing?.reason)[facts.language],
    words: facts.project.closing?.words ?? '',
  })),
  'holder-not-forgotten': ofProject(atPartner),
  'holder-message': ofProject((facts) => ({ ...ofPartner(facts), person: facts.actor, words: facts.words })),
  'holder-survey': ofProject(aboutProject),
  'holder-became': ofProject(aboutProject),
  'holder-link-again': ofProject(aboutProject),
  'holder-erased': ofProject(({ link, project }) => ({ link, reference: project.reference })),
} as const;
