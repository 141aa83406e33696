import { whatToPrepare } from '../referrals/whatToPrepare.js';
import { inLanguage } from '../territory/language.js';
import { type EmailFacts, known, type ProjectEmailFacts } from './emailFacts.js';
import { aboutProject, atPartner, ofProject } from './projectModels.js';

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

/** Why it was set aside. The e-mail says in its own words what to do if that is wrong: a reply to it would not be read. */
const whoHelpsBetter = ({ reasons, language }: ProjectEmailFacts): string => {
  const otherwise = inLanguage(language)({
    fr: 'Ce service reçoit des projets d’entreprise et d’innovation.',
    en: 'This service is for business and innovation projects.',
  });
  return (reasons[0] ?? otherwise).replace(/Si nous nous trompons.*$/s, '').trim();
};

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
  })),
  'holder-receipt-triage': ofProject((facts) => ({ ...aboutProject(facts), reason: facts.reasons[0] ?? '' })),
  'holder-receipt-out-of-territory': ofProject((facts) => ({ ...aboutProject(facts), helpers: helpersOf(facts) })),
  'holder-receipt-rejected': ofProject((facts) => ({ ...aboutProject(facts), reason: whoHelpsBetter(facts) })),
  'holder-sent-on': ofProject((facts) => ({
    ...atPartner(facts),
    isFirst: known(facts.referral, 'referral').sequence === 1,
  })),
  'holder-taken': ofProject((facts) => ({ ...atPartner(facts), person: known(facts.person, 'advisor') })),
  'holder-closed': ofProject((facts) => ({
    ...aboutProject(facts),
    partner: known(facts.partner, 'partner'),
    outcome: known(known(facts.referral, 'referral').outcome, 'outcome'),
    words: facts.words,
  })),
  'holder-link-again': ofProject(aboutProject),
  'holder-erased': ofProject(({ link, project }) => ({ link, reference: project.reference })),
} as const;
