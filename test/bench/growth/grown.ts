import { type Benchmark, compared } from '../benchmark.js';
import { largeDesk } from '../web/large.js';
import { withSides } from '../web/sides.js';
import { type GrownPage, readerOf, timeOf } from './pages.js';

const ROUNDS = 5;

/** Time of a page at a million over its time at `few`, on two desks that run side by side. */
export const grown =
  (name: string, page: GrownPage, few: number): Benchmark =>
  () =>
    withSides(async (small) => {
      await page.fill(small, few);
      const [there, here] = [await readerOf(await largeDesk(), page), await readerOf(small, page)];
      const pairs: [number, number][] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const pair: [number, number] = [await timeOf(there, page.place), await timeOf(here, page.place)];
        if (round > 0) pairs.push(pair);
      }
      return [compared(name, 'ms', pairs)];
    });
