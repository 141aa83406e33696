import type { Document } from 'mongodb';
import mongoose from 'mongoose';
import { connectToTestStore } from './connect.js';

const COUNT = 20_000;
const PARTNERS = 10;
const STATES = ['waiting', 'taken', 'closed', 'declined'];
const WORDS = ['abbaye', 'abcisse', 'abcde', 'bois', 'cuir', 'drone', 'eau', 'four', 'grain', 'huile'];

/** 20 000 referrals: 500 for each partner and state, called for one after another. */
const referral = (i: number) => ({
  _id: i,
  partner: `p${i % PARTNERS}`,
  state: STATES[Math.floor(i / PARTNERS) % STATES.length],
  callBy: new Date(Math.floor(i / 100) * 1000),
  closedAt: new Date(i * 1000),
  words: [WORDS[i % 10], WORDS[(i + Math.floor(i / 1000)) % 10], `w${i}`],
  due: i % 7,
});

let store: Awaited<ReturnType<typeof connectToTestStore>>;
let referrals: ReturnType<typeof store.collection>;
beforeAll(async () => {
  store = await connectToTestStore();
  referrals = store.collection('referrals');
  await referrals.createIndexes([
    { key: { partner: 1, state: 1, callBy: 1, _id: 1 }, name: 'queue' },
    { key: { partner: 1, state: 1, closedAt: -1 }, name: 'closed' },
    { key: { words: 1 }, name: 'words' },
    { key: { words: 1, callBy: 1, _id: 1 }, name: 'wordsByCall' },
  ]);
  await referrals.insertMany(Array.from({ length: COUNT }, (_, i) => referral(i)) as never[]);
});
afterAll(() => store.close());

interface Seen {
  stages: string[];
  index: unknown;
  nReturned: number;
  keys: number;
  docs: number;
}

function chain(stage: Document): Document[] {
  const inputs: Document[] = stage['inputStage'] ? [stage['inputStage']] : (stage['inputStages'] ?? []);
  return [stage, ...inputs.flatMap(chain)];
}

function seen({ queryPlanner, executionStats }: Document): Seen {
  const stages = chain(queryPlanner.winningPlan);
  return {
    stages: [...new Set(stages.map(({ stage }) => stage))],
    index: stages.at(-1)!['indexName'],
    nReturned: executionStats.nReturned,
    keys: executionStats.totalKeysExamined,
    docs: executionStats.totalDocsExamined,
  };
}

const explained = async (filter: object, sort: Record<string, 1 | -1> = {}, limit = 0): Promise<Seen> =>
  seen(await referrals.find(filter).sort(sort).limit(limit).explain('executionStats'));

const d = new Date(100_000);
const waiting = { partner: 'p3', state: 'waiting' };

test('a queue is read in order and stops at the limit', async () => {
  expect(await explained(waiting, { callBy: 1, _id: 1 }, 26)).toEqual({
    stages: ['LIMIT', 'FETCH', 'IXSCAN'],
    index: 'queue',
    nReturned: 26,
    keys: 26,
    docs: 26,
  });
  const backward = await referrals.find(waiting).sort({ callBy: -1, _id: -1 }).limit(5).explain('executionStats');
  expect(seen(backward)).toMatchObject({ index: 'queue', keys: 5, docs: 5 });
  expect(chain(backward['queryPlanner'].winningPlan).at(-1)).toMatchObject({ direction: 'backward' });
  expect(await explained(waiting, { closedAt: -1 }, 5)).toMatchObject({ index: 'closed', docs: 5 });
});

test('several states are merged in the order of the sort', async () => {
  const filter = { partner: 'p3', state: { $in: ['waiting', 'taken', 'closed'] } };
  expect(await explained(filter, { callBy: 1, _id: 1 }, 26)).toEqual({
    stages: ['LIMIT', 'FETCH', 'SORT_MERGE', 'IXSCAN'],
    index: 'queue',
    nReturned: 26,
    keys: 28,
    docs: 26,
  });
});

