import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, Row } from './benchmark.js';

const root = path.resolve(__dirname, '../../../..');
const ROWS = 1_000_000;
const FEW = 2000;
/**
 * Rows a second that an export must keep, and how many times the memory of a small one it may take: V8 lets more wait to be
 * collected in a long run, which is not what grows with the rows.
 */
const WANTED = 10_000;
const ALLOWED = 1.5;

interface Took {
  rows: number;
  seconds: number;
  peak: number;
}

const took = async (format: string, rows: number): Promise<Took> => {
  const script = path.join(root, 'test/support/exportProcess.mjs');
  const { stdout } = await promisify(execFile)('node', [script, path.join(root, 'dist'), format, String(rows)]);
  return JSON.parse(stdout) as Took;
};

const rowOf = (name: string, unit: string, [ours, floor]: [number, number], ratio: number): Row => ({
  name,
  unit,
  ours,
  floor,
  ratio,
  low: ratio,
  high: ratio,
});

/**
 * Exports a million made-up projects, as built, each time in a process of its own. Throws when that is slower than wanted, or
 * takes more memory than an export of 2 000 may. Reading them from the store is not counted.
 */
export const benchmark: Benchmark = async () => {
  const rows: Row[] = [];
  for (const format of ['csv', 'xlsx']) {
    const small = await took(format, FEW);
    const large = await took(format, ROWS);
    const speed = large.rows / large.seconds;
    const most = small.peak * ALLOWED;
    if (large.peak > most)
      throw new Error(`${format}: ${Math.round(large.peak)} MB, ${Math.round(small.peak)} for few`);
    if (speed < WANTED) throw new Error(`${format}: ${Math.round(speed)} rows a second`);
    rows.push(rowOf(`${format}, 1 000 000 projects`, 'rows/s', [speed, WANTED], speed / WANTED));
    rows.push(rowOf(`${format}, memory at most`, 'MB', [large.peak, most], most / large.peak));
  }
  return rows;
};
