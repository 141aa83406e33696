import { Binary, Long } from 'bson';
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
