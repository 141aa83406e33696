import { type Benchmark, compared, median, type Row } from './benchmark.js';
import { fillCounts, fillReferrals } from './web/filled.js';
import { type Browser, signedIn } from './web/people.js';
import { type Sides, withSides } from './web/sides.js';

const MANY = 1_000_000;
const ASKED = 40;
const ROUNDS = 5;

interface Grown {
  name: string;
  few: number;
  place: string;
  who: 'anne' | 'marie';
  fill: (sides: Sides, count: number) => Promise<void>;
}
const PAGES: Grown[] = [
  { name: 'queue-growth', few: 1000, place: '/dossiers', who: 'anne', fill: fillReferrals },
  { name: 'search-growth', few: 1000, place: '/dossiers?q=rare', who: 'anne', fill: fillReferrals },
  { name: 'dashboard-growth', few: 10_000, place: '/pilotage', who: 'marie', fill: fillCounts },
];

/** Milliseconds for a page, asked again and again by one person. */
const timeOf = async (browser: Browser, place: string): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < ASKED; turn += 1) {
    const begun = performance.now();
    await browser.sizeOf(place);
    times.push(performance.now() - begun);
  }
  return median(times);
};

const grown = ({ name, few, place, who, fill }: Grown): Promise<Row> =>
  withSides((small) =>
    withSides(async (large) => {
      await fill(small, few);
      await fill(large, MANY);
      const [there, here] = [await signedIn(large, who), await signedIn(small, who)];
      const pairs: [number, number][] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const pair: [number, number] = [await timeOf(there, place), await timeOf(here, place)];
        if (round > 0) pairs.push(pair);
      }
      return compared(name, 'ms', pairs);
    }),
  );

/** Time of a page at a million referrals over its time at a thousand (the dashboard: at ten thousand projects). */
export const benchmark: Benchmark = async () => {
  const rows: Row[] = [];
  for (const page of PAGES) rows.push(await grown(page));
  return rows;
};
