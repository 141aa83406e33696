import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Benchmark, compared } from './benchmark.js';
import { openBrowser } from './web/people.js';
import { answersPerSecond } from './web/requests.js';
import { type Side, withSides } from './web/sides.js';

const ROUNDS = 5;
const LOAD = 4000;

/** Resident memory of a process, in MB (Linux). */
const residentOf = ({ child }: Side): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** The memory of a server towards the end of some seconds of load. */
const underLoad = async (side: Side, url: string): Promise<number> => {
  const load = answersPerSecond({ url, status: 200 })(LOAD);
  await setTimeout(LOAD * 0.8);
  const resident = residentOf(side);
  await load;
  return resident;
};

/** Resident memory of one web process under load, beside a bare Express under the same load: less is better. */
export const benchmark: Benchmark = () =>
  withSides(async ({ ours, startBare }) => {
    const bare = await startBare({ page: await openBrowser(ours.base).sizeOf('/') });
    const pairs: [number, number][] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const pair: [number, number] = [
        await underLoad(ours, `${ours.base}/`),
        await underLoad(bare, `${bare.base}/page`),
      ];
      if (round > 0) pairs.push(pair);
    }
    return [compared('memory', 'MB', pairs)];
  });
