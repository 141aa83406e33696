import { type Benchmark, compared, median, type Row } from './benchmark.js';
import { fillCounts, fillReferrals } from './web/filled.js';
import { type Browser, signedIn } from './web/people.js';
import { type Sides, withSides } from './web/sides.js';

const MANY = Number(process.env['REFERRALS'] ?? 1_000_000);
const ASKED = 40;
const ROUNDS = 5;

interface Page {
  name: string;
  place: string;
}
interface Grown {
  few: number;
  who: 'anne' | 'marie';
  fill: (sides: Sides, count: number) => Promise<void>;
  pages: Page[];
}
const GROWN: Grown[] = [
  {
    few: 1000,
    who: 'anne',
    fill: fillReferrals,
    pages: [
      { name: 'queue-growth', place: '/dossiers' },
      { name: 'search-growth', place: '/dossiers?q=rare' },
    ],
  },
  { few: 10_000, who: 'marie', fill: fillCounts, pages: [{ name: 'dashboard-growth', place: '/pilotage' }] },
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

const compare = async ({ name, place }: Page, there: Browser, here: Browser): Promise<Row> => {
  const pairs: [number, number][] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair: [number, number] = [await timeOf(there, place), await timeOf(here, place)];
    if (round > 0) pairs.push(pair);
  }
  return compared(name, 'ms', pairs);
};

const grown = ({ few, who, fill, pages }: Grown): Promise<Row[]> =>
  withSides((small) =>
    withSides(async (large) => {
      await fill(small, few);
      await fill(large, MANY);
      const [there, here] = [await signedIn(large, who), await signedIn(small, who)];
      const rows: Row[] = [];
      for (const page of pages) rows.push(await compare(page, there, here));
      return rows;
    }),
  );

/**
 * Time of a page at a million referrals over its time at a thousand (the dashboard: at ten thousand projects). REFERRALS: at
 * another number than a million.
 */
export const benchmark: Benchmark = async () => {
  const rows: Row[] = [];
  for (const one of GROWN) rows.push(...(await grown(one)));
  return rows;
};
