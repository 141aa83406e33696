import { runsOn } from '../../src/data/runs.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

/** What those who watch read of the ledger, explained by the store that answers. */
const NOW = new Date('2026-12-08T09:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const LINES = 3000;

let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let runs: ReturnType<typeof runsOn>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  runs = runsOn(watched.connection);
  await runs.model.createIndexes();
  const line = (name: string, minutes: number, finishedAt: Date | null) => ({
    _id: `${name}:${minutes}`,
    name,
    slot: String(minutes),
    startedAt: ago(minutes),
    finishedAt,
    done: 1,
    attempts: 1,
  });
  // The last two sweeps came to no end; the purge never did.
  const sweeps = Array.from({ length: LINES }, (_, i) => line('sweep', i, i < 2 ? null : ago(i - 0.5)));
  await runs.model.insertMany([...sweeps, line('weekly-summary', 500, ago(499)), line('purge', 10, null)]);
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

it('tells when each row last came to an end, reading a few lines of thousands', async () => {
  const names = ['sweep', 'weekly-summary', 'purge', 'daily-digests'];
  const { given, seen } = await watched.watch(() => runs.lastDone(names, 2000));
  expect(given).toEqual(
    new Map([
      ['sweep', ago(1.5)],
      ['weekly-summary', ago(499)],
    ]),
  );
  expect(seen).toHaveLength(names.length);
  for (const { stages, docs } of seen) {
    expect(stages).not.toContain('COLLSCAN');
    expect(docs).toBeLessThan(5);
  }
});
