import type { SendFailure, Transport } from '../delivery/transport.js';
import { TRIES } from '../domain/emails/catalogue.js';
import type { DraftSituation, Situation } from '../domain/emails/conditions.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { unwantedBecause } from '../domain/emails/planEmails.js';
import type { Answers } from '../domain/questionnaire/answers.js';
import { logger } from '../logger.js';
import { type AccountSituationParts, accountSituation } from './accountSituation.js';
import { type ComposedEmail, type ComposeParts, composeEmail } from './composeEmail.js';
import type { Parts } from './parts.js';
import { sayInstead } from './sayInstead.js';

type Needs = ComposeParts &
  AccountSituationParts &
  Pick<Parts, 'clock' | 'deliveries' | 'drafts' | 'projects' | 'referrals'> & {
    limits: Pick<Parts['limits'], 'take'>;
    transport: Pick<Transport, 'send'>;
  };

export type DeliveryResult = 'sent' | 'to call' | 'cancelled' | 'given up' | 'not due';

/** For how long, in milliseconds, an attempt keeps others away. Longer than the longest send. */
const CLAIM = 2 * 60_000;

const draftSituation = async ({ drafts }: Needs, id: string): Promise<DraftSituation> => {
  const draft = await drafts.byId(id);
  if (!draft || draft.lastProject !== null) return { about: 'draft', draft: null };
  const { contact }: Answers = draft.answers;
  const { email, language } = draft;
  return { about: 'draft', draft: { id, language, name: contact?.name ?? '', email: email ?? contact?.email ?? null } };
};

const situationOf = async (parts: Needs, delivery: Delivery, now: Date): Promise<Situation> => {
  const { about, project: id } = delivery;
  if (about.kind === 'draft') return draftSituation(parts, about.id);
  if (about.kind === 'account') return accountSituation(parts)(delivery, now);
  const project = id === null ? null : await parts.projects.byId(id);
  if (!project) throw new Error('The project of this e-mail is not in the store');
  const all = await parts.referrals.ofProject(project.id);
  const latest = all.at(-1) ?? null;
  const referral = about.kind === 'project' ? latest : await parts.referrals.byId(about.id);
  return { about: 'project', project, referral, latest };
};

/** Servers quote the address that they take or refuse; what we keep names nobody. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)');

/** A reminder that nobody may have asked for: whoever begins a questionnaire types the address. A retry counts no more. */
const isTooOften = async ({ limits }: Needs, { email, attempts }: Delivery, situation: Situation): Promise<boolean> => {
  const address = situation.about === 'draft' ? situation.draft?.email : null;
  if (email !== 'holder-nudge' || attempts > 1 || !address) return false;
  return !(await limits.take('nudges-of-email', address)).allowed;
};

/**
 * Sends one e-mail owed. In: its id. Out: what became of it; 'not due' when it is done, too early, or under way elsewhere.
 * Asks again whether it is still wanted, and resolves names and addresses at this moment. Throws, naming nobody, when it is
 * to be tried again later; a refusal for good, or the last try, is recorded and does not throw.
 */
export const sendDelivery = (parts: Needs) => {
  const { clock, deliveries, transport } = parts;

  const compose = async (delivery: Delivery, now: Date): Promise<ComposedEmail | 'to call' | null> => {
    const situation = await situationOf(parts, delivery, now);
    const tooOften = (): Promise<string | null> =>
      isTooOften(parts, delivery, situation).then((often) => (often ? 'too many to this address' : null));
    const unwanted = unwantedBecause(delivery.email, situation) ?? (await tooOften());
    if (!unwanted && (await sayInstead(parts, delivery, situation, now))) return 'to call';
    if (!unwanted) return composeEmail(parts, delivery, situation, now);
    await deliveries.markCancelled(delivery.id, unwanted);
    return null;
  };

  const fail = async ({ id, email, attempts }: Delivery, error: unknown): Promise<'given up'> => {
    const { message, permanent = false } = error as Error & Partial<SendFailure>;
    const final = permanent || attempts >= TRIES.atMost;
    const reason = withoutAddresses(message);
    await deliveries.markFailed(id, reason, final);
    logger.warn({ delivery: id, kind: email, attempts, reason, final }, 'e-mail not sent');
    if (!final) throw new Error(`Delivery ${id} is to be tried again`);
    return 'given up';
  };

  return async (id: string): Promise<DeliveryResult> => {
    const now = clock();
    const delivery = await deliveries.claim(id, now, new Date(now.getTime() + CLAIM));
    if (!delivery) return 'not due';
    let sent: { messageId: string; response: string };
    let composed: ComposedEmail | 'to call' | null;
    try {
      composed = await compose(delivery, now);
      if (!composed) return 'cancelled';
      if (composed === 'to call') return composed;
      sent = await transport.send(composed.outgoing);
    } catch (error) {
      return fail(delivery, error);
    }
    // Outside the try: an e-mail that left must not be marked as failed, which would free it for another at once.
    await composed.onceSent();
    const { messageId, response } = sent;
    await deliveries.markSent(id, { at: clock(), messageId, response: withoutAddresses(response) });
    return 'sent';
  };
};
export type SendDelivery = ReturnType<typeof sendDelivery>;
