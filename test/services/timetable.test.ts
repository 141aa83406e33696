import mongoose from 'mongoose';
import { SCHEDULES } from '../../jobs/schedules.js';
import { runsOn } from '../../src/data/runs.js';
import { runTimetable, type TimedWork } from '../../src/services/runTimetable.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const FRIDAY = new Date('2026-11-20T10:00:00+01:00');
const MONDAY = new Date('2026-11-23T08:30:00+01:00');
const WEDNESDAY = new Date('2026-11-25T10:00:00+01:00');
const MINUTE = 60_000;
const DAY = 86_400_000;
const SWEPT = { settled: 1, expired: 2, due: 3, queued: true };

let desk: Desk;
let done: string[];
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  done = [];
});
afterEach(() => desk.stop());

type Work = (slot: string) => Promise<number>;

/** A worker of its own on the same store; what it does is written down in `done`. */
/** Those of e-mails: figures have a test of their own. */
const { 'weekly-digests': weekly, 'daily-digests': daily, 'weekly-summary': summary, purge, sweep } = SCHEDULES;
const OURS = { 'weekly-digests': weekly, 'daily-digests': daily, 'weekly-summary': summary, purge, sweep };
const worker = (changes: Partial<Record<TimedWork, Work>> = {}, runs = desk.parts.runs) => {
  const doing =
    (name: TimedWork): Work =>
    async (slot) => {
      done.push(`${name} ${slot}`);
      return changes[name]?.(slot) ?? 7;
    };
  return runTimetable({
    ...desk.parts,
    runs,
    schedules: OURS as typeof SCHEDULES,
    sweep: async () => {
      done.push('sweep');
      await changes.sweep?.('');
      return SWEPT;
    },
    work: {
      'weekly-digests': doing('weekly-digests'),
      'daily-digests': doing('daily-digests'),
      'weekly-summary': doing('weekly-summary'),
      'report-reminder': doing('report-reminder'),
      purge: doing('purge'),
      'refresh-figures': doing('refresh-figures'),
      'verify-figures': doing('verify-figures'),
      'audit-head': doing('audit-head'),
    },
  });
};
const lines = async (name: TimedWork) => (await desk.parts.runs.latest(100)).filter((run) => run.name === name);
const count = (what: string): number => done.filter((one) => one === what).length;

describe('the timetable', () => {
  it('does each slot once, in its order, with a line for each', async () => {
    await worker().runDue();
    const day = '2026-11-23';
    const all = [`weekly-digests ${day}`, `daily-digests ${day}`, `weekly-summary ${day}`, `purge ${day}`, 'sweep'];
    expect(done).toEqual(all);
    await worker().runDue();
    expect(done).toEqual(all);
    expect(await lines('daily-digests')).toEqual([
      {
        name: 'daily-digests',
        slot: day,
        startedAt: MONDAY,
        finishedAt: MONDAY,
        done: 7,
        failedBecause: null,
        attempts: 1,
      },
    ]);
    expect(await lines('sweep')).toMatchObject([{ slot: '2026-11-23T07:30Z', done: 6 }]);
  });

  it('sweeps each minute, and does nothing else until the next slot of another row', async () => {
    await worker().runDue();
    done = [];
    for (let minute = 1; minute <= 3; minute += 1) {
      desk.clock.now = new Date(MONDAY.getTime() + minute * MINUTE);
      await worker().runDue();
    }
    expect(done).toEqual(['sweep', 'sweep', 'sweep']);
    expect(await lines('sweep')).toHaveLength(4);
  });

  it('does a slot once when several workers look at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => worker().runDue()));
    expect(count('weekly-digests 2026-11-23')).toBe(1);
    expect(count('purge 2026-11-23')).toBe(1);
    expect(count('sweep')).toBe(1);
  });

  it('catches up on Wednesday, once, with what was missed since Friday', async () => {
    desk.clock.now = FRIDAY;
    await worker().runDue();
    done = [];
    desk.clock.now = WEDNESDAY;
    await Promise.all([worker().runDue(), worker().runDue()]);
    desk.clock.now = new Date(WEDNESDAY.getTime() + MINUTE);
    await worker().runDue();
    expect(done.filter((one) => one.startsWith('weekly')).sort()).toEqual([
      'weekly-digests 2026-11-23',
      'weekly-summary 2026-11-23',
    ]);
    expect(done.filter((one) => one.startsWith('daily'))).toEqual(['daily-digests 2026-11-25']);
    expect(done.filter((one) => one.startsWith('purge'))).toEqual(['purge 2026-11-25']);
  });

  it('does only the latest of the slots that were missed', async () => {
    desk.clock.now = FRIDAY;
    await worker().runDue();
    done = [];
    desk.clock.now = new Date(WEDNESDAY.getTime() + 14 * DAY);
    await worker().runDue();
    expect(done.filter((one) => one.startsWith('weekly-digests'))).toEqual(['weekly-digests 2026-12-07']);
    expect((await lines('weekly-digests')).map(({ slot }) => slot)).toEqual(['2026-12-07', '2026-11-16']);
  });

  it('begins again at the next look what failed, says why meanwhile, and keeps no other row waiting', async () => {
    let isBroken = true;
    const work = {
      'weekly-digests': async () => (isBroken ? Promise.reject(new Error('no place for a@b.example')) : 4),
    };
    await worker(work).runDue();
    expect(done).toHaveLength(5);
    expect(await lines('weekly-digests')).toMatchObject([
      { finishedAt: null, failedBecause: 'no place for (address)' },
    ]);
    isBroken = false;
    desk.clock.now = new Date(MONDAY.getTime() + MINUTE);
    await worker(work).runDue();
    expect(count('weekly-digests 2026-11-23')).toBe(2);
    expect(await lines('weekly-digests')).toMatchObject([
      { finishedAt: desk.clock.now, done: 4, failedBecause: null, attempts: 2 },
    ]);
    await worker(work).runDue();
    expect(count('weekly-digests 2026-11-23')).toBe(2);
  });

  it('takes over what a dead worker left, once its lease is over and not before', async () => {
    void worker({ purge: () => new Promise(() => {}) }).runDue();
    while (!done.some((one) => one.startsWith('purge'))) await new Promise((tick) => setTimeout(tick, 10));
    desk.clock.now = new Date(MONDAY.getTime() + 9 * MINUTE);
    await worker().runDue();
    expect(count('purge 2026-11-23')).toBe(1);
    expect(await lines('purge')).toMatchObject([{ finishedAt: null, failedBecause: null }]);
    desk.clock.now = new Date(MONDAY.getTime() + 10 * MINUTE);
    await Promise.all([worker().runDue(), worker().runDue()]);
    expect(count('purge 2026-11-23')).toBe(2);
    expect(await lines('purge')).toMatchObject([{ finishedAt: desk.clock.now, attempts: 2 }]);
  });

  it('sweeps when asked to, also twice in one minute, with a line each time', async () => {
    expect(await worker().sweepNow()).toEqual(SWEPT);
    expect(await worker().sweepNow()).toEqual(SWEPT);
    await worker().runDue();
    expect(count('sweep')).toBe(3);
    expect(await lines('sweep')).toHaveLength(3);
  });

  it('leaves the reason of a sweep that failed', async () => {
    await expect(worker({ sweep: () => Promise.reject(new Error('no index')) }).sweepNow()).rejects.toThrow('no index');
    expect(await lines('sweep')).toMatchObject([{ finishedAt: null, failedBecause: 'no index' }]);
  });
});

