import type { Connection } from 'mongoose';
import { SCHEDULES } from '../../../jobs/schedules.js';
import { DATA_CLASSES, RETENTION, retentionOf } from '../../../src/domain/privacy/retention.js';
import { purge } from '../../../src/services/privacy/purge.js';
import { settle } from '../../../src/services/settle.js';
import { verifyFacts } from '../../../src/services/statistics/verifyFacts.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import {
  daysAgo,
  FIVE_YEARS_AGO,
  type Life,
  liveTenYears,
  ONE_YEAR_AGO,
  THREE_YEARS_AGO,
  TONIGHT,
} from '../../support/tenYears.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

let desk: Desk;
let connection: Connection;
beforeAll(async () => {
  desk = await startDesk({ at: TONIGHT });
  ({ connection } = desk.parts as unknown as { connection: Connection });
});
afterAll(() => desk.stop());

const purgeTonight = (parts = desk.parts): Promise<number> =>
  purge({
    ...parts,
    schedules: SCHEDULES,
    settleProject: settle({ ...parts, enqueue: async () => true }).settleProject,
  })();

/** Around each limit: long before, a minute before, a minute after, and today. */
const around = (limit: Date): { at: Date; stays: boolean }[] => [
  { at: new Date('2027-01-01T00:00:00Z'), stays: false },
  { at: new Date(limit.getTime() - MINUTE), stays: false },
  { at: new Date(limit.getTime() + MINUTE), stays: true },
  { at: TONIGHT, stays: true },
];

/** A record of a class for each date around its limit, written as they are kept. Gives the ids of those that stay. */
const fill = async (
  collection: string,
  limit: Date,
  record: (at: Date, place: number) => object,
): Promise<string[]> => {
  const made = around(limit).map(({ at, stays }, place) => ({
    stays,
    record: { _id: `${collection}-${place}`, ...record(at, place) },
  }));
  await connection.collection<{ _id: string }>(collection).insertMany(made.map((one) => one.record));
  return made.filter(({ stays }) => stays).map((one) => one.record._id);
};

const idsIn = async (collection: string): Promise<string[]> => {
  const found = await connection.collection<{ _id: string }>(collection).find({}).toArray();
  return found.map(({ _id }) => _id).sort();
};

/** Every other class of the table that is purged, with what must be left of it. */
const fillOtherClasses = async (): Promise<Record<string, string[]>> => {
  const answers = { answers: {}, account: 'anne', channel: 'counter', project: null };
  const draft = (at: Date, place: number) => ({ visitors: [`v${place}`], answers: {}, startedAt: at, updatedAt: at });
  const delivery = (at: Date, place: number) => ({
    key: `k${place}`,
    due: at,
    owed: false,
    sentAt: at,
    response: '250 taken',
    failedBecause: null,
  });
  const account = (at: Date, place: number) => ({
    email: `a${place}@example.org`,
    name: `Agent ${place}`,
    role: 'advisor',
    partner: 'ti-tiltam',
    passwordHash: 'x',
    active: false,
    demo: false,
    closedAt: at,
  });
  const replay = (at: Date) => ({ state: 'done', createdAt: at });
  const kept = {
    drafts: await fill('drafts', daysAgo(30), draft),
    counterDrafts: await fill('counterDrafts', daysAgo(30), (at) => ({ ...answers, startedAt: at, updatedAt: at })),
    noteDrafts: await fill('noteDrafts', daysAgo(30), (at) => ({ account: 'anne', project: 'p', updatedAt: at })),
    inbox: await fill('inbox', daysAgo(90), (at) => ({ receivedAt: at, outcome: 'unmatched', text: 'x' })),
    deliveries: await fill('deliveries', ONE_YEAR_AGO, delivery),
    exportchunks: await fill('exportchunks', daysAgo(7), (at) => ({ expiresAt: new Date(at.getTime() + 7 * DAY) })),
    exports: await fill('exports', daysAgo(30), (at) => ({ by: 'marie', state: 'done', createdAt: at })),
    replays: await fill('replays', ONE_YEAR_AGO, replay),
    savedViews: await fill('savedViews', ONE_YEAR_AGO, (at, place) => ({
      account: 'x',
      name: `${place}`,
      savedAt: at,
    })),
    sessions: await fill('sessions', daysAgo(0.5), (at) => ({ startedAt: at, seenAt: at, expiresAt: TONIGHT })),
    purges: await fill('purges', FIVE_YEARS_AGO, (at) => ({ class: 'drafts', at, until: at, count: 1 })),
    accounts: await fill('accounts', THREE_YEARS_AGO, account),
  };
  return kept;
};

const wordsOfStore = async (): Promise<string> => {
  const collections = await connection.listCollections();
  const all = await Promise.all(collections.map(({ name }) => connection.collection(name).find({}).toArray()));
  return JSON.stringify(all);
};

/** What figures are made of; how many events made a row, and when, is no figure. */
const figures = async () => {
  const { cells, projectFacts, referralFacts } = desk.parts;
  const bare = (rows: object[]) => rows.map((row) => ({ ...row, events: 0, lastAt: 0, countedAt: 0, turnsAt: 0 }));
  return {
    projects: bare(await projectFacts.model.find().sort({ _id: 1 }).lean()),
    referrals: bare(await referralFacts.model.find().sort({ _id: 1 }).lean()),
    cells: JSON.stringify(await cells.model.find().sort({ _id: 1 }).lean()),
  };
};

