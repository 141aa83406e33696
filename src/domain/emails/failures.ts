/** Why e-mails are given up, as far as one must know to put it right. */
export type FailureKind = 'address' | 'message' | 'later' | 'unreachable' | 'other';

/** A plain code at the head of an answer (RFC 5321, 4.2), or an enhanced one within it (RFC 3463). */
const PERMANENT = /\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b/;
const TEMPORARY = /\b4\d\d[ -]|\b4\.\d{1,3}\.\d{1,3}\b/;
/** A mailbox that is full may be emptied. */
const FULL = /\b552[ -]|\b5\.2\.2\b/;
/** The mail system, the network, the content or a policy, not the mailbox. */
const NOT_THE_ADDRESS = /\b5\.[3-7]\.\d/;
const THE_ADDRESS = /\b55[013][ -]|\b5\.[12]\.\d/;
const AWAY =
  /ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ETIMEDOUT|getaddrinfo|timed? ?-?out|abort|closed|disconnect|greeting/i;

const kindOfRefusal = (because: string): FailureKind => {
  if (FULL.test(because)) return 'later';
  return THE_ADDRESS.test(because) && !NOT_THE_ADDRESS.test(because) ? 'address' : 'message';
};

/** Sorts what the mail server answered, or what kept us from asking it. Its words are not ours: what is unknown is 'other'. */
export const failureKindOf = (because: string): FailureKind => {
  if (PERMANENT.test(because)) return kindOfRefusal(because);
  if (TEMPORARY.test(because)) return 'later';
  return AWAY.test(because) ? 'unreachable' : 'other';
};
