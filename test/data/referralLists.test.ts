import { referralsOn } from '../../src/data/referrals.js';
import { BASKETS, type Basket } from '../../src/domain/referrals/lifecycle.js';
import { COUNTED, fits, type ListRequest, LOOKED_AT, NO_FILTERS } from '../../src/domain/referrals/queueFilters.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { soughtWords } from '../../src/domain/referrals/searchWords.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { startTestStore } from '../support/startStore.js';
import { type Seen, watchQueries } from '../support/watchQueries.js';

/** 20 000 referrals: every query of the queue is explained by the store that answers it. */
const COUNT = 20_000;
const PARTNER = 'ti-tiltam';
const NOW = new Date('2026-02-02T09:00:00Z');
const PAGE = 25;

const all = manyReferrals(COUNT, PARTNER, 'cci-puy-de-dome');
const own = all.filter(({ partner }) => partner === PARTNER);
let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let referrals: ReturnType<typeof referralsOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  referrals = referralsOn(watched.connection);
  await referrals.model.createIndexes();
  for (let from = 0; from < COUNT; from += 2000) await referrals.insertAll(all.slice(from, from + 2000));
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

const request = (changes: Partial<ListRequest> = {}): ListRequest => ({
  partner: PARTNER,
  basket: 'a-prendre',
  filters: NO_FILTERS,
  words: null,
  now: NOW,
  from: null,
  limit: PAGE,
  ...changes,
});
const list = (changes: Partial<ListRequest> = {}) => watched.watch(() => referrals.list(request(changes)));
const docsOf = (seen: Seen[]): number => seen.reduce((sum, { docs }) => sum + docs, 0);
const expectIndexed = (seen: Seen[]): void => {
  expect(seen.length).toBeGreaterThan(0);
  for (const { stages } of seen) {
    expect(stages).not.toContain('COLLSCAN');
    expect(stages).not.toContain('SORT');
  }
};
const idsOf = (rows: Pick<Referral, 'id'>[]): string[] => rows.map(({ id }) => id);

type Column = 'callBy' | 'closedAt' | 'sentAt';
const COLUMN = { 'soonest due': 'callBy', 'latest ended': 'closedAt', 'latest sent': 'sentAt' } as const;
const inOrder = (rows: Referral[], column: Column, way: 1 | -1): Referral[] =>
  [...rows].sort((a, b) => way * ((a[column]?.getTime() ?? 0) - (b[column]?.getTime() ?? 0) || (a.id < b.id ? -1 : 1)));

describe.each(Object.keys(BASKETS) as Basket[])('the basket %s', (basket) => {
  const column = COLUMN[BASKETS[basket].order];
  const expected = inOrder(
    own.filter((one) => one.basket === basket),
    column,
    column === 'callBy' ? 1 : -1,
  );

  it('is read page by page in its order, each page by index and as short as the first', async () => {
    const found: string[] = [];
    let from: ListRequest['from'] = null;
    for (let pages = 0; pages < 4; pages += 1) {
      const { given, seen } = await list({ basket, from });
      expectIndexed(seen);
      expect(docsOf(seen)).toBeLessThanOrEqual(PAGE + 1);
      found.push(...idsOf(given.rows));
      if (!given.next) break;
      from = { place: given.next, side: 'after' };
    }
    expect(found).toEqual(idsOf(expected.slice(0, found.length)));
    expect(found).toHaveLength(Math.min(4 * PAGE, expected.length));
  });

  it('is as short to read near its end as at its start, both ways', async () => {
    const at = expected.at(-40);
    if (!at) throw new Error('too few referrals');
    const place = { at: at[column] ?? at.sentAt, id: at.id };
    const after = await list({ basket, from: { place, side: 'after' } });
    expectIndexed(after.seen);
    expect(docsOf(after.seen)).toBeLessThanOrEqual(PAGE + 1);
    expect(Math.max(...after.seen.map(({ keys }) => keys))).toBeLessThanOrEqual(PAGE + 10);
    expect(idsOf(after.given.rows)).toEqual(idsOf(expected.slice(-39, -39 + PAGE)));
    const before = await list({ basket, from: { place, side: 'before' } });
    expectIndexed(before.seen);
    expect(docsOf(before.seen)).toBeLessThanOrEqual(PAGE + 1);
    expect(idsOf(before.given.rows)).toEqual(idsOf(expected.slice(-40 - PAGE, -40)));
    expect(before.given.previous).not.toBeNull();
    expect(before.given.next).not.toBeNull();
  });

  it('is counted by keys alone, no further than the tab says', async () => {
    const { given, seen } = await watched.watch(() => referrals.countBasket(PARTNER, basket));
    expect(given).toBe(Math.min(expected.length, COUNTED + 1));
    expectIndexed(seen);
    expect(docsOf(seen)).toBe(0);
    expect(seen[0]?.keys).toBeLessThanOrEqual(COUNTED + 1);
  });
});

