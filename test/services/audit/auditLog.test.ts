import type { Store } from '../../../src/data/store.js';
import type { AuditNote } from '../../../src/domain/audit/auditActs.js';
import { auditLog } from '../../../src/services/audit/auditLog.js';
import { verifyAudit } from '../../../src/services/audit/verifyAudit.js';
import { openMigrated } from '../../support/openMigrated.js';
import { startTestStore } from '../../support/startStore.js';

const secrets = ['a secret for tests only and long enough'];
const DAY = 86_400_000;
const clock = { now: new Date('2026-12-01T09:00:00Z') };
let embedded: Awaited<ReturnType<typeof startTestStore>>;
let stores: Store[];
beforeAll(async () => {
  embedded = await startTestStore(() => clock.now);
  stores = await Promise.all([0, 1, 2].map(() => openMigrated(embedded.uri)));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await embedded.stop();
});
beforeEach(async () => {
  clock.now = new Date('2026-12-01T09:00:00Z');
  await Promise.all([store().auditLines.model.deleteMany({}), store().auditEnds.model.deleteMany({})]);
});

const store = (): Store => stores[0] as Store;
const logOn = (on: Store) => auditLog({ ...on, clock: () => clock.now, secrets });
const verify = (with_ = secrets) => verifyAudit({ ...store(), secrets: with_ })();
const reading = (id: string, count = 1): AuditNote => ({
  act: 'list-read',
  actor: { account: 'anne' },
  about: { kind: 'page', id },
  detail: { count, of: 'queue', own: true },
});
/** A log of so many lines, its head in its place. */
const written = async (count: number) => {
  const log = logOn(store());
  await Promise.all(Array.from({ length: count }, (_, index) => log.note(reading(`p${index}`))));
  await log.settled();
  return log;
};
const lines = () => store().auditLines.model.find().sort({ _id: 1 }).lean();

describe('the log', () => {
  test('keeps lines in the order in which they came, each holding the one before', async () => {
    await written(3);
    const [first, second, third] = await lines();
    expect([first, second, third].map((line) => [line?._id, line?.about?.id])).toEqual([
      [1, 'p0'],
      [2, 'p1'],
      [3, 'p2'],
    ]);
    expect(first).toMatchObject({ previous: '', at: clock.now, act: 'list-read', actor: { account: 'anne' } });
    expect(second?.previous).toBe(first?.hash);
    expect(third?.previous).toBe(second?.hash);
    expect(await verify()).toEqual({ from: 0, upTo: 3, hash: third?.hash, fault: null });
  });

  test('of three writers at once gets 2 000 lines from each, without gap or fork', async () => {
    const logs = stores.map(logOn);
    const each = async (log: (typeof logs)[number], writer: number): Promise<void> => {
      // Some alone, some in crowds: a writer that is alone meets those of the others each time.
      for (let sent = 0; sent < 2000; ) {
        const crowd = Math.min(2000 - sent, sent % 7 === 0 ? 1 : 250);
        await Promise.all(Array.from({ length: crowd }, (_, index) => log.note(reading(`${writer}-${sent + index}`))));
        sent += crowd;
      }
    };
    await Promise.all(logs.map(each));
    await Promise.all(logs.map((log) => log.settled()));
    expect(await verify()).toMatchObject({ from: 0, upTo: 6000, fault: null });
    const ids = (await lines()).map(({ about }) => String(about?.id));
    for (const writer of [0, 1, 2]) {
      const own = ids.filter((id) => id.startsWith(`${writer}-`));
      expect(own).toEqual(Array.from({ length: 2000 }, (_, index) => `${writer}-${index}`));
    }
  });

  test('lets lines of one moment share a write', async () => {
    const writes: number[] = [];
    const { auditLines } = store();
    const append: Store['auditLines']['append'] = (added) => {
      writes.push(added.length);
      return auditLines.append(added);
    };
    const log = auditLog({ ...store(), auditLines: { ...auditLines, append }, clock: () => clock.now, secrets });
    await Promise.all(Array.from({ length: 100 }, (_, index) => log.note(reading(`p${index}`))));
    expect(writes).toEqual([100]);
    await log.settled();
  });

  test('does not say done when the store is away, and goes on once it is back', async () => {
    const { auditLines } = store();
    let isAway = true;
    const append: Store['auditLines']['append'] = async (added) => {
      const written = await auditLines.append(added);
      if (isAway) throw new Error('no answer');
      return written;
    };
    const log = auditLog({ ...store(), auditLines: { ...auditLines, append }, clock: () => clock.now, secrets });
    await expect(log.note(reading('a'))).rejects.toThrow('no answer');
    isAway = false;
    await log.note(reading('b'));
    await log.settled();
    // The answer was lost, not the line: the log keeps it, and goes on behind.
    expect(await verify()).toMatchObject({ upTo: 2, fault: null });
  });

  test('is whole after a crash between a line and the head, which the next line moves', async () => {
    await written(3);
    const headAt = async () => (await store().auditEnds.read('head'))?.seq;
    const dies = { ...store().auditEnds, move: async () => Promise.reject(new Error('killed')) };
    const dying = auditLog({ ...store(), auditEnds: dies, clock: () => clock.now, secrets });
    await dying.note(reading('unseen'));
    await dying.settled();
    expect(await headAt()).toBe(3);
    expect(await verify()).toMatchObject({ upTo: 4, fault: null });
    const next = logOn(store());
    await next.note(reading('next'));
    await next.settled();
    expect(await headAt()).toBe(5);
    expect(await verify()).toMatchObject({ upTo: 5, fault: null });
  });
});

