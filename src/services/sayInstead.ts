import type { Situation } from '../domain/emails/conditions.js';
import { type Delivery, MANAGERS } from '../domain/emails/delivery.js';
import { wayOf } from '../domain/emails/saidAloud.js';
import type { Parts } from './parts.js';

type Needs = Pick<Parts, 'accounts' | 'deliveries'>;

/** Who has the project says it; without a partner, the people of who entered it; else managers. */
const whoSays = async ({ accounts }: Needs, situation: Situation): Promise<string> => {
  if (situation.about !== 'project') return MANAGERS;
  const { project, referral, latest } = situation;
  const entered = project.consent.by ? await accounts.byId(project.consent.by) : null;
  return (latest ?? referral)?.partner ?? entered?.partner ?? MANAGERS;
};

const whyNot = (situation: Situation): string =>
  situation.about === 'project' && situation.project.contact.email ? 'address refused' : 'no address';

/**
 * For a holder whom no e-mail reaches, an e-mail becomes a line to say on the telephone, or is dropped when it makes no
 * sense aloud. False when it is to be sent.
 */
export const sayInstead = async (
  parts: Needs,
  delivery: Delivery,
  situation: Situation,
  now: Date,
): Promise<boolean> => {
  const way = wayOf(delivery.email, situation);
  if (way === 'written') return false;
  if (way === 'dropped') await parts.deliveries.markCancelled(delivery.id, whyNot(situation));
  else await parts.deliveries.markToCall(delivery.id, { at: now, partner: await whoSays(parts, situation) });
  return true;
};
