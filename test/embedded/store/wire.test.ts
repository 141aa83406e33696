import { once } from 'node:events';
import { serialize } from 'bson';
import { crc32c } from '../../../src/embedded/store/checksum.js';
import { logger } from '../../../src/logger.js';
import { connectToTestStore } from './connect.js';
import { flags, message, openSocket } from './rawClient.js';

let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  logger.level = 'silent';
  store = await connectToTestStore();
});
afterAll(() => store.close());

const open = () => openSocket(store.uri);
const ping = serialize({ ping: 1, $db: 'admin' });
const truncated = Buffer.from(ping);
truncated.writeInt32LE(200, 0);
const badType = Buffer.from(ping);
badType[4] = 99;

test.each<[string, Buffer]>([
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['an absurd length', Buffer.from([255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['a negative length', Buffer.from([255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['an unknown operation', message(2012, Buffer.alloc(8))],
  ['unknown flags', message(2013, flags(8), Buffer.from([0]), ping)],
  ['a wrong checksum', message(2013, flags(1), Buffer.from([0]), ping, Buffer.from([1, 2, 3, 4]))],
  ['no body', message(2013, flags(0))],
  ['two bodies', message(2013, flags(0), Buffer.from([0]), ping, Buffer.from([0]), ping)],
  ['a document longer than its message', message(2013, flags(0), Buffer.from([0]), truncated)],
  ['BSON of no known type', message(2013, flags(0), Buffer.from([0]), badType)],
  ['an OP_QUERY that is no command', message(2004, flags(0), Buffer.from('porte.projects\0'), Buffer.alloc(8), ping)],
])('%s closes that connection alone', async (_name, bytes) => {
  const [bad, good] = [await open(), await open()];
  const closed = once(bad, 'close');
  bad.write(bytes);
  await closed;
  good.write(message(2013, flags(0), Buffer.from([0]), ping));
  const [answer] = (await once(good, 'data')) as [Buffer];
  expect(answer.readInt32LE(8)).toBe(42);
  good.destroy();
  expect(await store.connection.db!.command({ ping: 1 })).toMatchObject({ ok: 1 });
});

test('a checksum is checked, and messages may come in pieces or together', async () => {
  const socket = await open();
  const checked = message(2013, flags(1), Buffer.from([0]), ping, Buffer.alloc(4));
  checked.writeUInt32LE(crc32c(checked.subarray(0, -4)), checked.length - 4);
  const whole = Buffer.concat([checked, message(2013, flags(0), Buffer.from([0]), ping)]);
  let answers = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    answers = Buffer.concat([answers, chunk]);
  });
  for (const byte of whole) {
    socket.write(Buffer.from([byte]));
    if (byte % 7 === 0) await new Promise((done) => setImmediate(done));
  }
  const isOne = () => answers.length >= 4 && answers.length >= answers.readInt32LE(0) + 16;
  while (!isOne() || answers.length < 2 * answers.readInt32LE(0)) await once(socket, 'data');
  expect(answers.readInt32LE(answers.readInt32LE(0) + 8)).toBe(42);
  socket.destroy();
});

test('OP_QUERY greets', async () => {
  const socket = await open();
  socket.write(
    message(
      2004,
      flags(0),
      Buffer.from('admin.$cmd\0'),
      Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]),
      serialize({ ismaster: 1, helloOk: true }),
    ),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.readInt32LE(12)).toBe(1);
  expect(answer.toString('latin1')).toContain('maxWireVersion');
  socket.destroy();
});

test('the store listens on the loopback interface alone', () => {
  expect(store.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/porte\?replicaSet=porte$/);
});

test('the checksum is that of RFC 3720', () => {
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});
