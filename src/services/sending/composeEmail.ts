import type { EmailAddresses } from '../../delivery/addresses.js';
import type { RenderEmail, RenderedEmail } from '../../delivery/renderEmail.js';
import type { OutgoingEmail } from '../../delivery/transport.js';
import { EMAILS, type EmailId, languagesOf, rowOf } from '../../domain/emails/catalogue.js';
import type { Situation } from '../../domain/emails/conditions.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import type { EmailFacts } from '../../domain/emails/emailFacts.js';
import type { Destination } from '../../domain/emails/emailRow.js';
import { modelOf } from '../../domain/emails/models.js';
import type { Language } from '../../domain/territory/language.js';
import type { Parts } from '../parts.js';
import { reportAttachments } from '../statistics/reportNews.js';
import { appointmentFile } from './appointmentFile.js';
import { emailFacts, type FactParts } from './emailFacts.js';
import type { Recipients } from './emailRecipients.js';
import { type ReplyParts, replyAddresses } from './replyAddresses.js';

export type ComposeParts = FactParts &
  ReplyParts &
  Pick<Parts, 'calendarFile' | 'links' | 'reportFiles'> & {
    render: RenderEmail;
    addresses: EmailAddresses;
  };

/** Tells automatic replies (holidays, receipts) to stay silent: RFC 3834, and its Exchange equivalent. */
const HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** All e-mails to one audience about a project, or a draft, are one conversation. */
const threadOf = ({ addresses }: ComposeParts, { about, project, audience }: Delivery): Record<string, string> => {
  if (about.kind === 'account') return {};
  const root = addresses.threadRoot(project ?? about.id, audience);
  return { References: root, 'In-Reply-To': root };
};

/** Where one click ends such e-mails (RFC 8058); empty for those that nobody can leave. */
const unsubscribeAddress = async (
  { links, addresses }: ComposeParts,
  { email, about, project }: Delivery,
  now: Date,
): Promise<string> => {
  const from = rowOf(email).unsubscribe;
  if (from === 'digests')
    return addresses.unsubscribe(await links.create({ purpose: 'unsubscribe', account: about.id }, now));
  if (from === 'questions' && project)
    return addresses.unsubscribe(await links.create({ purpose: 'no-questions', project }, now));
  return '';
};

const unsubscribeHeaders = (address: string): Record<string, string> =>
  address ? { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};

/** The store keeps only the hash of a link's secret, so each e-mail carries a link made for it. */
const linkTo = (
  { links, addresses }: ComposeParts,
  situation: Situation,
  now: Date,
): Record<Destination, () => Promise<string> | string> => {
  const project = situation.about === 'project' ? situation.project.id : '';
  const draft = situation.about === 'draft' ? (situation.draft?.id ?? '') : '';
  const account = situation.about === 'account' ? (situation.account?.id ?? '') : '';
  const referral = situation.about === 'project' ? (situation.referral?.id ?? '') : '';
  const report = situation.about === 'account' ? (situation.report?.id ?? '') : '';
  return {
    home: () => addresses.home(),
    draft: async () => addresses.resume(await links.create({ purpose: 'resume', draft }, now)),
    'follow-up': async () => addresses.followUp(await links.create({ purpose: 'follow-up', project }, now)),
    answer: async () => addresses.answer(await links.create({ purpose: 'follow-up', project }, now)),
    'contact data': async () => addresses.contactData(await links.create({ purpose: 'follow-up', project }, now)),
    'new project': () => addresses.newProject(),
    referral: () => addresses.referral(referral),
    'project sheet': () => addresses.projectSheet(project),
    opinion: async () => addresses.opinion(await links.create({ purpose: 'follow-up', project }, now)),
    'what became': async () => addresses.became(await links.create({ purpose: 'follow-up', project }, now)),
    queue: () => addresses.queue(),
    figures: () => addresses.figures(),
    report: () => addresses.report(report),
    'report draft': () => addresses.reportDraft(report),
    exports: () => addresses.exports(),
    team: () => addresses.team(),
    invitation: async () => addresses.invitation(await links.create({ purpose: 'invitation', account }, now)),
    'sign-in link': async () => addresses.signInLink(await links.create({ purpose: 'sign-in', account }, now)),
    'new password': async () => addresses.newPassword(await links.create({ purpose: 'reset', account }, now)),
    'lost password': () => addresses.lostPassword(),
    'own account': () => addresses.ownAccount(),
  };
};

/** Staff read French; holders the language in which they answered. */
const languageOf = (email: EmailId, situation: Situation): Language => {
  if (situation.about === 'account') return 'fr';
  const own = situation.about === 'project' ? situation.project.language : situation.draft?.language;
  return languagesOf(email).find((language) => language === own) ?? 'fr';
};

export interface ComposedEmail {
  outgoing: OutgoingEmail;
  /** To be called when it has left, and not before: until then nobody has the link that it carries. */
  onceSent: () => Promise<void>;
}

interface Writing {
  /** What the button opens. */
  link: string;
  now: Date;
}

const factsFor = async (
  parts: FactParts,
  delivery: Delivery,
  situation: Situation,
  { link, now }: Writing,
): Promise<EmailFacts> => {
  const language = languageOf(delivery.email, situation);
  return situation.about === 'project'
    ? { ...(await emailFacts(parts, delivery, situation, language)), link, now }
    : { ...situation, language, link, now };
};

/** An e-mail in words, as things stand now. */
export const emailInWords = async (
  parts: FactParts & { render: RenderEmail },
  delivery: Delivery,
  situation: Situation,
  writing: Writing,
): Promise<RenderedEmail> => {
  const facts = await factsFor(parts, delivery, situation, writing);
  return parts.render(delivery.email, modelOf(delivery.email, facts), facts.language);
};

/** The e-mail to send for a delivery, to these recipients, in words as things stand now. */
export const composeEmail = async (
  parts: ComposeParts,
  delivery: Delivery,
  situation: Situation,
  { recipients: { to, copy: cc }, now }: { recipients: Recipients; now: Date },
): Promise<ComposedEmail> => {
  const { email, project } = delivery;
  const link = await linkTo(parts, situation, now)[EMAILS[email].button.opens]();
  const facts = await factsFor(parts, delivery, situation, { link, now });
  const replyTo = await replyAddresses(parts, delivery, situation, to);
  const unsubscribe = await unsubscribeAddress(parts, delivery, now);
  const model = { ...modelOf(email, facts), isRead: replyTo.length > 0, unsubscribe };
  const words = parts.render(email, model, facts.language);
  const calendar = facts.about === 'project' ? appointmentFile(parts, email, facts, to) : null;
  const attachments = situation.about === 'account' ? await reportAttachments(parts, situation) : [];
  const { from, messageId, replyTo: returnPathOf } = parts.addresses;
  const headers = { ...HEADERS, ...threadOf(parts, delivery), ...unsubscribeHeaders(unsubscribe) };
  const way = { messageId: messageId(delivery.id), from, to, cc, replyTo, returnPath: returnPathOf(delivery.id) };
  return {
    outgoing: { ...way, ...words, headers, calendar, attachments },
    async onceSent() {
      // Asked for because a link was lost: whoever has found it must not be able to open it.
      const replaces = email === 'holder-link-again' ? project : null;
      if (replaces) await parts.links.revokeOthers(replaces, link.slice(link.lastIndexOf('/') + 1), now);
    },
  };
};