describe('verifying names', () => {
  const model = () => store().auditLines.model;
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'a line that was changed',
      () => model().updateOne({ _id: 4 }, { $set: { 'detail.count': 2 } }),
      { upTo: 3, fault: { kind: 'changed', seq: 4 } },
    ],
    [
      'a line of which who did it was changed',
      () => model().updateOne({ _id: 4 }, { $set: { actor: { account: 'bruno' } } }),
      { upTo: 3, fault: { kind: 'changed', seq: 4 } },
    ],
    [
      'a line that was removed',
      () => model().deleteOne({ _id: 4 }),
      { upTo: 3, fault: { kind: 'missing', seq: 4, upTo: 4 } },
    ],
    [
      'the first lines, removed',
      () => model().deleteMany({ _id: { $lte: 3 } }),
      { upTo: 0, fault: { kind: 'missing', seq: 1, upTo: 3 } },
    ],
    [
      'a line that was inserted',
      async () => model().create({ ...(await model().findById(4).lean()), _id: 4.5 }),
      { upTo: 4, fault: { kind: 'inserted', seq: 4.5 } },
    ],
    [
      'lines that changed places',
      async () => {
        const [four, five] = await Promise.all([model().findById(4).lean(), model().findById(5).lean()]);
        await model().replaceOne({ _id: 4 }, { ...five, _id: 4 } as object);
        await model().replaceOne({ _id: 5 }, { ...four, _id: 5 } as object);
      },
      { upTo: 3, fault: { kind: 'changed', seq: 4 } },
    ],
    [
      'a tail that is missing',
      () => model().deleteMany({ _id: { $gte: 8 } }),
      { upTo: 7, fault: { kind: 'tail', seq: 8, upTo: 9 } },
    ],
    [
      'a head that was moved back with the tail',
      async () => {
        await model().deleteMany({ _id: { $gte: 8 } });
        const seven = await model().findById(7).lean();
        await store().auditEnds.model.updateOne({ _id: 'head' }, { $set: { seq: 7, hash: seven?.hash } });
      },
      { upTo: 7, fault: { kind: 'head', seq: 7 } },
    ],
    [
      'a head that was removed',
      () => store().auditEnds.model.deleteMany({}),
      { upTo: 9, fault: { kind: 'head', seq: 9 } },
    ],
  ])('%s', async (_, tamper, found) => {
    await written(9);
    await tamper();
    expect(await verify()).toMatchObject({ from: 0, ...found });
  });

  test('a line written anew with a hash of its own, at the line that follows', async () => {
    await written(9);
    const other = auditLog({ ...stores[1]!, clock: () => clock.now, secrets });
    await other.note(reading('another'));
    const tenth = await model().findById(10).lean();
    await model().replaceOne({ _id: 4 }, { ...tenth, _id: 4 } as object);
    expect(await verify()).toMatchObject({ upTo: 3, fault: { kind: 'changed', seq: 4 } });
  });

  test('the whole log written anew by somebody without our secret', async () => {
    await written(9);
    await model().deleteMany({});
    await store().auditEnds.model.deleteMany({});
    const forger = auditLog({ ...store(), clock: () => clock.now, secrets: ['a secret that is not that of the desk'] });
    await forger.note(reading('nothing to see'));
    await forger.settled();
    expect(await verify()).toMatchObject({ upTo: 1, fault: { kind: 'head', seq: 1 } });
    expect(await verify([])).toMatchObject({ upTo: 1, fault: null });
  });

  test('lines taken away at the end, also once the log has gone on', async () => {
    await written(9);
    await model().deleteMany({ _id: { $gte: 8 } });
    await written(2);
    expect((await lines()).map(({ _id }) => _id)).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11]);
    expect(await verify()).toMatchObject({ upTo: 7, fault: { kind: 'missing', seq: 8, upTo: 9 } });
  });

  test('nothing after the first secret was replaced by another, while the old one is kept', async () => {
    await written(2);
    expect(await verify(['the new secret, also long enough', ...secrets])).toMatchObject({ fault: null });
    expect(await verify(['the new secret, also long enough'])).toMatchObject({ fault: { kind: 'head' } });
  });
});

