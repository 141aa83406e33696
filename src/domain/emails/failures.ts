/** Why e-mails are given up, as far as one must know to put it right. */
export type FailureKind = 'address' | 'message' | 'later' | 'unreachable' | 'other';

/** An enhanced code (RFC 3463), or a plain one (RFC 5321), at the head of an answer or within it. */
const PERMANENT = /\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b/;
const ABOUT_THE_ADDRESS = /\b5\.1\.\d{1,3}\b|\b55[013][ -]|recipients? (were|was) rejected|no such user|user unknown/i;
const TEMPORARY = /\b4\d\d[ -]|\b4\.\d{1,3}\.\d{1,3}\b/;
const AWAY =
  /ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ETIMEDOUT|getaddrinfo|time(d )?[- ]?out|abort|clos|disconnect|greeting/i;

/** Sorts what the mail server answered, or what kept us from asking it. Its words are not ours: what is unknown is 'other'. */
export const failureKindOf = (because: string): FailureKind => {
  if (PERMANENT.test(because)) return ABOUT_THE_ADDRESS.test(because) ? 'address' : 'message';
  if (TEMPORARY.test(because)) return 'later';
  return AWAY.test(because) ? 'unreachable' : 'other';
};
