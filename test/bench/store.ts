import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serialize } from 'bson';
import { open } from 'lmdb';
import { alternate, type Benchmark, perSecond, type Row } from './benchmark.js';
import {
  anonymousMegabytes,
  type Filled,
  fill,
  readOne,
  readPage,
  referral,
  startFilled,
  stop,
} from './store/filled.js';

const FEW = 10_000;
const MANY = 1_000_000;
const BATCH = 1000;
/** As many batches are under way at a time. */
const CLIENTS = 4;

/** What must hold, whatever the machine. */
const INSERTS_WANTED = 0.3;
const SLOWER_ALLOWED = 1.3;
const START_SECONDS = 2;
const MEGABYTES = 400;

/**
 * The embedded store, as a process beside its client: inserts a second beside plain LMDB writes of the same bytes, flushed
 * alike; reads among a million documents of 2 000 bytes beside reads among 10 000; how long it takes to start, and its memory.
 * Throws when one of these is not as it must be.
 */
export const benchmark: Benchmark = async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'porte-bench-store-'));
  try {
    const rows = [await inserts(directory), ...(await reads(directory))];
    const poor = rows.filter(({ ratio, least }) => ratio < least);
    if (poor.length > 0) throw new Error(poor.map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`).join('; '));
    return rows.map(({ least: _, ...row }) => row);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/** A row, and the ratio that it must have. */
type Judged = Row & { least: number };

async function inserts(directory: string): Promise<Judged> {
  const filled = await startFilled(path.join(directory, 'inserts'), 0);
  const raw = open<Buffer, Buffer>({
    path: path.join(directory, 'raw'),
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
    noSubdir: false,
  });
  let [ours, theirs] = [0, 0];
  const insert = async () => {
    const from = ours;
    ours += BATCH;
    await filled.docs.insertMany(Array.from({ length: BATCH }, (_, i) => referral(from + i)));
  };
  const insertByAll = async () => {
    await Promise.all(Array.from({ length: CLIENTS }, insert));
  };
  const put = async () => {
    const key = () => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt(theirs++));
      return bytes;
    };
    const written = Array.from({ length: BATCH }, () => raw.put(key(), Buffer.from(serialize(referral(theirs)))));
    await Promise.all(written);
  };
  const row = await alternate('inserts', 'docs/s', perSecond(BATCH * CLIENTS, insertByAll), perSecond(BATCH, put));
  await raw.close();
  await stop(filled);
  return { ...row, least: INSERTS_WANTED };
}

async function reads(directory: string): Promise<Judged[]> {
  const few = await startFilled(path.join(directory, 'few'), FEW);
  await fill(few);
  const place = path.join(directory, 'many');
  const before = await startFilled(place, MANY);
  await fill(before);
  const filling = anonymousMegabytes(before);
  await stop(before);
  const start = performance.now();
  const many = await startFilled(place, MANY);
  await readOne(many);
  const seconds = (performance.now() - start) / 1000;
  const least = 1 / SLOWER_ALLOWED;
  const beside = async (name: string, read: (from: Filled) => Promise<void>): Promise<Judged> => ({
    ...(await alternate(
      name,
      'reads/s',
      perSecond(1, () => read(many)),
      perSecond(1, () => read(few)),
    )),
    least,
  });
  const rows = [
    await beside('one of 1 000 000 by _id, beside 10 000', readOne),
    await beside('page of 25 of 1 000 000, beside 10 000', readPage),
    atMost('start with 1 000 000', 's', seconds, START_SECONDS),
    atMost('memory after filling', 'MB', filling, MEGABYTES),
    atMost('memory after reading', 'MB', anonymousMegabytes(many), MEGABYTES),
  ];
  await stop(few);
  await stop(many);
  return rows;
}

/** What must not be more than a limit: the ratio says how many times it fits. */
function atMost(name: string, unit: string, ours: number, floor: number): Judged {
  const ratio = floor / ours;
  return { name, unit, ours, floor, ratio, low: ratio, high: ratio, least: 1 };
}