describe('the ledger', () => {
  it('gives the last lines of each row, latest first', async () => {
    for (let day = 0; day < 4; day += 1) {
      desk.clock.now = new Date(MONDAY.getTime() + day * DAY);
      await worker().runDue();
    }
    const latest = await desk.parts.runs.latest(2);
    expect(latest.map(({ name, slot }) => `${name} ${slot}`).sort()).toEqual([
      'daily-digests 2026-11-25',
      'daily-digests 2026-11-26',
      'purge 2026-11-25',
      'purge 2026-11-26',
      'sweep 2026-11-25T07:30Z',
      'sweep 2026-11-26T07:30Z',
      'weekly-digests 2026-11-23',
      'weekly-summary 2026-11-23',
    ]);
    expect(latest.map(({ startedAt }) => startedAt.getTime())).toEqual(
      latest.map(({ startedAt }) => startedAt.getTime()).sort((a, b) => b - a),
    );
  });

  it('forgets at night the sweeps of two days ago, and the other lines after 400 days', async () => {
    const night = (day: number): Date => new Date(new Date('2026-11-23T03:15:00+01:00').getTime() + day * DAY);
    for (const day of [0, 1, 2, 3]) {
      desk.clock.now = night(day);
      await desk.services.timetable.runDue();
    }
    // The purge comes before the sweep of its own minute.
    expect((await lines('sweep')).map(({ slot }) => slot)).toEqual([
      '2026-11-26T02:15Z',
      '2026-11-25T02:15Z',
      '2026-11-24T02:15Z',
    ]);
    expect(await lines('purge')).toHaveLength(4);
    expect((await lines('purge'))[0]).toMatchObject({ done: 2 });
    desk.clock.now = night(402);
    await desk.services.timetable.runDue();
    expect((await lines('purge')).map(({ slot }) => slot)).toEqual(['2027-12-30', '2026-11-26', '2026-11-25']);
  });

  it('costs a sweep three commands of the store', async () => {
    await worker().runDue();
    desk.clock.now = new Date(MONDAY.getTime() + MINUTE);
    const connection = mongoose.createConnection(desk.config.mongodbUrl, {
      monitorCommands: true,
      autoIndex: false,
      autoCreate: false,
    });
    await connection.asPromise();
    const commands: string[] = [];
    connection.getClient().on('commandStarted', ({ commandName }) => commands.push(commandName));
    await worker({}, runsOn(connection)).runDue();
    await connection.close();
    expect(commands.filter((name) => name !== 'endSessions')).toEqual(['find', 'insert', 'update']);
  });
});