describe('the purge', () => {
  /** Five lines of the 1st of December, four of the 2nd. */
  const twoDays = async () => {
    await written(5);
    clock.now = new Date(clock.now.getTime() + DAY);
    return written(4);
  };
  const tomorrow = new Date('2026-12-02T00:00:00Z');

  test('replaces the oldest lines by a checkpoint from which the rest verifies', async () => {
    const log = await twoDays();
    const fifth = (await lines())[4];
    expect(await log.purgeBefore(tomorrow)).toBe(5);
    await log.settled();
    const kept = await lines();
    expect(kept.map(({ _id }) => _id)).toEqual([6, 7, 8, 9, 10]);
    expect(kept.at(-1)).toMatchObject({
      act: 'purged',
      actor: 'desk',
      detail: { of: 'audit', upTo: 5, hash: fifth?.hash, lines: 5, whole: true },
    });
    expect(await verify()).toMatchObject({ from: 5, upTo: 10, fault: null });
  });

  test('changes nothing when it runs a second time', async () => {
    const log = await twoDays();
    await log.purgeBefore(tomorrow);
    expect(await log.purgeBefore(tomorrow)).toBe(0);
    await log.settled();
    expect((await lines()).length).toBe(5);
    expect(await verify()).toMatchObject({ from: 5, upTo: 10, fault: null });
  });

  test('may follow another, and tells of each stretch', async () => {
    const log = await twoDays();
    await log.purgeBefore(tomorrow);
    clock.now = new Date(clock.now.getTime() + DAY);
    expect(await log.purgeBefore(clock.now)).toBe(5);
    await log.settled();
    expect(await verify()).toMatchObject({ from: 10, upTo: 11, fault: null });
    expect((await lines())[0]?.detail).toMatchObject({ upTo: 10, lines: 5, whole: true });
  });

  test('cut short before the lines went leaves a log that is whole, and the next one ends it', async () => {
    const log = await twoDays();
    const stuck = { ...store().auditLines, removeUpTo: () => Promise.reject(new Error('killed')) };
    const dying = auditLog({ ...store(), auditLines: stuck, clock: () => clock.now, secrets });
    await expect(dying.purgeBefore(tomorrow)).rejects.toThrow('killed');
    await dying.settled();
    expect(await verify()).toMatchObject({ from: 5, upTo: 10, fault: null });
    expect(await log.purgeBefore(tomorrow)).toBe(5);
    expect(await verify()).toMatchObject({ from: 5, upTo: 10, fault: null });
  });

  test('says when what it erased was not whole', async () => {
    const log = await twoDays();
    await store().auditLines.model.updateOne({ _id: 2 }, { $set: { act: 'signed-in' } });
    await log.purgeBefore(tomorrow);
    await log.settled();
    expect((await lines()).at(-1)?.detail).toMatchObject({ upTo: 5, whole: false });
  });

  test('of somebody else shows: no line tells of it, or no seal of ours is on it', async () => {
    await twoDays();
    const fifth = (await lines())[4];
    await store().auditLines.model.deleteMany({ _id: { $lte: 5 } });
    const forged = { seq: 5, hash: String(fifth?.hash), seal: 'forged' };
    await store().auditEnds.move('checkpoint', forged);
    expect(await verify()).toMatchObject({ fault: { kind: 'checkpoint', seq: 5 } });
    expect(await verify([])).toMatchObject({ upTo: 9, fault: { kind: 'checkpoint', seq: 5 } });
  });
});
