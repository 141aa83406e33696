import type { Delivery } from '../../../src/domain/emails/delivery.js';
import type { Desk } from '../startDesk.js';
import type { Subjects } from './actsOf.js';
import type { Accepted } from './mailServer.js';
import { momentOf } from './parisTime.js';
import { addressOf, staffOfRun } from './people.js';
import type { Promised } from './promised.js';
import { promisedDigests } from './promisedDigests.js';
import type { Plan } from './stories.js';

export interface Findings {
  promised: number;
  /** Different e-mails that the mail server took. */
  arrived: number;
  /** Promised and not sent at that stop; sent and not promised: one line each. */
  missing: string[];
  extra: string[];
  /** E-mails that the mail server took more than once, counted once for each time too many. */
  doubles: number;
  /** Taken by the mail server and not known as sent, or the other way round. */
  unaccounted: string[];
  /** Arrived at others than those they are for. */
  astray: string[];
  /** Due and not done at the end. */
  owed: number;
}
interface Run {
  plan: Plan;
  promised: Promised[];
  subjects: Subjects;
  accepted: readonly Accepted[];
}

const lineOf = ({ email, about, at }: Promised): string => `${at} ${email}, ${about}`;

/** What is in the first list more often than in the second. */
const without = (lines: string[], others: string[]): string[] => {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
};

const staffOf = (role: string, partner: string | null): string[] =>
  staffOfRun()
    .filter((account) => account.role === role && account.partner === partner)
    .map(({ email }) => email);

const readersOf = ({ audience, about }: Delivery, subjects: Subjects): string[] => {
  const subject = subjects.get(about.id);
  if (audience === 'account') return [`${about.id}@example.org`];
  if (!subject) return [];
  if (audience === 'holder') return [addressOf(subject.number)];
  if (audience === 'advisor') return [`${subject.advisor}@example.org`];
  return audience === 'lead' ? staffOf('lead', subject.partner) : staffOf('manager', null);
};

/** Holds what left, by the store and by the mail server, against what was promised. */
export const judge = async (desk: Desk, { plan, promised, subjects, accepted }: Run): Promise<Findings> => {
  const all = await desk.parts.deliveries.model.find({}).lean<(Delivery & { owed: boolean })[]>();
  const sent = all.filter(({ sentAt }) => sentAt);
  const asPromised = ({ email, about, sentAt }: Delivery): Promised => {
    const moment = momentOf(sentAt as Date);
    const subject = subjects.get(about.id);
    const at = plan.steps.findLast((step) => step <= moment) ?? moment;
    return { email, about: subject ? `project ${subject.number}` : about.id, at };
  };
  const expected = [...promised, ...promisedDigests(plan, subjects)].map(lineOf);
  const found = sent.map((each) => lineOf(asPromised(each)));

  const readers = new Map(sent.map((each) => [each.messageId ?? '', readersOf(each, subjects).sort().join()]));
  const arrived = new Set(accepted.map(({ messageId }) => messageId));
  return {
    promised: expected.length,
    arrived: arrived.size,
    missing: without(expected, found).sort(),
    extra: without(found, expected).sort(),
    doubles: accepted.length - arrived.size,
    unaccounted: [
      ...[...readers.keys()].filter((id) => !arrived.has(id)),
      ...[...arrived].filter((id) => !readers.has(id)),
    ],
    astray: accepted
      .filter(({ messageId, to }) => readers.get(messageId) !== [...to].sort().join())
      .map(({ messageId, to }) => `${messageId}: ${to.join()}`),
    owed: all.filter(({ owed, due }) => owed && due <= desk.clock.now).length,
  };
};
