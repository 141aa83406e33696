import type { Store } from '../../src/data/store.js';
import { openMigrated } from '../support/openMigrated.js';
import { startTestStore } from '../support/startStore.js';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openMigrated(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const BEGIN = new Date('2026-11-23T08:00:00Z');
const later = (minutes: number): Date => new Date(BEGIN.getTime() + minutes * 60_000);
const HOUR = 60;
const contentOf = (account: string, listId: string) => ({
  account,
  listId,
  how: 'password',
  device: 'Firefox sur Linux',
  startedAt: BEGIN,
});

/** Uses a session at this instant, as a page does; false when it is over. */
const use = async (id: string, at: Date): Promise<boolean> => {
  const found = await store.sessions.read(id, at);
  if (found) await store.sessions.touch(id, { seenAt: found.seenAt, startedAt: BEGIN }, at);
  return found !== null;
};

describe('a session', () => {
  it('ends eight hours after it was last used', async () => {
    await store.sessions.keep('idle', contentOf('anne', 'a'), BEGIN);
    expect(await use('idle', later(7 * HOUR))).toBe(true);
    expect(await store.sessions.read('idle', later(11 * HOUR))).not.toBeNull();
    await store.sessions.keep('unused', contentOf('anne', 'b'), BEGIN);
    expect(await store.sessions.read('unused', later(8 * HOUR - 1))).not.toBeNull();
    expect(await store.sessions.read('unused', later(8 * HOUR))).toBeNull();
  });

  it('ends twelve hours after signing in, however often it is used or written', async () => {
    await store.sessions.keep('busy', contentOf('bruno', 'a'), BEGIN);
    for (let hour = 1; hour < 12; hour += 1) expect(await use('busy', later(hour * HOUR))).toBe(true);
    await store.sessions.keep('busy', contentOf('bruno', 'a'), later(11 * HOUR));
    expect(await use('busy', later(12 * HOUR - 1))).toBe(true);
    expect(await use('busy', later(12 * HOUR))).toBe(false);
  });

  it('is written as used at most every five minutes', async () => {
    await store.sessions.keep('read', contentOf('chloe', 'a'), BEGIN);
    await use('read', later(4));
    expect((await store.sessions.read('read', later(4)))?.seenAt).toEqual(BEGIN);
    await use('read', later(5));
    expect((await store.sessions.read('read', later(5)))?.seenAt).toEqual(later(5));
  });

  it('is not found in the store by the id that the browser holds', async () => {
    await store.sessions.keep('the id in the cookie', contentOf('dora', 'a'), BEGIN);
    const kept = await store.sessions.model.find({ account: 'dora' }).lean();
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('the id in the cookie');
  });

  it('stays over when a request that was under way writes it again', async () => {
    await store.sessions.keep('slow', contentOf('emile', 'a'), BEGIN);
    expect(await store.sessions.endAll('emile', later(1))).toBe(1);
    await store.sessions.keep('slow', contentOf('emile', 'a'), later(2));
    await store.sessions.touch('slow', { seenAt: BEGIN, startedAt: BEGIN }, later(9));
    expect(await store.sessions.read('slow', later(10))).toBeNull();
    expect(await store.sessions.endAll('emile', later(11))).toBe(0);
  });
});

describe('the sessions of an account', () => {
  beforeAll(async () => {
    for (const [id, listId] of [
      ['one', 'a'],
      ['two', 'b'],
      ['three', 'c'],
    ] as const)
      await store.sessions.keep(id, contentOf('flore', listId), BEGIN);
    await store.sessions.keep('of another', contentOf('gael', 'a'), BEGIN);
    await store.sessions.keep('half way', { pending: { account: 'flore' } }, BEGIN);
    await use('two', later(10));
  });
  const listed = async (at: Date) => (await store.sessions.ofAccount('flore', at)).map(({ listId }) => listId);

  it('are listed, latest used first, without those that are half way or over', async () => {
    expect((await listed(later(11)))[0]).toBe('b');
    expect((await listed(later(11))).toSorted()).toEqual(['a', 'b', 'c']);
    expect(await listed(later(8 * HOUR))).toEqual(['b']);
  });

  it('end one by one, the others, or all, and never those of somebody else', async () => {
    expect(await store.sessions.endOne('gael', 'c', later(12))).toBe(false);
    expect(await store.sessions.endOne('flore', 'c', later(12))).toBe(true);
    expect(await store.sessions.endOne('flore', 'c', later(12))).toBe(false);
    expect(await store.sessions.endOthers('flore', 'b', later(12))).toBe(2);
    expect(await listed(later(12))).toEqual(['b']);
    expect(await store.sessions.read('half way', later(12))).toBeNull();
    expect(await store.sessions.endAll('flore', later(12))).toBe(1);
    expect(await store.sessions.read('of another', later(13))).not.toBeNull();
  });
});
