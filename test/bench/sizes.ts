import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { submissionOf } from '../support/followUp/people.js';
import { type Benchmark, median, type Row } from './benchmark.js';
import { drawGrowth, type Line } from './growth/drawGrowth.js';
import { DASHBOARD, QUEUE, readerOf, SEARCH, timeOf } from './growth/pages.js';
import { fillCounts, fillReferrals } from './web/filled.js';
import { openBrowser } from './web/people.js';
import { type Sides, withSides } from './web/sides.js';

/** How many referrals there are at each look; fewer, and sooner done: `SIZES=1000,10000 npm run bench -- sizes`. */
const SIZES = (process.env['SIZES'] ?? '1000,10000,100000,1000000').split(',').map(Number);
const SENT = 40;
const CHART = path.join(projectRoot, 'test/bench/growth.svg');

let sent = 0;
/** Milliseconds from answers to what they decide, stored. */
const timeOfSubmission = async ({ services }: Sides): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < SENT; turn += 1) {
    const begun = performance.now();
    await services.submitProject({ visitor: `visitor-${sent}`, submission: submissionOf(sent) });
    times.push(performance.now() - begun);
    sent += 1;
  }
  return median(times);
};

/** Milliseconds of each thing on a desk of one size; the first time that each is done is not counted. */
const look = async (sides: Sides): Promise<Record<string, number>> => {
  const [anne, marie, anybody] = [
    await readerOf(sides, QUEUE),
    await readerOf(sides, DASHBOARD),
    openBrowser(sides.ours.base),
  ];
  const measures: Record<string, () => Promise<number>> = {
    queue: () => timeOf(anne, QUEUE.place),
    search: () => timeOf(anne, SEARCH.place),
    dashboard: () => timeOf(marie, DASHBOARD.place),
    submission: () => timeOfSubmission(sides),
    'home page': () => timeOf(anybody, '/'),
  };
  const times: Record<string, number> = {};
  for (const [name, measure] of Object.entries(measures)) {
    await measure();
    times[name] = await measure();
  }
  return times;
};

/**
 * How cost grows: the same things on one desk that is filled further and further, drawn as test/bench/growth.svg. Its rows
 * compare the largest desk with the smallest.
 */
export const benchmark: Benchmark = () =>
  withSides(async (sides) => {
    const lines = new Map<string, Line>();
    let there = 0;
    for (const size of SIZES) {
      await fillReferrals(sides, size, there);
      await fillCounts(sides, size);
      there = size;
      for (const [name, time] of Object.entries(await look(sides))) {
        const line = lines.get(name) ?? { name, points: [] };
        line.points.push({ size, time });
        lines.set(name, line);
      }
    }
    writeFileSync(CHART, drawGrowth([...lines.values()]));
    return [...lines.values()].map(rowOf);
  });

const rowOf = ({ name, points }: Line): Row => {
  const [ours, floor] = [points.at(-1)?.time ?? 0, points[0]?.time ?? 0];
  const ratio = ours / floor;
  return { name: `${name}, ${SIZES.at(-1)} over ${SIZES[0]}`, ours, floor, unit: 'ms', ratio, low: ratio, high: ratio };
};