test('a page after another starts where that one ended', async () => {
  const after = { ...waiting, $or: [{ callBy: { $gt: d } }, { callBy: d, _id: { $gt: 10_003 } }] };
  const page = await explained(after, { callBy: 1, _id: 1 }, 26);
  expect(page).toMatchObject({ index: 'queue', nReturned: 26, docs: 26 });
  expect(page.keys).toBeLessThanOrEqual(28);
  const ranged = { ...waiting, callBy: { $gte: d }, $or: [{ callBy: { $gt: d } }, { _id: { $gt: 10_003 } }] };
  const rangedPage = await explained(ranged, { callBy: 1, _id: 1 }, 26);
  expect(rangedPage).toMatchObject({ index: 'queue', nReturned: 26 });
  expect(rangedPage.docs).toBeLessThanOrEqual(30);
  const several = { ...after, state: { $in: ['waiting', 'taken'] } };
  expect(await explained(several, { callBy: 1, _id: 1 }, 26)).toMatchObject({
    index: 'queue',
    nReturned: 26,
    docs: 26,
  });
  const descending = { ...waiting, $or: [{ callBy: { $lt: d } }, { callBy: d, _id: { $lt: 10_003 } }] };
  expect(await explained(descending, { callBy: -1, _id: -1 }, 26)).toMatchObject({ nReturned: 26, docs: 26 });
});

test('clauses that differ in what no index tells are read once', async () => {
  const either = { ...waiting, $or: [{ due: 3 }, { name: 'x' }] };
  expect(await explained(either, { callBy: 1, _id: 1 })).toMatchObject({ index: 'queue', keys: 500, docs: 500 });
});

test('a range reads its own documents alone', async () => {
  const filter = { ...waiting, callBy: { $gte: d, $lt: new Date(110_000) } };
  const { nReturned, keys, docs } = await explained(filter);
  expect(nReturned).toBeGreaterThan(0);
  expect([keys, docs]).toEqual([nReturned, nReturned]);
  expect(await explained({ partner: 'p3', callBy: { $gte: new Date(199_000) } })).toMatchObject({
    keys: 2000,
    docs: 10,
  });
});

test.each([
  ['a word', { words: 'w77' }, 1],
  ['all of two words', { words: { $all: ['drone', 'w1005'] } }, 1],
  ['the beginning of a word', { words: /^w1999/ }, 11],
  ['a range of words', { words: { $elemMatch: { $gte: 'w1999', $lt: 'w199:' } } }, 11],
])('an array of words is looked up by %s', async (_, filter, count) => {
  const read = await explained(filter);
  expect(read).toMatchObject({ nReturned: count, keys: count, docs: count });
  expect(['words', 'wordsByCall']).toContain(read.index);
});

test('of two bounds on an array the narrower one is read', async () => {
  const { nReturned, docs } = await explained({ words: { $gte: 'w9999', $lt: 'w999:' } });
  expect([nReturned, docs]).toEqual([1, 1]);
});

test('the documents of a word come in the order of the column after it', async () => {
  expect(await explained({ words: 'drone' }, { callBy: 1, _id: 1 }, 10)).toMatchObject({ keys: 10, docs: 10 });
});

test('without an index there is a scan, and a sort when one is asked for', async () => {
  expect(await explained({ due: 3 }, { due: 1 }, 2)).toMatchObject({
    stages: ['SORT', 'COLLSCAN'],
    keys: 0,
    docs: COUNT,
  });
  expect(await explained({ partner: 'p3', state: 'taken' }, { due: 1 })).toMatchObject({
    stages: ['SORT', 'FETCH', 'IXSCAN'],
    docs: 500,
  });
});

test('a partial index serves what is narrower than its condition', async () => {
  await referrals.createIndex(
    { due: 1 },
    { name: 'open', partialFilterExpression: { state: { $in: ['waiting', 'taken'] } } },
  );
  const taken = Array.from({ length: COUNT }, (_, i) => referral(i)).filter(
    (one) => one.state === 'taken' && one.due === 3,
  );
  expect(await explained({ state: 'taken', due: 3 })).toMatchObject({ index: 'open', nReturned: taken.length });
  expect(await explained({ state: { $in: ['taken', 'closed'] }, due: 3 })).toMatchObject({ stages: ['COLLSCAN'] });
  await referrals.dropIndex('open');
});

