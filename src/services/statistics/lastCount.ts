import { localMonth } from '../../domain/calendar/businessTime.js';
import { LATE } from '../../domain/statistics/keptFacts.js';
import { monthsBetween } from '../../domain/statistics/localDays.js';
import type { Parts } from '../parts.js';

type Marks = Pick<Parts, 'marks'>;

/** One more when what is kept of a project, or counted, is no longer the same: then all is made anew. */
const EDITION = 1;
const COUNTED_AT = `figures ${EDITION} counted at`;
const TO_COUNT = 'figures to count';
const HELD = 'figures held until';

/** For how long, in milliseconds, whoever counts keeps others from it without a sign of life… */
const LEASE = 2 * 60_000;
/** …and how often it gives one. */
const BEAT = 20_000;
/** Free for all, also for a machine whose clock is behind. */
const FREE = new Date(0).toISOString();

/** The instant of the last count: what happened until then is in the figures. Null: nothing was counted yet. */
export const countedAt = async ({ marks }: Marks): Promise<Date | null> => {
  const at = await marks.read(COUNTED_AT);
  return at ? new Date(at) : null;
};

/** Months that somebody began to count, and did not finish. */
export const leftToCount = async ({ marks }: Marks): Promise<string[]> =>
  ((await marks.read(TO_COUNT)) ?? '').split(',').filter(Boolean);

/** Written before the rows: a crash leaves months to count, never rows that are not counted. */
export const noteToCount = ({ marks }: Marks, months: Iterable<string>): Promise<void> =>
  marks.write(TO_COUNT, [...months].join(','));

/** The last step of a count. */
export const noteCounted = async ({ marks }: Marks, at: Date): Promise<void> => {
  await marks.write(COUNTED_AT, at.toISOString());
  await marks.write(TO_COUNT, '');
};

/** What is kept no longer stands: the next count makes it anew. */
export const forgetCount = ({ marks }: Marks): Promise<void> => marks.write(COUNTED_AT, '');

/** The months whose ends a count looks at: the current one, and those that were not settled at the count before. */
export const untilsSince = (before: Date, now: Date): string[] =>
  monthsBetween(localMonth(new Date(before.getTime() - LATE)), localMonth(now));

/** Counts alone, one at a time on all machines. Null: somebody else is counting, or died of it less than LEASE ago. */
export const countAlone = async <Done>(
  { marks, clock }: Pick<Parts, 'clock' | 'marks'>,
  work: () => Promise<Done>,
): Promise<Done | null> => {
  const leaseEnd = (): Date => new Date(clock().getTime() + LEASE);
  const until = leaseEnd();
  if (!(await marks.hold(HELD, clock(), until))) return null;
  let mine = until.toISOString();
  // Whoever said nothing for so long that somebody else counts leaves the lease to them.
  const say = async (value: string): Promise<void> => {
    if (await marks.replace(HELD, mine, value)) mine = value;
  };
  let said = Promise.resolve();
  const beat = setInterval(() => {
    // A store that is away keeps everybody else from counting, too.
    said = said.then(() => say(leaseEnd().toISOString())).catch(() => undefined);
  }, BEAT).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await said;
    await say(FREE);
  }
};
