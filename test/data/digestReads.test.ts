import { deliveriesOn } from '../../src/data/deliveries.js';
import { referralsOn } from '../../src/data/referrals.js';
import { planAccountEmail } from '../../src/domain/emails/planEmails.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { startTestStore } from '../support/startStore.js';
import { type Seen, watchQueries } from '../support/watchQueries.js';

/** Digests read a few rows of many: every query is explained by the store that answers it. */
const COUNT = 6000;
const PARTNER = 'ti-tiltam';
const READER = 'a1';
const NOW = new Date('2026-01-13T09:00:00Z');
const LINES = 10;

const all = manyReferrals(COUNT, PARTNER, 'cci-puy-de-dome');
const own = all.filter(({ partner }) => partner === PARTNER);
let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let referrals: ReturnType<typeof referralsOn>;
let deliveries: ReturnType<typeof deliveriesOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  referrals = referralsOn(watched.connection);
  deliveries = deliveriesOn(watched.connection);
  await referrals.model.createIndexes();
  await deliveries.model.createIndexes();
  for (let from = 0; from < COUNT; from += 2000) await referrals.insertAll(all.slice(from, from + 2000));
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

const expectIndexed = (seen: Seen[], docs: number): void => {
  expect(seen.length).toBeGreaterThan(0);
  for (const { stages } of seen) {
    expect(stages).not.toContain('COLLSCAN');
    expect(stages).not.toContain('SORT');
  }
  expect(seen.reduce((sum, one) => sum + one.docs, 0)).toBeLessThanOrEqual(docs);
};

test('what somebody or nobody has to take, soonest due first', async () => {
  const by = [READER, null];
  const asked = { partner: PARTNER, basket: 'a-prendre', by } as const;
  const { given, seen } = await watched.watch(() => referrals.heldBy({ ...asked, by }, LINES));
  const held = own.filter(({ basket, assignee }) => basket === 'a-prendre' && by.includes(assignee));
  expect(given.total).toBe(held.length);
  expect(given.total).toBeGreaterThan(LINES);
  const dates = held.map(({ callBy }) => callBy.getTime()).sort((a, b) => a - b);
  expect(given.rows.map(({ callBy }) => callBy.getTime())).toEqual(dates.slice(0, LINES));
  expectIndexed(seen, 2 * LINES);
});

test('only what is due from an instant on, when asked', async () => {
  const asked = { partner: PARTNER, basket: 'a-prendre', by: [READER], dueFrom: NOW } as const;
  const { given, seen } = await watched.watch(() => referrals.heldBy({ ...asked, by: [READER] }, LINES));
  const held = own.filter(({ basket, assignee }) => basket === 'a-prendre' && assignee === READER);
  expect(given.total).toBe(held.filter(({ callBy }) => callBy >= NOW).length);
  expect(given.total).toBeLessThan(held.length);
  expect(given.rows.every(({ callBy }) => callBy >= NOW)).toBe(true);
  expectIndexed(seen, LINES);
});

test('what is late at a partner, the longest first', async () => {
  const { given, seen } = await watched.watch(() => referrals.lateAt(PARTNER, NOW, LINES));
  const late = own.filter(({ basket, callBy }) => basket === 'a-prendre' && callBy < NOW);
  expect(given.total).toBe(late.length);
  expect(given.rows).toHaveLength(LINES);
  expectIndexed(seen, LINES);
});

test('what somebody has in hand, and nothing that people wrote', async () => {
  const { given, seen } = await watched.watch(() => referrals.inHandOf(PARTNER, READER));
  const held = own.filter(({ basket, assignee }) => basket === 'en-cours' && assignee === READER);
  expect(given.map(({ id }) => id).sort()).toEqual(held.map(({ id }) => id).sort());
  expect(given[0]).not.toHaveProperty('notes');
  expect(given[0]?.about).not.toHaveProperty('words');
  expectIndexed(seen, held.length);
});

test('what changed at a partner lately, latest first and not more than one can read', async () => {
  const since = own.at(-1)?.changedAt ?? NOW;
  const { given, seen } = await watched.watch(() => referrals.changedSince(PARTNER, since));
  const changed = own.filter(({ changedAt }) => changedAt >= since);
  expect(given).toHaveLength(changed.length);
  expectIndexed(seen, changed.length);
  const everything = await watched.watch(() => referrals.changedSince(PARTNER, new Date(0)));
  expect(everything.given).toHaveLength(300);
  expectIndexed(everything.seen, 300);
});

test('how many expired, and how many have waited since', async () => {
  const from = new Date('2026-01-10T00:00:00Z');
  const expired = await watched.watch(() => referrals.countExpired(PARTNER, from, NOW));
  const among = own.filter(({ basket, closedAt }) => basket === 'expires' && closedAt && closedAt >= from);
  expect(expired.given).toBe(among.filter(({ closedAt }) => closedAt && closedAt < NOW).length);
  expect(expired.given).toBeGreaterThan(0);
  expectIndexed(expired.seen, 0);
  const waiting = await watched.watch(() => referrals.countWaitingSince(from));
  expect(waiting.given).toBe(all.filter(({ state, sentAt }) => state === 'waiting' && sentAt < from).length);
  expectIndexed(waiting.seen, 0);
});

test('the same e-mail to the same reader on other days, and to nobody else', async () => {
  const days = ['2025-11-01', '2026-01-05', '2026-01-12', '2026-01-13'];
  for (const id of ['anne', 'anne2', 'an'])
    for (const occasion of days)
      await deliveries.plan([planAccountEmail({ id }, { which: 'advisor-digest', at: NOW, occasion })], NOW);
  const occasion = '2026-01-12';
  const key = `advisor-digest:account:anne:account:${occasion}`;
  const { given, seen } = await watched.watch(() => deliveries.onOtherDays({ key, occasion }, '2025-12-01'));
  expect(given.map((other) => other.key)).toEqual([
    'advisor-digest:account:anne:account:2026-01-05',
    'advisor-digest:account:anne:account:2026-01-13',
  ]);
  expectIndexed(seen, 3);
});

test('how many e-mails were given up in a week', async () => {
  const to = new Date('2026-01-12T00:00:00Z');
  for (const day of ['05', '11', '12'])
    await deliveries.model.updateOne(
      { key: `advisor-digest:account:an:account:2026-01-${day === '11' ? '13' : day}` },
      { $set: { owed: false, gaveUpAt: new Date(`2026-01-${day}T08:00:00Z`) } },
    );
  const { given, seen } = await watched.watch(() => deliveries.countGivenUp(new Date('2026-01-05T00:00:00Z'), to));
  expect(given).toBe(2);
  expectIndexed(seen, 0);
});
