import { sweep } from '../../src/services/sweep.js';
import { aSubmission } from '../support/aSubmission.js';
import { type Desk, startDesk } from '../support/startDesk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
});
afterAll(() => desk.stop());

const sweeping = (enqueue: (ids: string[]) => Promise<boolean>, due?: string[]) => {
  const deliveries = due ? { ...desk.parts.deliveries, due: async () => due } : desk.parts.deliveries;
  return sweep({ ...desk.parts, deliveries, enqueue, settleLeftovers: async () => 3, expire: async () => 1 })();
};

test('tells the queue what is due, and only that', async () => {
  const { project } = await desk.services.submitProject({ visitor: 'v1', submission: aSubmission() });
  const told: string[] = [];
  const result = await sweeping(async (ids) => told.push(...ids) > 0);
  const owed = (await desk.parts.deliveries.ofProject(project.id)).filter(({ due }) => due <= desk.clock.now);
  expect(told.sort()).toEqual(owed.map(({ id }) => id).sort());
  expect(result).toEqual({ settled: 3, expired: 1, due: 3, queued: true });
});

test('tells the queue a few hundred at a time, and stops when it does not answer', async () => {
  const many = Array.from({ length: 1200 }, (_, index) => `d${index}`);
  const sizes: number[] = [];
  await sweeping(async (ids) => sizes.push(ids.length) > 0, many);
  expect(sizes).toEqual([500, 500, 200]);

  let asked = 0;
  const result = await sweeping(async () => ++asked < 2, many);
  expect(asked).toBe(2);
  expect(result).toEqual({ settled: 3, expired: 1, due: 1200, queued: false });
});