describe('filters', () => {
  it.each([
    ['nobody has it', { person: { account: null } }],
    ['one person has it', { person: { account: 'a4' } }],
    ['a need', { need: 'skills' }],
    ['an EPCI', { epci: '200070753' }],
    ['late', { late: true }],
    ['one person, and late', { person: { account: 'a4' }, late: true }],
  ] as const)('%s: an index of the open baskets has it', async (_name, filter) => {
    const filters = { ...NO_FILTERS, ...filter };
    const { given, seen } = await list({ filters });
    const waiting = own.filter((one) => one.basket === 'a-prendre' && fits(one, filters, NOW));
    expect(waiting.length).toBeGreaterThan(0);
    expect(idsOf(given.rows)).toEqual(idsOf(inOrder(waiting, 'callBy', 1).slice(0, PAGE)));
    expectIndexed(seen);
    expect(docsOf(seen)).toBeLessThanOrEqual(PAGE + 1);
  });

  it('that no index has are looked at one by one, and what is found is right', async () => {
    const filters = { ...NO_FILTERS, stage: 'growth', person: { account: 'a4' } } as const;
    const { given, seen } = await list({ filters });
    const waiting = own.filter((one) => one.basket === 'a-prendre' && fits(one, filters, NOW));
    expect(idsOf(given.rows)).toEqual(idsOf(inOrder(waiting, 'callBy', 1).slice(0, PAGE)));
    expectIndexed(seen);
    expect(docsOf(seen)).toBeLessThanOrEqual(LOOKED_AT + PAGE + 1);
  });

  it('that nothing fits stop after a while, and offer to go on to the end', async () => {
    const filters = { ...NO_FILTERS, channel: 'nowhere' };
    const first = await list({ basket: 'clotures', filters });
    expect(first.given.rows).toEqual([]);
    expect(first.given.isCut).toBe(true);
    expectIndexed(first.seen);
    expect(docsOf(first.seen)).toBeLessThanOrEqual(LOOKED_AT);
    let { next } = first.given;
    for (let pages = 0; next && pages < 9; pages += 1)
      next = (await referrals.list(request({ basket: 'clotures', filters, from: { place: next, side: 'after' } })))
        .next;
    expect(next).toBeNull();
  });

  it('are found across what was looked at before', async () => {
    const filters = { ...NO_FILTERS, channel: 'salon' };
    const first = await referrals.list(request({ filters }));
    expect(first.isCut).toBe(true);
    const from = first.next && ({ place: first.next, side: 'after' } as const);
    const second = await referrals.list(request({ filters, from }));
    const expected = own.filter((one) => one.basket === 'a-prendre' && one.about.channel === 'salon');
    expect(idsOf([...first.rows, ...second.rows])).toEqual(idsOf(inOrder(expected, 'callBy', 1)));
    expect(second.rows.length).toBeGreaterThan(0);
  });
});

describe('a search', () => {
  const search = (typed: string, changes: Partial<ListRequest> = {}) =>
    list({ basket: null, words: soughtWords(typed)[0] ?? null, ...changes });
  const having = (...words: string[]): Referral[] =>
    inOrder(
      own.filter(({ about }) => words.every((word) => about.words.includes(word))),
      'sentAt',
      -1,
    );

  it.each(['26-00ABC', '26 00abc', '2600ABC'])('finds the reference %s at once', async (typed) => {
    const { given, seen } = await search(typed);
    const found = own.filter(({ id }) => idsOf(given.rows).includes(id));
    expect(found.map(({ about }) => about.reference)).toEqual(['26-00ABC']);
    expectIndexed(seen);
    expect(docsOf(seen)).toBe(1);
  });

  it('finds a common word newest first, at any page, and reads what it shows', async () => {
    const expected = having('thiers');
    const { given, seen } = await search('Thiers');
    expect(idsOf(given.rows)).toEqual(idsOf(expected.slice(0, PAGE)));
    expectIndexed(seen);
    expect(given.isVague).toBe(false);
    // Completing the word reads a few more.
    expect(seen.at(-1)?.docs).toBeLessThanOrEqual(PAGE + 1);
    expect(docsOf(seen)).toBeLessThanOrEqual(2 * PAGE + 20);
    const far = expected[1000];
    if (!far) throw new Error('too few referrals');
    const next = await search('Thiers', { from: { place: { at: far.sentAt, id: far.id }, side: 'after' } });
    expect(idsOf(next.given.rows)).toEqual(idsOf(expected.slice(1001, 1001 + PAGE)));
    expectIndexed(next.seen);
    expect(next.seen.at(-1)?.docs).toBeLessThanOrEqual(PAGE + 1);
  });

  it('finds words by their beginning, without accents', async () => {
    const { given, seen } = await search('noiret');
    expect(given.isVague).toBe(false);
    expect(idsOf(given.rows)).toEqual(idsOf(having('noiretable').slice(0, PAGE)));
    expectIndexed(seen);
    expect(docsOf(seen)).toBeLessThanOrEqual(200 + PAGE + 1);
  });

  it('finds those that have all of several words, by the rarest', async () => {
    const { given, seen } = await search('Dupré rare 1515');
    const expected = having('dupre', 'rare').filter(({ about }) => about.words.some((word) => word.startsWith('1515')));
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(given.rows)).toEqual(idsOf(expected));
    expectIndexed(seen);
    expect(docsOf(seen)).toBeLessThanOrEqual(200 + 4 * expected.length);
  });

  it('says when too many words begin so', async () => {
    const { given } = await search('00');
    expect(given.isVague).toBe(true);
    expect(given.rows).toHaveLength(PAGE);
  });

  it('finds nothing of another partner', async () => {
    const other = all.find(({ partner }) => partner !== PARTNER);
    const { given } = await search(other?.about.reference ?? '');
    expect(other).toBeDefined();
    expect(given.rows).toEqual([]);
  });
});

it('the newest change of a queue, and what is late, are read by index', async () => {
  const newest = await watched.watch(() => referrals.changedAt(PARTNER));
  expect(newest.given).toEqual(new Date(Math.max(...own.map(({ changedAt }) => changedAt.getTime()))));
  expectIndexed(newest.seen);
  expect(docsOf(newest.seen)).toBeLessThanOrEqual(1);
  const late = await watched.watch(() => referrals.countLate(PARTNER, NOW));
  const expected = own.filter((one) => one.basket === 'a-prendre' && one.callBy < NOW).length;
  expect(late.given).toBe(Math.min(expected, COUNTED + 1));
  expectIndexed(late.seen);
  expect(docsOf(late.seen)).toBe(0);
});
