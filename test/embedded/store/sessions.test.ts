import MongoStore from 'connect-mongo';
import type { SessionData } from 'express-session';
import { connectToTestStore } from './connect.js';

let now = new Date();
let store: Awaited<ReturnType<typeof connectToTestStore>>;
beforeAll(async () => {
  store = await connectToTestStore(() => now);
});
afterAll(() => store.close());

test('connect-mongo keeps its sessions, until they expire', async () => {
  const sessions = MongoStore.create({ mongoUrl: store.uri, ttl: 3600 });
  const asked = <T>(ask: (done: (error: unknown, value?: T) => void) => void) =>
    new Promise<T | undefined>((resolve, reject) => ask((error, value) => (error ? reject(error) : resolve(value))));
  const session = { cookie: { originalMaxAge: null }, account: 'a' } as unknown as SessionData;
  await asked((done) => sessions.set('s1', session, done));
  await asked((done) => sessions.set('s1', { ...session, account: 'b' } as never, done));
  expect(await asked((done) => sessions.get('s1', done))).toMatchObject({ account: 'b' });
  expect(await asked((done) => sessions.length(done))).toBe(1);
  await asked((done) => sessions.touch('s1', session, done));
  await asked((done) => sessions.set('s2', session, done));
  await asked((done) => sessions.destroy('s2', done));
  expect(await asked((done) => sessions.get('s2', done))).toBeFalsy();
  expect(await store.collection('sessions').indexes()).toMatchObject([
    {},
    { key: { expires: 1 }, expireAfterSeconds: 0 },
  ]);
  expect(store.sweep()).toBe(0);
  now = new Date(now.getTime() + 2 * 3600_000);
  expect(store.sweep()).toBe(1);
  expect(await asked((done) => sessions.length(done))).toBe(0);
  await sessions.close();
});

test('a TTL index removes what is over, and nothing else', async () => {
  const links = store.collection('links');
  await links.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { once: true } });
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  await links.insertMany([
    { i: 0, once: true, at: ago(61) },
    { i: 1, once: true, at: ago(59) },
    { i: 2, once: false, at: ago(600) },
    { i: 3, once: true, at: 'long ago' },
    { i: 4, once: true },
    { i: 5, once: true, at: [ago(1), ago(600)] },
  ]);
  expect(store.sweep()).toBe(2);
  expect((await links.find().toArray()).map(({ i }) => i)).toEqual([1, 2, 3, 4]);
});
