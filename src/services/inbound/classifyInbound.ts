import type { InboundMail, RecipientStatus } from '../../delivery/parseInbound.js';

export type Inbound =
  /** What happened to an e-mail of ours. */
  | { kind: 'report'; recipients: RecipientStatus[]; returned: string | null }
  /** Came back, says a mail server, in words that only a person can read. */
  | { kind: 'returned' }
  /** Written by a program: an absence, a list, a receipt, or our own e-mail. */
  | { kind: 'automatic' }
  | { kind: 'reply' };

const MAIL_SERVER = /^(?:mailer-daemon|postmaster|mail-daemon)@/;

/** Some programs answer by themselves and say so in the subject alone. */
const BY_ITSELF =
  /^(?:réponse automatique|message automatique|absence du bureau|automatic reply|auto[- ]?reply|out of (?:the )?office)\b/i;

const headerOf = ({ headers }: InboundMail, name: string): string | null =>
  headers.get(name)?.[0]?.trim().toLowerCase() ?? null;

const isRobots = (mail: InboundMail): boolean => {
  // RFC 3834, 5: "no" is the one value of a message that a person sent.
  const submitted = headerOf(mail, 'auto-submitted');
  if (submitted !== null && !/^no\b/.test(submitted)) return true;
  if (/^(?:bulk|junk|list|auto[_-]reply)$/.test(headerOf(mail, 'precedence') ?? '')) return true;
  const said = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'list-id', 'list-unsubscribe'];
  return said.some((name) => mail.headers.has(name)) || BY_ITSELF.test(mail.subject);
};

/** Nobody is to be told of its failure: it is a report, or a program's answer (RFC 5321, 4.5.5). */
const hasNoSender = (mail: InboundMail): boolean => headerOf(mail, 'return-path') === '<>';

/**
 * What came in: a delivery status (RFC 3464), something that a program sent (RFC 3834), or a person's reply. `own`: the
 * address that our e-mails come from; what comes from there is never a reply, and so never goes round.
 */
export const classifyInbound = (mail: InboundMail, own: string): Inbound => {
  if (mail.from === own.toLowerCase()) return { kind: 'automatic' };
  if (mail.report) return { kind: 'report', ...mail.report };
  const isFromServer = MAIL_SERVER.test(mail.from) || (mail.from === '' && hasNoSender(mail));
  // Of something else than a delivery: that somebody has read it (RFC 8098), or complains of it (RFC 5965).
  const isOtherReport = /^multipart\/report\b/.test(headerOf(mail, 'content-type') ?? '');
  if (isFromServer && !isOtherReport) return { kind: 'returned' };
  return hasNoSender(mail) || isOtherReport || isRobots(mail) ? { kind: 'automatic' } : { kind: 'reply' };
};
