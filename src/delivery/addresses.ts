import type { Audience } from '../domain/emails/delivery.js';
import type { CloseOutcome } from '../domain/referrals/lifecycle.js';
import { paths } from '../paths.js';

const SERVICE = 'Porte d’entrée innovation';

interface Settings {
  /** Without a final slash. */
  publicUrl: string;
  /** An address, with a name before it or not. */
  mailFrom: string;
  /** Where replies and bounces come in; null: nowhere. */
  inboundAddress: string | null;
}

/** An id of ours, as a "+" after the name of an address; mail servers may change the case of letters. */
const TAG = /^([^@]+)\+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^@]+)$/;

/**
 * The addresses that e-mails carry. A delivery has one Message-ID over all its tries, so that a mail program shows a double
 * once.
 */
export const emailAddresses = ({ publicUrl, mailFrom, inboundAddress }: Settings) => ({
  /** Who sends, as an address alone. */
  sender: /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom,
  from: mailFrom.includes('<') ? mailFrom : `"${SERVICE}" <${mailFrom}>`,
  messageId: (delivery: string): string => `<${delivery}@${new URL(publicUrl).hostname}>`,
  /**
   * What e-mails about a project to one audience all refer to, and none has: mail programs show them as one conversation,
   * also when one is missing or a reader changes its subject.
   */
  threadRoot: (project: string, audience: Audience): string =>
    `<${project}.${audience}@${new URL(publicUrl).hostname}>`,
  /** Where replies to this delivery and its bounces come in; null when they do not. */
  replyTo: (delivery: string): string | null => inboundAddress?.replace('@', `+${delivery}@`) ?? null,
  /** The delivery that an address of ours names; null for any other address. */
  deliveryAt: (address: string): string | null => {
    const [, name, delivery, host] = TAG.exec(address.trim().toLowerCase()) ?? [];
    return delivery && `${name}@${host}` === inboundAddress?.toLowerCase() ? delivery : null;
  },
  followUp: (secret: string): string => publicUrl + paths.followUp(secret),
  answer: (secret: string): string => publicUrl + paths.addMessage(secret),
  contactData: (secret: string): string => publicUrl + paths.correctContact(secret),
  home: (): string => publicUrl + paths.home(),
  resume: (secret: string): string => publicUrl + paths.resume(secret),
  /** The home page, by an entry link. */
  entry: (channel: string): string => `${publicUrl}${paths.home()}?via=${channel}`,
  /** For the sites of partners. */
  frame: (): string => publicUrl + paths.frame(),
  newProject: (): string => publicUrl + paths.start(),
  referral: (id: string): string => publicUrl + paths.referral(id),
  projectSheet: (id: string): string => publicUrl + paths.projectSheet(id),
  opinion: (secret: string): string => publicUrl + paths.survey(secret),
  became: (secret: string): string => publicUrl + paths.became(secret),
  queue: (): string => publicUrl + paths.queue(),
  figures: (): string => publicUrl + paths.figures(),
  report: (id: string): string => publicUrl + paths.report(id),
  reportDraft: (quarter: string): string => publicUrl + paths.reportDraft(quarter),
  exports: (): string => publicUrl + paths.exports(),
  team: (): string => publicUrl + paths.team(),
  invitation: (secret: string): string => publicUrl + paths.invitation(secret),
  signInLink: (secret: string): string => publicUrl + paths.signInLink(secret),
  newPassword: (secret: string): string => publicUrl + paths.newPassword(secret),
  lostPassword: (): string => publicUrl + paths.lostPassword(),
  ownAccount: (): string => publicUrl + paths.ownAccount(),
  unsubscribe: (secret: string): string => publicUrl + paths.unsubscribe(secret),
  /** The page that closes a referral, filled in with this outcome: it asks to confirm. */
  close: (id: string, outcome: CloseOutcome): string => `${publicUrl}${paths.close(id)}?outcome=${outcome}`,
});
export type EmailAddresses = ReturnType<typeof emailAddresses>;
