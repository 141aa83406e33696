import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Binary, Long } from 'bson';
import { serveStore } from '../../../src/embedded/store/serve.js';
import { connectToTestStore } from './connect.js';
import { type Fields, openRaw } from './rawClient.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
let raw: Awaited<ReturnType<typeof openRaw>>;
beforeAll(async () => {
  store = await connectToTestStore();
  raw = await openRaw(store.uri);
});
afterAll(async () => {
  raw.close();
  await store.close();
});

const lsid = { id: new Binary(Buffer.alloc(16, 7), 4) };
const send = (command: Fields, txnNumber: number, $db = 'porte') =>
  raw.command({ ...command, lsid, txnNumber: Long.fromNumber(txnNumber), $db });
const update = (n: number, multi = false) => ({
  update: 'again',
  updates: [{ q: {}, u: { $inc: { n } }, upsert: true, multi }],
});
const numbers = async () => (await store.collection('again').find().toArray()).map(({ n }) => n);

test('a write that is sent again is done once, and answered twice', async () => {
  const first = await send(update(1), 5);
  expect(first).toMatchObject({ ok: 1, n: 1 });
  expect(await send(update(1), 5)).toEqual(first);
  expect(await numbers()).toEqual([1]);
  await send(update(1), 6);
  expect(await numbers()).toEqual([2]);
});

test('one that comes after a later one is refused', async () => {
  expect(await send(update(1), 5)).toMatchObject({ ok: 0, code: 225, codeName: 'TransactionTooOld' });
});

test('one to several collections is done once too', async () => {
  const bulk = { bulkWrite: 1, ops: [{ insert: 0, document: { n: 9 } }], nsInfo: [{ ns: 'porte.again' }] };
  await send(bulk, 7, 'admin');
  expect(await send(bulk, 7, 'admin')).toMatchObject({ ok: 1, nInserted: 1 });
  expect(await numbers()).toEqual([2, 9]);
});

test('one of many documents is refused, and so is one without a session', async () => {
  expect(await send(update(1, true), 8)).toMatchObject({ writeErrors: [{ code: 72 }] });
  expect(await raw.command({ ...update(1), txnNumber: Long.ONE, $db: 'porte' })).toMatchObject({ ok: 0, code: 72 });
  expect(await raw.command({ ...update(1), lsid: { id: 1 }, txnNumber: Long.ONE, $db: 'porte' })).toMatchObject({
    ok: 0,
    code: 14,
  });
});

test('one of a session that ended is a new one', async () => {
  await raw.command({ endSessions: [lsid], $db: 'admin' });
  await send(update(1), 1);
  expect(await numbers()).toEqual([3, 9]);
});

test('a write that is sent again after the store was started anew is not done twice', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'retried-'));
  const sendTo = async (command: Fields) => {
    const serving = await serveStore({ dataDir, flush: false, sweepEvery: null });
    const client = await openRaw(serving.uri);
    const answer = await client.command({ ...command, lsid, $db: 'porte' });
    client.close();
    await serving.stop();
    return answer;
  };
  const first = await sendTo({ ...update(1), txnNumber: Long.fromNumber(3) });
  expect(await sendTo({ ...update(1), txnNumber: Long.fromNumber(3) })).toEqual(first);
  expect(await sendTo({ ...update(1), txnNumber: Long.fromNumber(2) })).toMatchObject({ code: 225 });
  expect(await sendTo({ find: 'again' })).toMatchObject({ cursor: { firstBatch: [{ n: 1 }] } });
  await sendTo({ endSessions: [lsid] });
  expect(await sendTo({ ...update(1), txnNumber: Long.fromNumber(3) })).toMatchObject({ ok: 1, n: 1 });
  expect(await sendTo({ find: 'again' })).toMatchObject({ cursor: { firstBatch: [{ n: 2 }] } });
  await rm(dataDir, { recursive: true });
});

test('sessions that nobody uses any more are forgotten', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'retried-'));
  let now = new Date();
  const serving = await serveStore({ dataDir, flush: false, sweepEvery: null, now: () => now });
  const client = await openRaw(serving.uri);
  const write = (txnNumber: number) =>
    client.command({ ...update(1), txnNumber: Long.fromNumber(txnNumber), lsid, $db: 'porte' });
  await write(9);
  serving.sweep();
  expect(await write(1)).toMatchObject({ code: 225 });
  now = new Date(now.getTime() + 31 * 60_000);
  serving.sweep();
  expect(await write(1)).toMatchObject({ ok: 1 });
  client.close();
  await serving.stop();
  await rm(dataDir, { recursive: true });
});
