import type { LateEmail } from '../data/deliveryReads.js';
import type { UnmatchedMessage } from '../data/inbox.js';
import type { Run } from '../data/runs.js';
import type { QueueDepth } from '../delivery/openQueues.js';
import { messagesRead } from '../domain/audit/auditNotes.js';
import type { Delivery } from '../domain/emails/delivery.js';
import { type FailureKind, failureKindOf } from '../domain/emails/failures.js';
import { type Account, may } from '../domain/referrals/access.js';
import type { MailRefusal } from '../domain/referrals/referral.js';
import { Forbidden, NotFound } from '../errors.js';
import type { Parts } from './parts.js';

/** What is owed, what failed, what runs by itself. Of counts, COUNTED + 1 stands for more. Names no holder, but in `unmatched`. */
export interface Operations {
  /** Null: Redis does not answer. */
  depths: QueueDepth[] | null;
  /** Due and not done, oldest first. */
  late: LateEmail[];
  later: number;
  sentLastHour: number;
  sentLastDay: number;
  /** How many were given up, and why. */
  failures: Map<FailureKind, number>;
  /** The latest of them. */
  gaveUp: Delivery[];
  refused: { accounts: { account: Account; refusal: MailRefusal }[]; projects: number };
  /** The last lines of each row of the timetable. */
  runs: Run[];
  unmatchedTotal: number;
  /** Null: not for this reader, whom they would tell who wrote. */
  unmatched: UnmatchedMessage[] | null;
}

type Needs = Pick<Parts, 'accounts' | 'clock' | 'deliveries' | 'inbox' | 'note' | 'projects' | 'queueDepths' | 'runs'>;

const HOUR = 3_600_000;
const LATEST = 20;
const RUNS_OF_EACH = 3;

const countKinds = (reasons: string[]): Map<FailureKind, number> => {
  const counts = new Map<FailureKind, number>();
  for (const kind of reasons.map(failureKindOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
};

/** How the machinery of e-mails stands. Never fails, nor waits, for Redis. Throws Forbidden for who may not look. */
export const readOperations =
  ({ accounts, clock, deliveries, inbox, note, projects, queueDepths, runs }: Needs) =>
  async (reader: Account): Promise<Operations> => {
    if (!may(reader, 'seeOperations')) throw new Forbidden();
    const now = clock();
    const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR);
    const depths = queueDepths();
    const unmatched = may(reader, 'seeUnmatched') ? await inbox.unmatched(LATEST) : null;
    if (unmatched && unmatched.length > 0) await note(messagesRead(reader, unmatched.length));
    return {
      late: await deliveries.late(now),
      later: await deliveries.countLater(now),
      sentLastHour: await deliveries.countSentSince(ago(1)),
      sentLastDay: await deliveries.countSentSince(ago(24)),
      failures: countKinds(await deliveries.gaveUpBecause()),
      gaveUp: await deliveries.gaveUp(LATEST),
      refused: { accounts: await accounts.withMailRefused(LATEST), projects: await projects.countMailRefused() },
      runs: await runs.latest(RUNS_OF_EACH),
      unmatchedTotal: await inbox.countUnmatched(),
      unmatched,
      depths: await depths,
    };
  };

/** "Classer": somebody has dealt with a message that nobody expected, and its words go. Done before, it changes nothing. */
export const settleMessage =
  ({ clock, inbox }: Pick<Parts, 'clock' | 'inbox'>) =>
  async (by: Account, id: string): Promise<void> => {
    if (!may(by, 'seeUnmatched')) throw new Forbidden();
    if (!/^[\w-]{1,100}$/.test(id)) throw new NotFound();
    await inbox.settle(id, clock());
  };
