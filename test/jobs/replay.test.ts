import { type RunningWorker, startWorker } from '../../jobs/worker.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { until } from '../support/startProcesses.js';

const marie = staffMember('marie');
const EVER = { from: new Date('2020-01-01'), to: new Date('2030-01-01') };

let desk: Desk;
let worker: RunningWorker;
beforeEach(async () => {
  desk = await startDesk({ redis: true });
  await addStaff(desk);
  await desk.services.submitProject({ visitor: 'v', submission: aSubmission() });
  await desk.services.startDraft(marie);
});
afterEach(async () => {
  await worker.close();
  await desk.stop();
});

const work = (): void => {
  worker = startWorker(desk.services, { redisUrl: desk.config.redisUrl });
};
const untilDone = (id: string) =>
  until('the replay', async () => (await desk.services.readReplay(marie, id)).replay.state === 'done');

test('the worker does a replay that a manager asks for', async () => {
  work();
  const id = await desk.services.startReplay(marie, EVER);
  await untilDone(id);
  expect((await desk.services.readReplay(marie, id)).replay).toMatchObject({ done: 1, total: 1, moved: 0 });
});

test('a replay asked for while Redis is away is done once it is back', async () => {
  await desk.redis?.crash();
  const id = await desk.services.startReplay(marie, EVER);
  work();
  await desk.redis?.restart({ empty: true });
  await untilDone(id);
  expect((await desk.services.readReplay(marie, id)).replay.attempt).toBe(1);
});
