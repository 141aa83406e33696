import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { SCHEDULES } from '../../jobs/schedules.js';
import { type RunningWorker, startWorker } from '../../jobs/worker.js';
import { DELIVERIES, PREFIX, TIMETABLE } from '../../src/delivery/queueNames.js';
import type { OutgoingEmail } from '../../src/delivery/transport.js';
import type { Services } from '../../src/services.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { until } from '../support/startProcesses.js';

type TimedName = keyof typeof SCHEDULES;

let desk: Desk;
let workers: RunningWorker[];
beforeEach(async () => {
  workers = [];
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00'), redis: true, mailbox: true });
});
afterEach(async () => {
  await Promise.all(workers.map(({ close }) => close()));
  await desk.stop();
});

const work = (services: Services = desk.services): RunningWorker => {
  const worker = startWorker(services, { redisUrl: desk.config.redisUrl, concurrency: 3 });
  workers.push(worker);
  return worker;
};
const submit = () => desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
const receipts = (): number =>
  (desk.mailbox?.messages() ?? []).filter(({ to }) => to[0]?.address === 'camille@example.org').length;
const untilReceipts = (count: number) => until(`${count} receipts`, () => receipts() >= count, 15);

const inQueue = async <T>(name: string, ask: (queue: Queue) => Promise<T>): Promise<T> => {
  const connection = new Redis(desk.config.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(name, { connection, prefix: PREFIX });
  try {
    return await ask(queue);
  } finally {
    await queue.close();
    connection.disconnect();
  }
};
const untilIdle = () =>
  until('an idle queue', () => inQueue(DELIVERIES, async (q) => (await q.getJobCountByTypes('wait', 'active')) === 0));

describe('the worker', () => {
  it('sends what is queued, once, however often it is queued', async () => {
    work();
    const { project } = await submit();
    const ids = (await desk.parts.deliveries.ofProject(project.id)).map(({ id }) => id);
    await desk.parts.enqueue(ids);
    await untilReceipts(1);
    await desk.parts.enqueue(ids);
    await desk.services.sweep();
    await untilIdle();
    expect(receipts()).toBe(1);
  });

  it('sends each once when there are two of them', async () => {
    for (let each = 0; each < 10; each += 1) await submit();
    work();
    work();
    await untilReceipts(10);
    await desk.services.sweep();
    await untilIdle();
    expect(receipts()).toBe(10);
  });

  it('waits for a Redis that is not there yet, and sweeps in what was owed meanwhile', async () => {
    await desk.redis?.crash();
    work();
    await submit();
    expect(receipts()).toBe(0);
    await desk.redis?.restart();
    await untilReceipts(1);
    expect(receipts()).toBe(1);
  });

  it('lives through a Redis that is killed and comes back empty', async () => {
    work();
    await submit();
    await untilReceipts(1);
    await desk.redis?.crash();
    await submit();
    await desk.redis?.restart({ empty: true });
    await untilReceipts(2);
    const known = await inQueue(TIMETABLE, (queue) => queue.getJobSchedulers());
    expect(known.map(({ key }) => key).sort()).toEqual(Object.keys(SCHEDULES).sort());
    await untilIdle();
    expect(receipts()).toBe(2);
  });

  it('does when it starts what was missed, once, however many start', async () => {
    await addStaff(desk);
    const { project } = await submit();
    desk.clock.now = new Date('2026-11-25T10:00:00+01:00');
    work();
    work();
    const digests = () => desk.parts.deliveries.model.find({ email: 'advisor-digest' }).lean();
    const isDone = async (): Promise<boolean> => {
      const all = await digests();
      return all.length > 0 && all.every(({ owed }) => !owed);
    };
    await until('digests sent, or dropped where nothing waits', isDone, 15);
    expect((await digests()).map(({ occasion }) => occasion)).toEqual(Array(5).fill('2026-11-23'));
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    const letters = (desk.mailbox?.messages() ?? []).filter(({ text }) => text.startsWith('Voici ce qui attend'));
    expect(letters.map(({ to }) => to[0]?.address)).toEqual([`${referral?.assignee}@example.org`]);
    const daily = async () =>
      (await desk.parts.runs.latest()).filter(({ name }) => SCHEDULES[name as TimedName].when.every !== 'minute');
    await until(
      'each slot done',
      async () => (await daily()).length === 7 && (await daily()).every(({ finishedAt }) => finishedAt),
    );
    const runs = await daily();
    expect(runs.map(({ attempts }) => attempts)).toEqual(Array(7).fill(1));
  });

  it('looks at the timetable at each hour of it, in Paris', async () => {
    work();
    await until('a timetable', () => inQueue(TIMETABLE, async (q) => (await q.getJobSchedulersCount()) === 9));
    const told = await inQueue(TIMETABLE, (queue) => queue.getJobSchedulers());
    const times = Object.fromEntries(told.map(({ name, every, pattern, tz }) => [name, every ?? `${pattern} ${tz}`]));
    expect(times).toEqual({
      'weekly-digests': '30 8 * * * Europe/Paris',
      'daily-digests': '30 8 * * * Europe/Paris',
      'weekly-summary': '30 8 * * * Europe/Paris',
      'report-reminder': '30 8 * * * Europe/Paris',
      purge: '15 3 * * * Europe/Paris',
      sweep: 60_000,
      'refresh-figures': 60_000,
      'verify-figures': '0 4 * * * Europe/Paris',
      'audit-head': '30 4 * * * Europe/Paris',
    });
  });

  it('tries again later what the mail server refuses for now', async () => {
    let refusals = 0;
    const transport = {
      send: (email: OutgoingEmail) => {
        refusals += 1;
        return refusals <= 2 ? Promise.reject(new Error('421 later')) : desk.parts.transport.send(email);
      },
    };
    work(desk.with({ transport }));
    await submit();
    await until('a job that waits', () => inQueue(DELIVERIES, async (queue) => (await queue.getDelayedCount()) > 0));
    const [job] = await inQueue(DELIVERIES, (queue) => queue.getDelayed());
    expect(job?.data).toEqual({ delivery: job?.id });
    expect(job?.failedReason).toBe(`Delivery ${job?.id} is to be tried again`);
    await desk.services.sweep();
    expect(receipts()).toBe(0);
    await until('the receipt', async () => {
      await inQueue(DELIVERIES, (queue) => queue.promoteJobs());
      return receipts() === 1;
    });
  });

  it('lets the e-mail under way end when it is asked to stop', async () => {
    let started = false;
    const transport = {
      send: async (email: OutgoingEmail) => {
        started = true;
        await new Promise((slow) => setTimeout(slow, 300));
        return desk.parts.transport.send(email);
      },
    };
    const worker = work(desk.with({ transport }));
    const { project } = await submit();
    await until('an e-mail under way', () => started);
    await worker.close();
    const sent = (await desk.parts.deliveries.ofProject(project.id)).filter(({ sentAt }) => sentAt);
    expect(sent.length).toBeGreaterThan(0);
  });

  it('stops even while Redis is away', async () => {
    const worker = work();
    await desk.redis?.crash();
    const start = performance.now();
    await worker.close();
    expect(performance.now() - start).toBeLessThan(10_000);
    await desk.redis?.restart();
  });
});
