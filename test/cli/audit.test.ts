import type { Store } from '../../src/data/store.js';
import { auditLog } from '../../src/services/audit/auditLog.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

const SECRET = 'a secret for tests only and long enough';
let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openMigrated(embedded.uri);
  const log = auditLog({ ...store, clock: () => new Date(), secrets: [SECRET] });
  await Promise.all(
    ['anne', 'bruno', 'chloe', 'lea'].map((account) => log.note({ act: 'signed-in', actor: { account } })),
  );
  await log.settled();
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const run = (args: string[], settings = {}) =>
  runDesk(['audit', ...args], { MONGODB_URL: embedded.uri, SESSION_SECRETS: SECRET, ...settings });

describe('desk audit verify', () => {
  test('says up to which line all is whole, with its hash', async () => {
    const { status, stdout, stderr } = await run(['verify']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Intact de la ligne 1 à la ligne 4.');
    expect(stdout).toContain((await store.auditLines.last())?.hash);
  });

  test('names the first line that is not as it was written, with exit code 1', async () => {
    await store.auditLines.model.updateOne({ _id: 3 }, { $set: { act: 'signed-out' } });
    const { status, stdout, stderr } = await run(['verify']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('La ligne 3 a été modifiée ou déplacée.\nIntact de la ligne 1 à la ligne 2.');
    await store.auditLines.model.updateOne({ _id: 3 }, { $set: { act: 'signed-in' } });
  });

  test('names a tail that is missing', async () => {
    const gone = await store.auditLines.model.findByIdAndDelete(4).lean();
    const { status, stderr } = await run(['verify']);
    expect(status).toBe(1);
    expect(stderr).toContain('La ligne 4 manque à la fin du journal.');
    await store.auditLines.model.collection.insertOne(gone as never);
  });

  test('says that seals are not looked at without the secret', async () => {
    const { status, stderr } = await run(['verify'], { SESSION_SECRETS: undefined });
    expect(status).toBe(0);
    expect(stderr).toContain('Sans SESSION_SECRETS');
  });

  test('knows nothing else', async () => {
    const { status, stderr } = await run(['read']);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage : audit verify');
  });
});
