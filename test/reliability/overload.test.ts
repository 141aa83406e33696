import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fullSize } from '../support/fullSize.js';
import { type Processes, startProcesses } from '../support/startProcesses.js';

/**
 * Twice as many requests as the web process can answer, for a quarter of an hour at full size: people who open pages and answer
 * the first steps, each on a connection of their own, who come at their own pace whatever becomes of those before them.
 */
const SECONDS = fullSize ? { capacity: 20, overload: 900 } : { capacity: 2, overload: 4 };
/** By which the memory of the second half may exceed that of the first, in MB: garbage that is not yet collected. */
const GROWTH = fullSize ? 60 : 150;

/** Milliseconds. A machine that runs other tests besides is held to what no request may exceed. */
const IN_TIME = fullSize ? { p50: 1000, p95: 3000 } : { p50: 10_000, p95: 10_000 };

interface Latencies {
  count: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}
interface Load {
  statuses: Record<string, number>;
  /** Refused without Retry-After. */
  withoutHint: number;
  accepted: Latencies;
  shed: Latencies;
}
interface Overload extends Load {
  sent: number;
  unsent: number;
  unanswered: number;
  clients: number;
}

let processes: Processes;
beforeAll(async () => {
  processes = await startProcesses({
    NODE_ENV: 'production',
    SESSION_SECRETS: randomBytes(32).toString('hex'),
    TRUST_PROXY: '1',
    LOG_LEVEL: 'fatal',
  });
  await processes.startWeb();
});
afterAll(() => processes.stop());

/** What came of these requests, sent by a process of its own. */
const load = async <Answer>(order: object): Promise<Answer> => {
  const child = fork(path.join(__dirname, '../support/loadGenerator.mjs'));
  child.send({ port: Number(new URL(processes.base).port), ...order });
  const [answer] = await once(child, 'message');
  return answer as Answer;
};

const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processes.pidOf('web')}/status`, 'utf8'))?.[1]) / 1024;

/** Looks at the process each second for as long as the load lasts: its memory in MB, and whether it is alive. */
const watch = () => {
  const seen: { memory: number; alive: Promise<number> }[] = [];
  const timer = setInterval(() => {
    const alive = fetch(`${processes.base}/livez`).then(({ status }) => status);
    seen.push({ memory: memory(), alive });
  }, 1000);
  return async () => {
    clearInterval(timer);
    const most = (some: typeof seen): number => Math.max(...some.map((one) => one.memory));
    const middle = Math.ceil(seen.length / 2);
    return {
      memory: { firstHalf: most(seen.slice(0, middle)), secondHalf: most(seen.slice(middle)) },
      alive: await Promise.all(seen.map(({ alive }) => alive)),
    };
  };
};

/** Pages asked for one after the other. */
const pagesAfterwards = async (count: number) => {
  const statuses: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const begun = performance.now();
    const answer = await fetch(`${processes.base}/projet/besoins`);
    await answer.text();
    statuses.push(answer.status);
    times.push(performance.now() - begun);
  }
  return { statuses, median: times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0 };
};

it('answers what it can, refuses the rest with a hint, and is well at once after', async () => {
  await load({ seconds: 1, clients: 16 });
  const alone = await load<Load>({ seconds: SECONDS.capacity, clients: 32 });
  const capacity = alone.accepted.count / SECONDS.capacity;

  const watched = watch();
  const rush = await load<Overload>({ seconds: SECONDS.overload, rate: Math.round(2 * capacity) });
  const after = await pagesAfterwards(20);
  const { memory: used, alive } = await watched();
  const answered = rush.accepted.count / SECONDS.overload;
  if (fullSize) process.stdout.write(`${JSON.stringify({ capacity, answered, ...rush, used, after: after.median })}\n`);

  // Nothing else than an answer or a refusal; each refusal says when to come back.
  expect(Object.keys(alone.statuses).filter((status) => !['200', '303'].includes(status))).toEqual([]);
  expect(Object.keys(rush.statuses).filter((status) => !['200', '303', '503'].includes(status))).toEqual([]);
  expect([rush.withoutHint, rush.unanswered, rush.unsent]).toEqual([0, 0, 0]);
  expect(rush.shed.count).toBeGreaterThan(0);
  // It goes on working, and those whom it lets in are answered in time.
  expect(answered).toBeGreaterThan(capacity / 3);
  expect(rush.accepted.p50).toBeLessThan(IN_TIME.p50);
  expect(rush.accepted.p95).toBeLessThan(IN_TIME.p95);
  expect(new Set(alive)).toEqual(new Set([200]));
  expect(used.secondHalf - used.firstHalf).toBeLessThan(GROWTH);
  expect(new Set(after.statuses)).toEqual(new Set([200]));
  expect(after.median).toBeLessThan(IN_TIME.p50);
});
