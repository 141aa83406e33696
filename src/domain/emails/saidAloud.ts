import type { Project } from '../referrals/referral.js';
import type { EmailId } from './catalogue.js';
import { EMAILS } from './catalogue.js';
import type { Situation } from './conditions.js';

/** E-mails to holders that make no sense on the telephone: for somebody whom no e-mail reaches they are dropped. */
const ONLY_WRITTEN: readonly string[] = [
  'holder-resume',
  'holder-nudge',
  'holder-link-again',
  'holder-erased',
  // Who calls says it, or has just tried to.
  'holder-transferred',
  'holder-not-reached',
  // Nobody answers freely, about a welcome, to those who gave it.
  'holder-survey',
  'holder-became',
];

/** Does this person get our e-mails: an address is known, and receives? */
export const getsEmails = ({ contact, mailRefused }: Pick<Project, 'contact' | 'mailRefused'>): boolean =>
  Boolean(contact.email) && !mailRefused;

/** What becomes of an e-mail to a holder: it leaves, or when none reaches it is said on the telephone, or dropped. */
export const wayOf = (email: EmailId, situation: Situation): 'written' | 'said' | 'dropped' => {
  const isForHolder = EMAILS[email].audience === 'holder';
  if (!isForHolder || situation.about !== 'project' || situation.project.erasedAt) return 'written';
  if (getsEmails(situation.project)) return 'written';
  return ONLY_WRITTEN.includes(email) ? 'dropped' : 'said';
};
