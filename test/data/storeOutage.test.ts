import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '../../src/data/store.js';
import { isStoreOutage } from '../../src/data/storeOutage.js';
import { type StartedStore, startStore } from '../../src/embedded/store/startStore.js';

const SCRIPT = path.resolve(__dirname, '../../dist/src/embedded/store/main.js');

let dataDir: string;
let started: StartedStore;
let store: Store;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'outage-'));
  started = await startStore({ dataDir, script: SCRIPT });
  store = await openStore(started.uri);
});
afterEach(async () => {
  await store.close();
  await started.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('a store that dies over several writes in one statement is away, as over one', async () => {
  const sent = { id: 'd1', at: new Date(), messageId: '<d1@example.org>', response: '250 ok' };
  await store.deliveries.markAllSent([sent]);
  started.process.kill('SIGSTOP');
  const areOutages = Promise.all(
    [store.deliveries.markAllSent([sent]), store.deliveries.markCancelled('d1', 'gone')].map((write) =>
      write.then(() => false, isStoreOutage),
    ),
  );
  // Both are on their way.
  await new Promise((over) => setTimeout(over, 200));
  const gone = once(started.process, 'exit');
  started.process.kill('SIGKILL');
  await gone;
  expect(await areOutages).toEqual([true, true]);
});

test('what is asked before the store is connected waits for it', async () => {
  const now = new Date();
  await store.migrations.migrate();
  await store.sessions.keep('anne', { account: 'anne', startedAt: now }, now);
  await store.drafts.save('visitor', { besoins: { needs: ['skills'] } }, now, { language: 'fr' });
  const web = await openStore(started.uri, { as: 'web' });
  expect(web.connection.readyState).not.toBe(1);
  const asked = Promise.all([
    web.sessions.read('anne', now),
    web.drafts.read('visitor'),
    web.projects.listed(['nobody']),
    web.referrals.around('ti-tiltam', 'anne'),
  ]);
  const [session, draft, listed, around] = await asked.finally(() => web.close());
  expect(session?.content.account).toBe('anne');
  expect(draft?.answers).toEqual({ besoins: { needs: ['skills'] } });
  expect([listed, around.people]).toEqual([[], []]);
});
