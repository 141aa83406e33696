import { openStore } from '../../src/data/store.js';
import { CUTLER, sendProject } from '../support/fillIn.js';
import { fullSize } from '../support/fullSize.js';
import { quickVisitor } from '../support/quickVisitor.js';
import { type Balancer, startBalancer } from '../support/startBalancer.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';
import { visit } from '../support/visit.js';

/** Requests that must all be answered while each process is stopped and started in turn. */
const REQUESTS = fullSize ? 20_000 : 1500;
/** Restarts, spread over them. */
const RESTARTS = fullSize ? 8 : 2;
/** People at the same time. */
const CLIENTS = 8;

const SETTINGS = {
  NODE_ENV: 'production',
  SESSION_SECRETS: '8f1d2c5b7a90e3f64d5c6b7a8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f90123',
  TRUST_PROXY: '1',
  STOP_DELAY: '1',
  LOG_LEVEL: 'error',
};

let desk: Processes;
let balancer: Balancer;
beforeAll(async () => {
  desk = await startProcesses(SETTINGS);
  await Promise.all([desk.start('web'), desk.start('web2')]);
  balancer = await startBalancer([desk.base, desk.base2]);
  await until('both ready', () => balancer.ready().length === 2);
});
afterAll(async () => {
  await balancer.stop();
  await desk.stop();
});

/** Sends requests until told to end, one after the other; gives the statuses that no page should have. */
const keepAsking = async (number: number, isOver: () => boolean): Promise<(number | string)[]> => {
  const visitor = quickVisitor(balancer.base, `10.8.0.${number}`);
  const wrong: (number | string)[] = [];
  while (!isOver()) {
    const status = await visitor.next();
    if (![200, 303].includes(status as number)) wrong.push(status);
  }
  visitor.leave();
  return wrong;
};

/** Fills in and sends one project after the other, each by somebody else; gives the receipts. */
const keepSending = async (isOver: () => boolean): Promise<string[]> => {
  const receipts: string[] = [];
  while (!isOver()) {
    const number = receipts.length;
    const visitor = visit(balancer.base, { 'x-forwarded-for': `10.9.0.${number % 250}` });
    const contact = { ...CUTLER['contact'], email: `camille${number}@example.org` };
    const { text } = await sendProject(visitor, { ...CUTLER, contact });
    receipts.push(/\b\d\d-[0-9A-Z]{5}\b/.exec(text)?.[0] ?? text);
  }
  return receipts;
};

it('each web process is restarted in turn, and nobody notices', async () => {
  let isOver = false;
  const over = (): boolean => isOver;
  const asking = Array.from({ length: CLIENTS }, (_, place) => keepAsking(place + 1, over));
  const sending = keepSending(over);
  // Thrown below, once everybody has left.
  sending.catch(() => undefined);

  const asked = (count: number) => until(`${count} requests`, () => balancer.counted.requests >= count, 600);
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await asked((restart * REQUESTS) / RESTARTS);
    const name = restart % 2 === 0 ? 'web' : 'web2';
    expect(await desk.terminate(name)).toBe(0);
    await desk.start(name);
    await until('both ready again', () => balancer.ready().length === 2);
  }
  await asked(REQUESTS);
  isOver = true;

  const wrong = (await Promise.all(asking)).flat();
  expect(balancer.counted.failed).toEqual([]);
  expect(wrong).toEqual([]);
  const receipts = await sending;
  expect(balancer.counted.requests).toBeGreaterThanOrEqual(REQUESTS);

  const store = await openStore(desk.storeUri);
  expect(receipts.length).toBeGreaterThan(0);
  expect(new Set(receipts).size).toBe(receipts.length);
  expect(await store.projects.model.countDocuments({ reference: { $in: receipts } })).toBe(receipts.length);
  await store.close();
  if (fullSize) process.stderr.write(`${balancer.counted.requests} requests, ${receipts.length} projects\n`);
});
