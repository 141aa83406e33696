import { pipeline, Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { stringify } from 'csv-stringify';
import { parsePeriod } from '../../src/domain/statistics/period.js';
import { bytesOf } from '../../src/services/statistics/exports/exportFile.js';
import { exportSheets } from '../../src/services/statistics/exports/exportSheets.js';
import { staffMember } from '../support/staff.js';
import { alternate, type Benchmark } from './benchmark.js';
import { fillFacts } from './web/filled.js';
import { withSides } from './web/sides.js';

const ROWS = 50_000;
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

/** Rows a second of the file of projects, read from the store, beside csv-stringify over the raw cursor of the same records. */
export const benchmark: Benchmark = () =>
  withSides(async ({ parts }) => {
    await fillFacts({ parts }, ROWS);
    const period = parsePeriod({ periode: '2026' }, parts.clock());
    const speedOf = async (write: (sink: Writable) => Promise<void>): Promise<number> => {
      const { sink, written } = nowhere();
      const begun = performance.now();
      await write(sink);
      if (written() < ROWS * 20) throw new Error(`${written()} bytes`);
      return (ROWS / (performance.now() - begun)) * 1000;
    };
    const ours = () =>
      speedOf(async (sink) => {
        const query = { what: 'projects', format: 'csv', period, filters: {} } as const;
        const { sheets } = await exportSheets(parts)(staffMember('marie'), query);
        await through(Readable.from(bytesOf(parts.fileWriters, sheets, 'csv')), sink);
      });
    const floor = () =>
      speedOf((sink) =>
        through(parts.projectFacts.model.collection.find().stream(), stringify({ header: true }), sink),
      );
    return [await alternate('csv', 'rows/s', ours, floor, { rounds: 5 })];
  });
