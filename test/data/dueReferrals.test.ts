import { referralsOn } from '../../src/data/referrals.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

/** What the sweep asks of referrals every minute: it reads what is due, whatever else there is. */
const NOW = new Date('2026-01-10T09:00:00Z');
const all = manyReferrals(2000, 'ti-tiltam', 'cci-puy-de-dome').map((referral, index) => ({
  ...referral,
  asked: index % 100 === 0 ? { at: NOW, until: index % 200 === 0 ? NOW : new Date('2027-01-01'), note: 'n' } : null,
}));
const main = all.filter(({ role }) => role === 'main');
const LIMIT = 50;

let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let referrals: ReturnType<typeof referralsOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  referrals = referralsOn(watched.connection);
  await referrals.model.createIndexes();
  await referrals.insertAll(all);
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

it('finds what nobody took, longest first, and reads no more', async () => {
  const waiting = main.filter(({ state }) => state === 'waiting').map(({ sentAt }) => sentAt.getTime());
  const { given, seen } = await watched.watch(() => referrals.waitingSince(NOW, LIMIT));
  const due = waiting.filter((sentAt) => sentAt < NOW.getTime()).sort((a, b) => a - b);
  expect(given.map(({ sentAt }) => sentAt.getTime())).toEqual(due.slice(0, LIMIT));
  expect(seen[0]?.stages).not.toContain('COLLSCAN');
  expect(seen[0]?.docs).toBeLessThanOrEqual(LIMIT);
});

it('finds whose wait is over, and reads only those that were asked', async () => {
  const isOpen = (state: string): boolean => state === 'waiting' || state === 'taken';
  const silent = main.filter(({ asked, state }) => asked && asked.until <= NOW && isOpen(state));
  const { given, seen } = await watched.watch(() => referrals.askedUntil(NOW, LIMIT));
  expect(silent.length).toBeGreaterThan(0);
  expect(given.toSorted()).toEqual(silent.map(({ id }) => id).toSorted());
  expect(seen[0]?.stages).not.toContain('COLLSCAN');
  expect(seen[0]?.docs).toBeLessThanOrEqual(10);
});
