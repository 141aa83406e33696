import { logger } from '../../../src/logger.js';
import { attack } from '../hostile/attack.js';
import { KINDS, randomFrom } from '../hostile/messages.js';
import { connectToTestStore } from './connect.js';
import { openRaw, openSocket } from './rawClient.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  logger.level = 'silent';
  store = await connectToTestStore();
});
afterAll(() => store.close());

test.each(Object.keys(KINDS))('after a message of the kind %s, the store answers the others', async (kind) => {
  const socket = await openSocket(store.uri);
  socket.on('error', () => undefined);
  socket.write(KINDS[kind]!(randomFrom(7)));
  const raw = await openRaw(store.uri);
  expect(await raw.command({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
  socket.destroy();
  raw.close();
});

test('six hundred hostile messages neither stop it nor trouble a client that behaves', async () => {
  const documents = store.collection('kept');
  await documents.insertOne({ _id: 1 as never });
  const { sent, pings } = await attack(store.uri, 600, Number(process.env['HOSTILE_SEED'] ?? 1));
  expect([sent, pings]).toEqual([600, 30]);
  expect(await documents.find().toArray()).toEqual([{ _id: 1 }]);
});

test('a client that asks without reading is not answered without end', async () => {
  const documents = store.collection('large');
  await documents.insertMany(Array.from({ length: 8 }, () => ({ text: 'x'.repeat(1_000_000) })));
  const socket = await openSocket(store.uri);
  socket.pause();
  const { opMsg } = await import('./rawClient.js');
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 50; i++) socket.write(opMsg({ find: 'large', $db: 'porte' }));
  const raw = await openRaw(store.uri);
  for (let i = 0; i < 20; i++) await raw.command({ ping: 1, $db: 'admin' });
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  socket.destroy();
  raw.close();
});
