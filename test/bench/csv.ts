import { pipeline, Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { stringify } from 'csv-stringify';
import { parsePeriod } from '../../src/domain/statistics/period.js';
import { bytesOf } from '../../src/services/statistics/exports/exportFile.js';
import { exportSheets } from '../../src/services/statistics/exports/exportSheets.js';
import { staffMember } from '../support/staff.js';
import { alternate, type Benchmark } from './benchmark.js';
import { fillFacts } from './web/filled.js';
import { type Sides, withSides } from './web/sides.js';

const ROWS = 50_000;
const MANY = 500_000;
/** How many times the memory held after `ROWS` may be held after `MANY`. */
const ALLOWED = 1.1;
const through = promisify(pipeline);

const nowhere = () => {
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  return { sink, written: () => bytes };
};

/** Makes the file of projects, from the store to `sink`; `onRows` is told of rows as they are read. */
const writeFile = async (
  { parts }: Sides,
  sink: Writable,
  onRows: (count: number) => void = () => undefined,
): Promise<void> => {
  const period = parsePeriod({ periode: '2026' }, parts.clock());
  const query = { what: 'projects', format: 'csv', period, filters: {} } as const;
  const { sheets } = await exportSheets(parts)(staffMember('marie'), query, onRows);
  await through(Readable.from(bytesOf(parts.fileWriters, sheets, 'csv')), sink);
};

/** What this process holds once all that can be collected is, in MB. */
const held = (): number => {
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 ** 2;
};

/** Throws unless a file that is ten times longer takes the same memory. */
const requireFlat = async (sides: Sides): Promise<void> => {
  let rows = 0;
  const seen: number[] = [];
  await writeFile(sides, nowhere().sink, (count) => {
    rows += count;
    if ((seen.length === 0 && rows >= ROWS) || rows === MANY) seen.push(held());
  });
  const [early = 0, late = Number.POSITIVE_INFINITY] = seen;
  process.stderr.write(`csv: ${early.toFixed(1)} MB held after ${ROWS} rows, ${late.toFixed(1)} after ${MANY}\n`);
  if (late > early * ALLOWED) throw new Error('The memory of an export grows with its rows');
};

/**
 * Rows a second of the file of projects, read from the store, beside csv-stringify over the raw cursor of the same records. Then
 * looks at the memory of a file ten times as long.
 */
export const benchmark: Benchmark = () =>
  withSides(async (sides) => {
    const { parts } = sides;
    await fillFacts(sides, 0, ROWS);
    const speedOf = async (write: (sink: Writable) => Promise<void>): Promise<number> => {
      const { sink, written } = nowhere();
      const begun = performance.now();
      await write(sink);
      if (written() < ROWS * 20) throw new Error(`${written()} bytes`);
      return (ROWS / (performance.now() - begun)) * 1000;
    };
    const ours = () => speedOf((sink) => writeFile(sides, sink));
    const floor = () =>
      speedOf((sink) =>
        through(parts.projectFacts.model.collection.find().stream(), stringify({ header: true }), sink),
      );
    const row = await alternate('csv', 'rows/s', ours, floor, { rounds: 5 });
    await fillFacts(sides, ROWS, MANY);
    await requireFlat(sides);
    return [row];
  });
