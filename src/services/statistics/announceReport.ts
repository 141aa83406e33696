import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { planAccountEmail } from '../../domain/emails/planEmails.js';
import type { Account, Role } from '../../domain/referrals/access.js';
import { quarterAt, quartersBefore } from '../../domain/statistics/quarters.js';
import type { Parts } from '../parts.js';

type Needs = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'enqueue' | 'reports'>;

/** Who is told that a report was issued. */
const READERS: Role[] = ['manager', 'observer', 'lead'];

/** In milliseconds: a report that nobody was told of for so long was left by a process that stopped. */
const LEFT = 5 * 60_000;

const reached = async ({ accounts }: Needs, roles: Role[]): Promise<Account[]> => {
  const all = (await Promise.all(roles.map((role) => accounts.active({ role })))).flat();
  const states = await accounts.emailStateOf(all.map(({ id }) => id));
  return all.filter(({ id }) => !states.get(id)?.mailRefused);
};

const owe = async (parts: Needs, readers: Account[], which: 'manager-report-ready' | 'report-issued', id: string) => {
  const at = parts.clock();
  const planned = readers.map((account) => planAccountEmail(account, { which, at, occasion: id }));
  const due = await parts.deliveries.plan(planned, at);
  if (due.length > 0) await parts.enqueue(due);
};

/** Owes the e-mails that say that a report was issued: once, however often it is asked. Leads with a part in it are told too. */
export const announceReport =
  (parts: Needs) =>
  async (id: string): Promise<void> => {
    const report = await parts.reports.byId(id);
    if (!report) return;
    const hasPart = new Set(report.content.partners.map((part) => part.id));
    const readers = (await reached(parts, READERS)).filter(({ partner }) => partner === null || hasPart.has(partner));
    await owe(parts, readers, 'report-issued', id);
    await parts.reports.markAnnounced(id, parts.clock());
  };

/** Announces what a process that stopped had issued and not announced; gives how many. */
export const announceLeftovers = (parts: Needs) => async (): Promise<number> => {
  const left = await parts.reports.unannounced(new Date(parts.clock().getTime() - LEFT));
  for (const id of left) await announceReport(parts)(id);
  return left.length;
};

/**
 * Owes the e-mails that say that the report of the quarter before this day ("2027-01-04") can be issued; gives to how many
 * managers. None when it is issued already, or when no project had come by then.
 */
export const remindOfReport =
  (parts: Needs & Pick<Parts, 'projects'>) =>
  async (day: string): Promise<number> => {
    const quarter = quartersBefore(quarterAt(startOfLocalDay(day)), 1);
    const first = await parts.projects.firstSubmission();
    if (!first || quarterAt(first) > quarter || (await parts.reports.lineOf(quarter))) return 0;
    const managers = await reached(parts, ['manager']);
    await owe(parts, managers, 'manager-report-ready', quarter);
    return managers.length;
  };
