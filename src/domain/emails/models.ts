import { dayInWords, momentInWords } from '../calendar/words.js';
import { DECLINE_REASONS } from '../referrals/lifecycle.js';
import type { Project, Referral } from '../referrals/referral.js';
import { whyUndecided } from '../referrals/whyUndecided.js';
import { NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';
import type { Partner } from '../territory/territory.js';
import type { EmailId } from './catalogue.js';

/** What the words of an e-mail are made of, looked up at the moment of sending. */
export interface EmailFacts {
  project: Project;
  /** The referral that the e-mail is about; for an e-mail about a project, its latest one. */
  referral: Referral | null;
  /** Name of the referral's partner. */
  partner: string | null;
  /** Name of the advisor who took it. */
  person: string | null;
  /** Name of the project's commune. */
  commune: string | null;
  /** Partners that may help instead. */
  helpers: Pick<Partner, 'name' | 'kind'>[];
  /** What the person who acted wrote with the act; empty when nothing. */
  words: string;
  /** Full address of the page that the button opens. */
  link: string;
  now: Date;
}

/** Everything that a template may name; all in words, dates too. */
export type EmailModel = { link: string } & Record<string, string | string[] | boolean>;

const known = <T>(value: T | null, what: string): T => {
  if (value === null) throw new Error(`The ${what} of this e-mail is not in the store yet`);
  return value;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const project = ({ project, link }: EmailFacts) => ({
  link,
  title: oneLine(project.facts.title) || 'sans titre',
  reference: project.reference,
});

const need = ({ project }: EmailFacts): string => {
  const [main] = project.facts.needs;
  return main ? NEEDS[main].label : 'pas encore précisé';
};

/** What staff see of a project before they sign in: nothing that tells who the holder is. */
const staffView = (facts: EmailFacts) => ({
  ...project(facts),
  need: need(facts),
  commune: facts.commune ?? 'non précisée',
  stage: facts.project.facts.stage ? STAGES[facts.project.facts.stage].label.toLowerCase() : 'non précisé',
});

/** The promise, while it can still be kept. */
const callBy = (facts: EmailFacts): string => {
  const { callBy } = known(facts.referral, 'referral');
  return callBy > facts.now ? `avant ${momentInWords(callBy)}` : 'dès que possible';
};

const atPartner = (facts: EmailFacts) => ({
  ...project(facts),
  partner: known(facts.partner, 'partner'),
  callBy: callBy(facts),
  byPhone: facts.project.contact.phone !== null,
});

/** The decision's own reasons speak to the holder: managers read what the rules lacked, or why a partner declined. */
const because = ({ project, referral }: EmailFacts): string =>
  referral?.declineReason ? DECLINE_REASONS[referral.declineReason] : whyUndecided(project);

/** The decision's first reason speaks of the partner that the rules chose, not of one that a person chose since. */
const reasonOfPartner = ({ project: { decision }, referral }: EmailFacts): string =>
  referral?.partner === decision.main ? (decision.reasons[0] ?? '') : '';

/** Every commune of France has a CCI: when the directory does not know it, it is named all the same. */
const helpersOf = ({ helpers }: EmailFacts): string[] => [
  ...helpers.map(({ name }) => name),
  ...(helpers.some(({ kind }) => kind === 'cci') ? [] : ['La CCI de votre département']),
];

/** Why it was set aside. The e-mail says in its own words what to do if that is wrong: a reply to it would not be read. */
const whoHelpsBetter = ({ project }: EmailFacts): string =>
  (project.decision.reasons[0] ?? 'Ce service reçoit des projets d’entreprise et d’innovation.')
    .replace(/Si nous nous trompons.*$/s, '')
    .trim();

const MODELS = {
  'holder-receipt': (facts) => ({
    ...atPartner(facts),
    isDeclined: known(facts.referral, 'referral').state === 'declined',
    reason: reasonOfPartner(facts),
  }),
  'holder-receipt-triage': (facts) => ({ ...project(facts), reason: facts.project.decision.reasons[0] ?? '' }),
  'holder-receipt-out-of-territory': (facts) => ({ ...project(facts), helpers: helpersOf(facts) }),
  'holder-receipt-rejected': (facts) => ({ ...project(facts), reason: whoHelpsBetter(facts) }),
  'holder-sent-on': (facts) => ({ ...atPartner(facts), isFirst: known(facts.referral, 'referral').sequence === 1 }),
  'holder-taken': (facts) => ({ ...atPartner(facts), person: known(facts.person, 'advisor') }),
  'holder-closed': (facts) => ({
    ...project(facts),
    partner: known(facts.partner, 'partner'),
    outcome: known(known(facts.referral, 'referral').outcome, 'outcome'),
    words: facts.words,
  }),
  'advisor-new-project': (facts) => ({ ...staffView(facts), ...atPartner(facts) }),
  'advisor-reminder': (facts) => ({
    ...staffView(facts),
    ...atPartner(facts),
    since: dayInWords(known(facts.referral, 'referral').sentAt),
    promised: momentInWords(known(facts.referral, 'referral').callBy),
    late: known(facts.referral, 'referral').callBy <= facts.now,
  }),
  'manager-triage': (facts) => ({
    ...staffView(facts),
    because: because(facts),
    declinedBy: facts.referral?.state === 'declined' ? known(facts.partner, 'partner') : '',
    words: facts.words,
  }),
} as const satisfies Record<EmailId, (facts: EmailFacts) => EmailModel>;

/** The words of an e-mail. Throws when something that it names is not in the store yet: it is tried again later. */
export const modelOf = (email: EmailId, facts: EmailFacts): EmailModel => MODELS[email](facts);
