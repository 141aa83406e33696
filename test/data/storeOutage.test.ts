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
