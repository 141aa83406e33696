import { localDay } from '../../domain/calendar/businessTime.js';
import type { Delivery } from '../../domain/emails/delivery.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import { withoutAddresses } from '../../domain/emails/withoutAddresses.js';
import type { MailRefusal, ProjectEvent } from '../../domain/referrals/referral.js';
import type { Parts } from '../parts.js';
import type { Settle } from '../settle.js';

export type RefuseParts = Pick<
  Parts,
  'accounts' | 'clock' | 'deliveries' | 'enqueue' | 'newId' | 'projects' | 'referrals'
> & {
  settleProject: Settle['settleProject'];
};

/** What a mail server, or a delivery failure that came back, says of one address: for good, or it is not a refusal. */
export interface RefusedAddress {
  delivery: Pick<Delivery, 'audience' | 'project'>;
  address: string;
  /** The server's words; what is kept of them names nobody. */
  because: string;
  at: Date;
}

/**
 * Marks an address as one that does not receive, and has a person told: of a holder's, the lead who has the project or
 * managers; of an account's, its lead. Gives whose it is; 'unknown' for one that nobody has (any more). Marked before, it
 * stays as it is, and nobody is told twice.
 */
export const refuseAddress = (parts: RefuseParts) => {
  const { accounts, clock, deliveries, enqueue, newId, projects, referrals, settleProject } = parts;

  /** False when the project has another address, or its data are erased. */
  const ofHolder = async (project: string, address: string, mailRefused: MailRefusal): Promise<boolean> => {
    const latest = (await referrals.ofProject(project)).at(-1);
    const event: ProjectEvent = {
      id: newId(),
      project,
      referral: latest?.id ?? null,
      partner: latest?.partner ?? null,
      type: 'address-refused',
      at: mailRefused.at,
      actor: { role: 'system', account: null },
      before: null,
      after: null,
      reason: null,
      note: null,
    };
    const isMarked = await projects.writeForHolder(
      project,
      { receivesAt: address },
      { event, change: { mailRefused } },
    );
    if (isMarked) await settleProject(project);
    return isMarked || Boolean((await projects.byId(project))?.mailRefused);
  };

  /** Owed before the mark is there, and queued after it: a crash in between marks it at the next refusal, and loses nothing. */
  const ofAccount = async (id: string, refusal: MailRefusal): Promise<void> => {
    const when = { which: 'lead-colleague-refused', at: refusal.at, occasion: localDay(refusal.at) } as const;
    const due = await deliveries.plan([planAccountEmail({ id }, when)], clock());
    await accounts.markMailRefused(id, refusal);
    if (due.length > 0) await enqueue(due);
  };

  return async ({
    delivery: { audience, project },
    address,
    because,
    at,
  }: RefusedAddress): Promise<'holder' | 'account' | 'unknown'> => {
    const refusal = { at, because: withoutAddresses(because, [address]) };
    if (audience === 'holder') return project && (await ofHolder(project, address, refusal)) ? 'holder' : 'unknown';
    const found = await accounts.byEmail(address);
    if (!found) return 'unknown';
    const state = (await accounts.emailStateOf([found.account.id])).get(found.account.id);
    if (!state?.mailRefused) await ofAccount(found.account.id, refusal);
    return 'account';
  };
};
export type RefuseAddress = ReturnType<typeof refuseAddress>;
