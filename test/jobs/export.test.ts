import { buffer } from 'node:stream/consumers';
import { type RunningWorker, startWorker } from '../../jobs/worker.js';
import { parsePeriod } from '../../src/domain/statistics/period.js';
import { someFacts } from '../support/manyFacts.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { until } from '../support/startProcesses.js';

/** A Sunday evening: who waits for a file is told at any hour. */
const NOW = new Date('2026-11-22T21:30:00+01:00');
const marie = staffMember('marie');
let desk: Desk;
let worker: RunningWorker;
beforeEach(async () => {
  desk = await startDesk({ at: NOW, redis: true, mailbox: true });
  await addStaff(desk);
  await desk.parts.projectFacts.keep([someFacts(1), someFacts(2)]);
});
afterEach(async () => {
  await worker.close();
  await desk.stop();
});

const work = (): void => {
  worker = startWorker(desk.services, { redisUrl: desk.config.redisUrl });
};
const start = (): Promise<string> =>
  desk.services.startExport(marie, {
    what: 'projects',
    format: 'csv',
    period: parsePeriod({ periode: '2026' }, NOW),
    filters: {},
  });
const untilDone = (id: string) =>
  until('the file', async () => (await desk.parts.exportRecords.byId(id))?.state === 'done', 15);
const letters = () => (desk.mailbox?.messages() ?? []).filter(({ to }) => to[0]?.address === 'marie@example.org');

test('the worker makes the file that somebody asks for, and writes nothing when it is quick', async () => {
  work();
  const id = await start();
  await untilDone(id);
  const { bytes } = await desk.services.fetchExport(marie, id);
  expect((await buffer(bytes)).toString('utf8').split('\r\n')).toHaveLength(4);
  expect(letters()).toEqual([]);
});

test('a file asked for while Redis is away is made once it is back, and announced by e-mail', async () => {
  await desk.redis?.crash();
  const id = await start();
  desk.clock.now = new Date(NOW.getTime() + 90_000);
  work();
  await desk.redis?.restart({ empty: true });
  await untilDone(id);
  await until('the e-mail', () => letters().length > 0, 15);
  expect(letters()).toHaveLength(1);
  expect(letters()[0]?.subject).toBe('Votre fichier est prêt');
  expect(letters()[0]?.text).toContain('/pilotage/exports');
});
