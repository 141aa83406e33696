import type { EmailAddresses } from '../delivery/addresses.js';
import type { RenderEmail } from '../delivery/renderEmail.js';
import type { OutgoingEmail } from '../delivery/transport.js';
import { type Destination, EMAILS } from '../domain/emails/catalogue.js';
import type { Situation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { type EmailFacts, modelOf } from '../domain/emails/models.js';
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
  { project, referral }: Situation,
  now: Date,
): Record<Destination, () => Promise<string> | string> => ({
  'follow-up': async () => addresses.followUp(await links.create({ purpose: 'follow-up', project: project.id }, now)),
  'new project': () => addresses.newProject(),
  referral: () => addresses.referral(referral?.id ?? ''),
  'project sheet': () => addresses.projectSheet(project.id),
});

/** What was written with the act that the e-mail answers: its event points to a note of the referral. */
const wordsOf = async ({ events }: ComposeParts, { occasion }: Delivery, { project, referral }: Situation) => {
  const event = (await events.ofProject(project.id)).find(({ id }) => id === occasion);
  return referral?.notes.find(({ id }) => id === event?.note)?.text ?? '';
};

const factsOf = async (
  parts: ComposeParts,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<EmailFacts> => {
  const { project, referral } = situation;
  const { territory, accounts } = parts;
  const nameOf = (partner: string): string => territory.partner(partner)?.name ?? partner;
  const person = referral?.takenBy ? await accounts.byId(referral.takenBy) : null;
  return {
    project,
    referral,
    partner: referral && nameOf(referral.partner),
    person: person?.name ?? (referral?.takenBy ? nameOf(referral.partner) : null),
    commune: project.facts.commune && (territory.commune(project.facts.commune)?.name ?? null),
    words: await wordsOf(parts, delivery, situation),
    helpers: project.decision.associated.flatMap((id) => territory.partner(id) ?? []),
    link: await linkTo(parts, situation, now)[EMAILS[delivery.email].button.opens](),
    now,
  };
};

/** The e-mail to send for a delivery: to whom, as things stand now, and in which words. */
export const composeEmail = async (
  parts: ComposeParts,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<OutgoingEmail> => {
  const to = await emailRecipients(parts, delivery, situation);
  const words = parts.render(delivery.email, modelOf(delivery.email, await factsOf(parts, delivery, situation, now)));
  const { from, messageId } = parts.addresses;
  return { messageId: messageId(delivery.id), from, to, ...words, headers: HEADERS };
};
