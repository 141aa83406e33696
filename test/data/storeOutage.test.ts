import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '../../src/data/store.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { Unavailable } from '../../src/errors.js';

const SCRIPT = path.resolve(__dirname, '../../dist/src/embedded/store/main.js');

test('a store that dies over several writes in one statement is away, as over one', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'outage-'));
  const started = await startStore({ dataDir, script: SCRIPT });
  const store = await openStore(started.uri, { as: 'web' });
  await store.connected;
  const sent = { id: 'd1', at: new Date(), messageId: '<d1@example.org>', response: '250 ok' };
  await store.deliveries.markAllSent([sent]);

  started.process.kill('SIGSTOP');
  const refused = Promise.all(
    [store.deliveries.markAllSent([sent]), store.deliveries.markCancelled('d1', 'gone')].map((write) =>
      write.catch((error: unknown) => error),
    ),
  );
  // Both are on their way.
  await new Promise((over) => setTimeout(over, 200));
  const gone = once(started.process, 'exit');
  started.process.kill('SIGKILL');
  await gone;
  expect(await refused).toEqual([expect.any(Unavailable), expect.any(Unavailable)]);

  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});
