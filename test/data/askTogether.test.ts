import type { Store } from '../../src/data/store.js';
import { openMigrated } from '../support/openMigrated.js';
import { startTestStore } from '../support/startStore.js';

const NOW = new Date('2026-11-23T08:00:00Z');
const LATER = new Date('2026-11-23T19:30:00Z');

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore(() => NOW);
  const url = new URL(embedded.uri);
  url.searchParams.set('monitorCommands', 'true');
  store = await openMigrated(url.href);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

/** What is read, and by how many statements. */
const counting = async <Read>(read: () => Promise<Read>): Promise<{ read: Read; statements: number }> => {
  let statements = 0;
  const client = store.connection.getClient();
  const count = (): void => {
    statements += 1;
  };
  client.on('commandStarted', count);
  try {
    return { read: await read(), statements };
  } finally {
    client.off('commandStarted', count);
  }
};

describe('what pages under way ask of the store', () => {
  it('gives each its own session, in one statement, and none of one that is over', async () => {
    for (const name of ['anne', 'bruno', 'chloe'])
      await store.sessions.keep(name, { account: name, startedAt: NOW }, NOW);
    await store.sessions.end('bruno', NOW);
    const ask = () =>
      Promise.all([
        ...['anne', 'bruno', 'chloe', 'nobody'].map((id) => store.sessions.read(id, NOW)),
        store.sessions.read('chloe', LATER),
      ]);
    const { read, statements } = await counting(ask);
    expect(read.map((found) => found?.content.account ?? null)).toEqual(['anne', null, 'chloe', null, null]);
    expect(statements).toBe(1);
  });

  it('is read after it was asked: a session that ends meanwhile is over for the next page', async () => {
    await store.sessions.keep('dora', { account: 'dora', startedAt: NOW }, NOW);
    const before = store.sessions.read('dora', NOW);
    const after = store.sessions.end('dora', NOW).then(() => store.sessions.read('dora', NOW));
    await before;
    expect(await after).toBeNull();
  });

  it('gives each visitor its own draft: what is under way, else what was sent last', async () => {
    const begin = (visitor: string, title: string, at: Date) =>
      store.drafts.save(visitor, { projet: { title } }, at, { language: 'fr' });
    const { id } = await begin('emile', 'sent', NOW);
    await store.drafts.finishById(id, 'p1', LATER);
    await begin('emile', 'under way', NOW);
    await store.drafts.finishById((await begin('fanny', 'sent', NOW)).id, 'p2', NOW);
    await store.drafts.finishById((await begin('fanny', 'sent later', NOW)).id, 'p3', LATER);
    const visitors = ['emile', 'fanny', 'nobody', 'emile'];
    const { read, statements } = await counting(() => Promise.all(visitors.map(store.drafts.read)));
    expect(read.map((draft) => draft && [draft.answers, draft.lastProject])).toEqual([
      [{ projet: { title: 'under way' } }, null],
      [{}, 'p3'],
      null,
      [{ projet: { title: 'under way' } }, null],
    ]);
    expect(statements).toBe(1);
  });

  it('gives each list its own people, closed accounts too', async () => {
    for (const id of ['a1', 'a2', 'a3'])
      await store.accounts.insert(
        { id, email: `${id}@example.org`, name: id, role: 'manager', partner: null },
        { passwordHash: 'x', demo: true },
      );
    const { read, statements } = await counting(() =>
      Promise.all([['a2', 'a1', 'a2'], [], ['a3', 'a2', 'nobody']].map(store.accounts.byIds)),
    );
    expect(read.map((people) => people.map(({ id }) => id))).toEqual([['a2', 'a1'], [], ['a3', 'a2']]);
    expect(statements).toBe(1);
  });

  it('gives colleagues what is around their queue, each their own views', async () => {
    await store.savedViews.save('anne', { name: 'En retard', query: 'retard=1' }, NOW);
    await store.savedViews.save('bruno', { name: 'À moi', query: 'personne=moi' }, NOW);
    const { read, statements } = await counting(() =>
      Promise.all([
        store.referrals.around('cci-puy-de-dome', 'anne'),
        store.referrals.around('cci-puy-de-dome', 'bruno'),
        store.referrals.around('ti-tiltam', 'anne'),
      ]),
    );
    expect(read.map(({ views }) => views.map(({ name }) => name))).toEqual([['En retard'], ['À moi'], ['En retard']]);
    expect(statements).toBe(2);
  });
});