describe('a purge after ten years', () => {
  let lives: Life[];
  let kept: Record<string, string[]>;
  let before: Awaited<ReturnType<typeof figures>>;
  const isOver = ({ lastInTouch }: Life): boolean => lastInTouch < THREE_YEARS_AGO;

  beforeAll(async () => {
    lives = await liveTenYears(desk, 100);
    await desk.parts.absences.save({ id: 'anne', partner: 'ti-tiltam' }, 0, [
      { id: 'old', account: 'anne', from: '2035-06-01', to: '2035-06-30', deputy: null },
      { id: 'new', account: 'anne', from: '2035-06-01', to: '2035-07-02', deputy: null },
    ]);
    await desk.services.refreshFacts();
    before = await figures();
    kept = await fillOtherClasses();
    await Promise.all([purgeTonight(), purgeTonight()]);
  });

  it('leaves of projects exactly those whose holder was in touch for three years', async () => {
    expect(lives.filter(isOver).length).toBeGreaterThan(25);
    expect(lives.filter((life) => !isOver(life)).length).toBeGreaterThan(30);
    const found = new Map(
      (await desk.parts.projects.byIds(lives.map(({ project }) => project.id))).map((p) => [p.id, p]),
    );
    for (const life of lives) {
      const project = found.get(life.project.id);
      expect([life.project.id, project?.erasedAt]).toEqual([life.project.id, isOver(life) ? TONIGHT : null]);
      if (!isOver(life)) expect(project).toMatchObject({ contact: life.project.contact, facts: life.project.facts });
    }
    const words = await wordsOfStore();
    for (const life of lives)
      for (const personal of life.personal)
        expect([personal, words.includes(personal)]).toEqual([personal, !isOver(life)]);
  });

  it('leaves of every other class what the table allows, and no more', async () => {
    for (const collection of [
      'drafts',
      'counterDrafts',
      'noteDrafts',
      'inbox',
      'exportchunks',
      'exports',
      'replays',
      'savedViews',
      'sessions',
    ])
      expect([collection, await idsIn(collection)]).toEqual([collection, kept[collection]]);
    const deliveries = (await idsIn('deliveries')).filter((id) => id.startsWith('deliveries-'));
    expect(deliveries).toEqual(kept['deliveries']);
    expect((await desk.parts.absences.ofAccount('anne')).absences.map(({ id }) => id)).toEqual(['new']);
    const accounts = await desk.parts.accounts.byIds(around(TONIGHT).map((_, place) => `accounts-${place}`));
    const named = accounts.filter(({ name }) => name.startsWith('Agent ')).map(({ id }) => id);
    expect(named.sort()).toEqual(kept['accounts']);
  });

  it('forgets what mail servers answered after 90 days, and keeps the line', async () => {
    const [first, ...others] = await connection.collection('deliveries').find({ response: '250 taken' }).toArray();
    expect([first?._id, others]).toEqual(['deliveries-3', []]);
  });

  it('ends nothing in the figures: they are what they were', async () => {
    desk.clock.now = new Date(TONIGHT.getTime() + MINUTE);
    await desk.services.refreshFacts();
    expect(await figures()).toEqual(before);
    expect((await verifyFacts(desk.parts)())?.differences).toEqual([]);
  });

  it('leaves no project for anybody to work on, and writes to nobody', async () => {
    const { projects } = await desk.parts.projects.inStates(['triage', 'waiting', 'in_progress'], {
      order: 'oldest',
      limit: 500,
    });
    expect(projects.filter(({ erasedAt }) => erasedAt)).toEqual([]);
    expect(await desk.parts.deliveries.model.countDocuments({ owed: true })).toBe(0);
  });

  it('proves what it took, once however many workers there were', async () => {
    const proofs = (await desk.parts.purges.latest(100)).filter(
      ({ at }) => at >= TONIGHT && at.getTime() === TONIGHT.getTime(),
    );
    const contact = proofs.filter((proof) => proof.class === 'contact');
    expect(contact).toEqual([
      { class: 'contact', at: TONIGHT, until: THREE_YEARS_AGO, count: lives.filter(isOver).length },
    ]);
    const lines = await desk.parts.auditLines.model.find({ act: 'purged', 'detail.class': 'contact' }).lean();
    expect(lines.map(({ detail }) => detail?.['count']).reduce<number>((sum, count) => sum + Number(count), 0)).toBe(
      contact[0]?.count,
    );
  });

  it('done again, changes nothing', async () => {
    desk.clock.now = TONIGHT;
    const all = async () => {
      const collections = (await connection.listCollections()).map(({ name }) => name);
      return Promise.all(collections.sort().map((name) => connection.collection(name).find({}).toArray()));
    };
    const once = await all();
    expect(await purgeTonight()).toBe(0);
    expect(await all()).toEqual(once);
  });
});

test('every collection of the store is in a row of the table, and no row names one that is not there', async () => {
  const models = Object.values(connection.models).map(({ collection }) => collection.name);
  const inTable = new Set(DATA_CLASSES.flatMap((name) => retentionOf(name).collections));
  expect(models.filter((name) => !inTable.has(name))).toEqual([]);
  expect([...inTable].filter((name) => !models.includes(name))).toEqual([]);
});

test('no line of the ledger is kept longer than the table says', () => {
  const longest = Math.max(...Object.values(SCHEDULES).map(({ keptDays }) => keptDays));
  expect(longest).toBe(RETENTION.ledger.keeps.days);
});
