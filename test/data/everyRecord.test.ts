import { everyRecordOn, type Stray } from '../../src/data/everyRecord.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
beforeAll(async () => {
  embedded = await startTestStore();
  watched = await watchQueries(embedded.uri);
  await watched.connection.collection('events').createIndex({ project: 1, at: 1 });
});
beforeEach(async () => {
  for (const name of ['projects', 'events']) await watched.connection.collection(name).deleteMany({});
});
afterAll(async () => {
  await watched.close();
  await embedded.stop();
});

const fill = async (collection: string, rows: object[]): Promise<void> =>
  void (await watched.connection.collection(collection).insertMany(rows));

const idOf = (number: number): string => `p${String(number).padStart(4, '0')}`;
const idsTo = (count: number): string[] => Array.from({ length: count }, (_, number) => idOf(number));

const straysOf = async (only?: string[]): Promise<Stray[]> => {
  const found: Stray[] = [];
  for await (const stray of everyRecordOn(watched.connection).strays('events', only)) found.push(stray);
  return found;
};

const stray = (project: string, count = 1): Stray => ({ project, count });

test.each([0, 1, 999, 1000, 1001, 2000, 2100])('of %i projects, each record of another is found', async (count) => {
  const ids = idsTo(count);
  const strays = ['a', ...[0, 998, 999, 1000, 1999].map((number) => `${idOf(number)}-`), 'q'];
  const named = [...ids, ...ids, ...strays, 'q'];
  if (count > 0)
    await fill(
      'projects',
      ids.map((_id) => ({ _id })),
    );
  await fill('events', [...named.map((project) => ({ project })), { project: null }]);
  expect(await straysOf()).toEqual(strays.sort().map((project) => stray(project, project === 'q' ? 2 : 1)));
  expect(await straysOf(['q', 'never', ...ids.slice(0, 1)])).toEqual([stray('q', 2)]);
});

test('where there is none, the index alone is read of what names a project', async () => {
  const ids = idsTo(1500);
  await fill(
    'projects',
    ids.map((_id) => ({ _id })),
  );
  await fill(
    'events',
    ids.map((project) => ({ project })),
  );
  const { given, seen } = await watched.watch(() => straysOf());
  expect(given).toEqual([]);
  expect(seen).toHaveLength(6);
  expect(seen.filter(({ docs }) => docs > 0)).toHaveLength(2);
});

test('ids are found in one read, however many there are, and among some alone', async () => {
  await fill(
    'projects',
    idsTo(2500).map((_id, place) => ({ _id, erasedAt: place % 2 === 0 ? new Date() : null })),
  );
  const wanted = { collection: 'projects', filter: { erasedAt: { $ne: null } } };
  const found = async (only?: string[]): Promise<string[]> => {
    const ids: string[][] = [];
    for await (const some of everyRecordOn(watched.connection).ids({ ...wanted, only })) ids.push(some);
    return ids.flat().sort();
  };
  const { given, seen } = await watched.watch(() => found());
  expect(given).toEqual(idsTo(2500).filter((_, place) => place % 2 === 0));
  expect(seen).toHaveLength(1);
  expect(await found([idOf(1), idOf(2), 'q'])).toEqual([idOf(2)]);
});
