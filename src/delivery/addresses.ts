import type { CloseOutcome } from '../domain/referrals/lifecycle.js';
import { paths } from '../paths.js';

const SERVICE = 'Porte d’entrée innovation';

/**
 * The addresses that e-mails carry. `publicUrl` has no final slash; `mailFrom` is an address, with a name before it or not.
 * A delivery has one Message-ID over all its tries, so that a mail program shows a double once.
 */
export const emailAddresses = ({ publicUrl, mailFrom }: { publicUrl: string; mailFrom: string }) => ({
  /** Who sends, as an address alone. */
  sender: /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom,
  from: mailFrom.includes('<') ? mailFrom : `"${SERVICE}" <${mailFrom}>`,
  messageId: (delivery: string): string => `<${delivery}@${new URL(publicUrl).hostname}>`,
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
  team: (): string => publicUrl + paths.team(),
  invitation: (secret: string): string => publicUrl + paths.invitation(secret),
  signInLink: (secret: string): string => publicUrl + paths.signInLink(secret),
  newPassword: (secret: string): string => publicUrl + paths.newPassword(secret),
  unsubscribe: (secret: string): string => publicUrl + paths.unsubscribe(secret),
  /** The page that closes a referral, filled in with this outcome: it asks to confirm. */
  close: (id: string, outcome: CloseOutcome): string => `${publicUrl}${paths.close(id)}?outcome=${outcome}`,
});
export type EmailAddresses = ReturnType<typeof emailAddresses>;
