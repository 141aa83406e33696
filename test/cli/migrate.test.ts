import { openStore, type Store } from '../../src/data/store.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openStore(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const desk = (...args: string[]) => runDesk(args, { MONGODB_URL: embedded.uri });

it('brings a store to this version, once; commands that need it wait until then', async () => {
  const tooEarly = await desk('users', 'list');
  expect(tooEarly.status).toBe(75);
  expect(tooEarly.stderr).toContain('Lancez d’abord : npm run --silent desk -- migrate');
  expect(await store.connection.listCollections()).toEqual([]);

  const first = await desk('migrate');
  expect(first.stderr).toMatch(/^Mise à jour : indexes-\w+\n$/);
  expect(first).toMatchObject({ status: 0, stdout: 'La base est à jour. Étapes faites : 1.\n' });
  expect(await store.migrations.behind()).toEqual([]);

  expect(await desk('migrate')).toEqual({ status: 0, stdout: 'La base est déjà à jour.\n', stderr: '' });
  expect((await desk('users', 'list')).status).toBe(0);
});

it('stops with what went wrong, so that a release stops too', async () => {
  await store.migrations.ledger.model.deleteMany({});
  const views = store.connection.collection('savedViews');
  await views.dropIndexes();
  await views.createIndex({ account: 1, name: 1 });
  const { status, stderr } = await desk('migrate');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /La mise à jour s’est arrêtée : indexes-\w+: index .* of savedViews.*la même commande reprend/s,
  );

  const nobody = await runDesk(['migrate'], {
    MONGODB_URL: 'mongodb://127.0.0.1:9/porte?serverSelectionTimeoutMS=100',
  });
  expect(nobody.status).not.toBe(0);
  expect(nobody.stderr).toContain('La base de données ne répond pas');
  expect((await desk('migrate', 'now')).status).toBe(2);
});
