import { BASKETS, type Basket } from '../domain/referrals/lifecycle.js';
import type { Place } from '../domain/referrals/queueFilters.js';

/** The date by which a list is ordered. */
export type Column = 'callBy' | 'closedAt' | 'sentAt';

const COLUMNS: Record<(typeof BASKETS)[Basket]['order'], { column: Column; way: 1 | -1 }> = {
  'soonest due': { column: 'callBy', way: 1 },
  'latest ended': { column: 'closedAt', way: -1 },
  'latest sent': { column: 'sentAt', way: -1 },
};

/** The order of a basket, of a search when null; read backwards for the rows before a place. */
export const listOrder = (basket: Basket | null, side: 'after' | 'before' = 'after') => {
  const { column, way } = COLUMNS[basket ? BASKETS[basket].order : 'latest sent'];
  const read: 1 | -1 = (side === 'after') === (way === 1) ? 1 : -1;
  const beyond = read === 1 ? '$gt' : '$lt';
  return {
    column,
    sort: { [column]: read, _id: read } as Record<string, 1 | -1>,
    /** What comes after a place, in the order that is read: an index starts there, whatever stands before. */
    beyond: ({ at, id }: Place): Record<string, unknown> => ({
      $or: [{ [column]: { [beyond]: at } }, { [column]: at, _id: { [beyond]: id } }],
    }),
  };
};
