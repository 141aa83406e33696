import type { EmailId } from './catalogue.js';
import { EMAILS } from './catalogue.js';
import type { Situation } from './conditions.js';

/** E-mails to holders that make no sense on the telephone: for somebody without an address they are dropped. */
const ONLY_WRITTEN: readonly string[] = [
  'holder-resume',
  'holder-nudge',
  'holder-link-again',
  'holder-erased',
  // Who calls says it, or has just tried to.
  'holder-transferred',
  'holder-not-reached',
];

/** What becomes of an e-mail to a holder: it leaves, or without an address it is said on the telephone, or dropped. */
export const wayOf = (email: EmailId, situation: Situation): 'written' | 'said' | 'dropped' => {
  const isForHolder = EMAILS[email].audience === 'holder';
  if (!isForHolder || situation.about !== 'project' || situation.project.erasedAt) return 'written';
  if (situation.project.contact.email) return 'written';
  return ONLY_WRITTEN.includes(email) ? 'dropped' : 'said';
};
