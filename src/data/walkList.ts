import { fits, LOOKED_AT, type Place, type QueueFilters } from '../domain/referrals/queueFilters.js';
import type { Column } from './listOrder.js';
import type { ChosenWords } from './listWords.js';
import type { ListModel, ListRecord } from './referralLists.js';

const BATCH = 250;
const READ = [
  'callBy',
  'closedAt',
  'sentAt',
  'state',
  'assignee',
  'about.need',
  'about.stage',
  'about.epci',
  'about.channel',
];

interface Walk {
  filter: Record<string, unknown>;
  plan: { sort: Record<string, 1 | -1>; column: Column; left: QueueFilters };
  words: ChosenWords | null;
  now: Date;
  most: number;
}

/** Goes down the list until `most` referrals fit. `stoppedAt`: where it stopped before that, and before the end. */
export const walkList = async (model: ListModel, { filter, plan, words, now, most }: Walk) => {
  const fields = [...READ, ...(words?.left ? ['about.words'] : [])];
  const cursor = model
    .find(filter, Object.fromEntries(fields.map((field) => [field, 1])))
    .sort(plan.sort)
    .limit(LOOKED_AT)
    .lean<ListRecord[]>()
    .cursor({ batchSize: BATCH });
  const ids: string[] = [];
  let looked = 0;
  let last: Place | null = null;
  for await (const row of cursor as AsyncIterable<ListRecord>) {
    looked += 1;
    last = { at: row[plan.column] ?? row.sentAt, id: row._id };
    const hasWords = (words?.left ?? []).every((some) => some.some((word) => row.about.words.includes(word)));
    if (hasWords && fits(row, plan.left, now)) ids.push(row._id);
    if (ids.length === most) break;
  }
  return { ids, stoppedAt: ids.length < most && looked === LOOKED_AT ? last : null };
};
