import { accountsOn } from '../../src/data/accounts.js';
import { deliveriesOn } from '../../src/data/deliveries.js';
import { projectsOn } from '../../src/data/projects.js';
import { type Delivery, UNTRIED } from '../../src/domain/emails/delivery.js';
import { COUNTED } from '../../src/domain/referrals/queueFilters.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

/** What the operations page reads of deliveries, explained by the store that answers. */
const NOW = new Date('2026-12-08T09:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);
const MANY = 5000;

const one = (number: number, changes: Partial<Delivery>): Delivery & { createdAt: Date } => ({
  id: `d${number}`,
  key: `k${number}`,
  email: 'holder-receipt',
  about: { kind: 'project', id: `p${number}` },
  project: `p${number}`,
  audience: 'holder',
  occasion: 'e',
  due: at(-1000),
  lastAddress: null,
  ...UNTRIED,
  attempts: 1,
  createdAt: at(-1000),
  ...changes,
});

/** Five thousand of long ago, 40 late, 30 for later, 20 of the last day, 25 given up. */
const all = [
  ...Array.from({ length: MANY }, (_, i) => one(i, { sentAt: at(-100 - i) })),
  ...Array.from({ length: 40 }, (_, i) => one(MANY + i, { due: at(-i - 1), failedBecause: i % 2 ? null : 'wait' })),
  ...Array.from({ length: 30 }, (_, i) => one(MANY + 100 + i, { due: at(i + 1) })),
  ...Array.from({ length: 20 }, (_, i) => one(MANY + 200 + i, { sentAt: at(-i - 0.5) })),
  ...Array.from({ length: 25 }, (_, i) => one(MANY + 300 + i, { gaveUpAt: at(-i), failedBecause: `reason ${i}` })),
];

let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let deliveries: ReturnType<typeof deliveriesOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  deliveries = deliveriesOn(watched.connection);
  await deliveries.model.createIndexes();
  for (let from = 0; from < all.length; from += 2000) await deliveries.insertAll(all.slice(from, from + 2000));
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

it('finds what is late, oldest first, and reads nothing else', async () => {
  const { given, seen } = await watched.watch(() => deliveries.late(NOW));
  expect(given).toHaveLength(40);
  expect(given[0]).toEqual({ due: at(-40), failedBecause: null });
  expect(seen.flatMap(({ stages }) => stages)).not.toContain('COLLSCAN');
  expect(seen[0]?.docs).toBe(40);
});

it('counts by keys alone, and no further than it says', async () => {
  const later = await watched.watch(() => deliveries.countLater(NOW));
  const day = await watched.watch(() => deliveries.countSentSince(at(-24)));
  const ever = await watched.watch(() => deliveries.countSentSince(at(-10_000)));
  expect([later.given, day.given, ever.given]).toEqual([30, 20, COUNTED + 1]);
  for (const { seen } of [later, day, ever]) {
    expect(seen[0]?.stages).not.toContain('COLLSCAN');
    expect(seen[0]?.docs).toBe(0);
    expect(seen[0]?.keys).toBeLessThanOrEqual(COUNTED + 2);
  }
});

it('finds what was given up, latest first, a page at a time', async () => {
  const { given, seen } = await watched.watch(() => deliveries.gaveUp(20));
  expect(given.map(({ failedBecause }) => failedBecause)).toEqual(Array.from({ length: 20 }, (_, i) => `reason ${i}`));
  expect(seen[0]?.stages).not.toContain('COLLSCAN');
  expect(seen[0]?.stages).not.toContain('SORT');
  expect(seen[0]?.docs).toBe(20);
  expect((await deliveries.gaveUp(20, 20)).map(({ failedBecause }) => failedBecause)[0]).toBe('reason 20');
  const reasons = await watched.watch(() => deliveries.gaveUpBecause());
  expect(reasons.given).toHaveLength(25);
  expect(reasons.seen[0]?.docs).toBe(25);
});

it('owes again what was given up, and nothing else', async () => {
  const sent = `d${MANY + 200}`;
  const failed = `d${MANY + 300}`;
  expect(await deliveries.oweAgain([sent, failed], NOW)).toBe(1);
  expect(await deliveries.byId(failed)).toMatchObject({ attempts: 0, due: NOW, gaveUpAt: null });
  expect((await deliveries.byId(sent))?.sentAt).not.toBeNull();
  expect(await deliveries.due(NOW)).toContain(failed);
});

it('finds addresses that no longer receive by an index', async () => {
  const accounts = accountsOn(watched.connection);
  const projects = projectsOn(watched.connection);
  for (const { model } of [accounts, projects]) await model.createIndexes();
  const refusal = { at: at(-1), because: '550 5.1.1 unknown' };
  for (let i = 0; i < 50; i += 1)
    await accounts.insert(
      { id: `a${i}`, name: `A ${i}`, email: `a${i}@example.org`, role: 'advisor', partner: 'ti-tiltam' },
      { passwordHash: 'none', demo: false },
    );
  await accounts.markMailRefused('a7', refusal);
  const found = await watched.watch(() => accounts.withMailRefused(20));
  expect(found.given.map(({ account }) => account.id)).toEqual(['a7']);
  expect(found.seen[0]?.stages).not.toContain('COLLSCAN');
  expect(found.seen[0]?.docs).toBe(1);
  const counted = await watched.watch(() => projects.countMailRefused());
  expect(counted.given).toBe(0);
  expect(counted.seen[0]?.stages).not.toContain('COLLSCAN');
});

it('counts what stands where for those who watch, reading keys alone', async () => {
  const { given, seen } = await watched.watch(() => deliveries.now(NOW, 2000));
  // One that was given up is owed again since the test before.
  expect(given).toEqual({ due: 41, later: 30, failed: 24, sentLastDay: 20, oldestDue: at(-40) });
  expect(seen).toHaveLength(5);
  for (const { stages, docs, keys } of seen) {
    expect(stages).not.toContain('COLLSCAN');
    expect(docs).toBeLessThan(2);
    expect(keys).toBeLessThan(60);
  }
});
