import type { EmailAddresses } from '../delivery/addresses.js';
import type { RenderEmail } from '../delivery/renderEmail.js';
import type { OutgoingEmail } from '../delivery/transport.js';
import { EMAILS, type EmailId, languagesOf } from '../domain/emails/catalogue.js';
import type { ProjectSituation, Situation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import type { ProjectEmailFacts } from '../domain/emails/emailFacts.js';
import type { Destination } from '../domain/emails/emailRow.js';
import { modelOf } from '../domain/emails/models.js';
import type { ProjectEvent, Referral } from '../domain/referrals/referral.js';
import { reasonsInEnglish } from '../domain/routing/reasonsInEnglish.js';
import type { Language } from '../domain/territory/language.js';
import { emailRecipients } from './emailRecipients.js';
import type { Parts } from './parts.js';

export type ComposeParts = Pick<Parts, 'accounts' | 'events' | 'links' | 'territory'> & {
  render: RenderEmail;
  addresses: EmailAddresses;
};

/** Tells automatic replies (holidays, receipts) to stay silent: RFC 3834, and its Exchange equivalent. */
const HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** The store keeps only the hash of a link's secret, so each e-mail carries a link made for it. */
const linkTo = (
  { links, addresses }: ComposeParts,
  situation: Situation,
  now: Date,
): Record<Destination, () => Promise<string> | string> => {
  const project = situation.about === 'project' ? situation.project.id : '';
  const draft = situation.about === 'draft' ? (situation.draft?.id ?? '') : '';
  const referral = situation.about === 'project' ? (situation.referral?.id ?? '') : '';
  return {
    home: () => addresses.home(),
    draft: async () => addresses.resume(await links.create({ purpose: 'resume', draft }, now)),
    'follow-up': async () => addresses.followUp(await links.create({ purpose: 'follow-up', project }, now)),
    'new project': () => addresses.newProject(),
    referral: () => addresses.referral(referral),
    'project sheet': () => addresses.projectSheet(project),
  };
};

/** Staff read French; holders the language in which they answered. */
const languageOf = (email: EmailId, situation: Situation): Language => {
  const own = situation.about === 'project' ? situation.project.language : situation.draft?.language;
  return languagesOf(email).find((language) => language === own) ?? 'fr';
};

/** What was written with an act: its event points to a note of the referral. */
const wordsOf = (event: ProjectEvent | null, referral: Referral | null): string =>
  referral?.notes.find(({ id }) => id === event?.note)?.text ?? '';

const projectEmailFacts = async (
  { territory, accounts, events }: ComposeParts,
  { occasion }: Delivery,
  { project, referral }: ProjectSituation,
  language: Language,
): Promise<Omit<ProjectEmailFacts, 'link' | 'now'>> => {
  const nameOf = (partner: string): string => territory.partner(partner)?.name ?? partner;
  const person = referral?.takenBy ? await accounts.byId(referral.takenBy) : null;
  const event = (await events.ofProject(project.id)).find(({ id }) => id === occasion) ?? null;
  return {
    about: 'project',
    project,
    referral,
    event,
    partner: referral && nameOf(referral.partner),
    person: person?.name ?? (referral?.takenBy ? nameOf(referral.partner) : null),
    commune: project.facts.commune && (territory.commune(project.facts.commune)?.name ?? null),
    words: wordsOf(event, referral),
    helpers: project.decision.associated.flatMap((id) => territory.partner(id) ?? []),
    reasons: language === 'fr' ? project.decision.reasons : reasonsInEnglish(project, territory),
    language,
  };
};

export interface ComposedEmail {
  outgoing: OutgoingEmail;
  /** To be called when it has left, and not before: until then nobody has the link that it carries. */
  onceSent: () => Promise<void>;
}

/** The e-mail to send for a delivery: to whom, as things stand now, and in which words. */
export const composeEmail = async (
  parts: ComposeParts,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<ComposedEmail> => {
  const { email, project } = delivery;
  const to = await emailRecipients(parts, delivery, situation);
  const language = languageOf(email, situation);
  const about =
    situation.about === 'project'
      ? await projectEmailFacts(parts, delivery, situation, language)
      : { ...situation, language };
  const link = await linkTo(parts, situation, now)[EMAILS[email].button.opens]();
  const words = parts.render(email, modelOf(email, { ...about, link, now }), language);
  const { from, messageId } = parts.addresses;
  return {
    outgoing: { messageId: messageId(delivery.id), from, to, ...words, headers: HEADERS },
    async onceSent() {
      // Asked for because a link was lost: whoever has found it must not be able to open it.
      const replaces = email === 'holder-link-again' ? project : null;
      if (replaces) await parts.links.revokeOthers(replaces, link.slice(link.lastIndexOf('/') + 1), now);
    },
  };
};