test('the collection has an index on _id', async () => {
  expect(await explained({ _id: 5 })).toMatchObject({ stages: ['IDHACK'], docs: 1 });
  expect(await explained({ _id: { $gt: 19_000 } }, { _id: 1 }, 5)).toMatchObject({ index: '_id_', docs: 5 });
  expect(await explained({}, { _id: -1 }, 5)).toMatchObject({ index: '_id_', keys: 5, docs: 5 });
});

test('a count by keys reads no documents', async () => {
  const command = { explain: { count: 'referrals', query: waiting }, verbosity: 'executionStats' };
  const counted = await store.connection.db!.command(command);
  expect(seen(counted)).toMatchObject({ stages: ['COUNT', 'COUNT_SCAN'], keys: 500, docs: 0 });
  expect(counted['executionStats'].executionStages).toMatchObject({ nCounted: 500 });
  const pipeline = [{ $match: waiting }, { $group: { _id: 1, n: { $sum: 1 } } }];
  const { stages } = (await referrals.aggregate(pipeline).explain('executionStats')) as Document;
  expect(seen(stages[0].$cursor)).toMatchObject({ stages: ['IXSCAN'], keys: 500, docs: 0 });
  expect(stages[1]).toMatchObject({ nReturned: 1 });
  expect(await referrals.countDocuments({ ...waiting, callBy: { $gt: d } })).toBe(
    (await referrals.find({ ...waiting, callBy: { $gt: d } }).toArray()).length,
  );
});

test('the beginning of a pipeline is read like a find', async () => {
  const pipeline = [{ $match: waiting }, { $sort: { callBy: 1, _id: 1 } }, { $limit: 7 }, { $project: { callBy: 1 } }];
  const { stages } = (await referrals.aggregate(pipeline).explain('executionStats')) as Document;
  expect(seen(stages[0].$cursor)).toMatchObject({ index: 'queue', nReturned: 7, docs: 7 });
  expect(stages).toHaveLength(2);
});

test('a write is explained and not done', async () => {
  const explain = async (inner: object) =>
    seen(await store.connection.db!.command({ explain: inner, verbosity: 'executionStats' }));
  const q = { ...waiting, callBy: { $lt: new Date(5000) } };
  const update = { update: 'referrals', updates: [{ q, u: { $set: { state: 'lost' } }, multi: true }] };
  expect(await explain(update)).toMatchObject({ stages: ['UPDATE', 'FETCH', 'IXSCAN'], index: 'queue' });
  const remove = { delete: 'referrals', deletes: [{ q: waiting, limit: 1 }] };
  expect(await explain(remove)).toMatchObject({ docs: 1 });
  const take = { findAndModify: 'referrals', query: waiting, sort: { callBy: 1 }, update: { $set: { state: 'lost' } } };
  expect(await explain(take)).toMatchObject({ index: 'queue', docs: 1 });
  expect(await referrals.countDocuments({ state: 'lost' })).toBe(0);
});

test('Mongoose explains its queries; a plan alone has no figures', async () => {
  const Referral = store.connection.model(
    'Referral',
    new mongoose.Schema({ _id: Number }, { strict: false }),
    'referrals',
  );
  const planned = (await Referral.find(waiting)
    .sort({ callBy: 1 })
    .lean()
    .explain('queryPlanner')) as unknown as Document;
  expect(planned['queryPlanner'].winningPlan).toMatchObject({ stage: 'FETCH', inputStage: { indexName: 'queue' } });
  expect(planned['queryPlanner'].winningPlan.inputStage.indexBounds).toEqual({
    partner: ['["p3", "p3"]'],
    state: ['["waiting", "waiting"]'],
    callBy: ['[MinKey, MaxKey]'],
    _id: ['[MinKey, MaxKey]'],
  });
  expect(planned).not.toHaveProperty('executionStats');
  const all = (await Referral.find({ nothing: 1 }).explain('allPlansExecution')) as unknown as Document;
  expect(all['executionStats']).toMatchObject({ allPlansExecution: [], totalDocsExamined: COUNT });
  const none = await store.collection('nowhere').find({}).explain('executionStats');
  expect(none['queryPlanner'].winningPlan).toEqual({ stage: 'EOF' });
});
