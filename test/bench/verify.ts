import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { rebuildFacts } from '../../src/services/statistics/rebuildFacts.js';
import { wholeLife } from '../support/wholeLife.js';
import type { Benchmark } from './benchmark.js';

/** Projects in the store; PROJECTS: another number. */
const PROJECTS = Number(process.env['PROJECTS'] ?? 100_000);
const COPIED = ['projects', 'referrals', 'events', 'deliveries', 'notes', 'links'];
/** The first fields of their ids and keys are no UUID: each copy has its own. */
const OWN: Record<string, string> = { projects: 'reference', notes: '_id', links: '_id' };
const AT_A_TIME = 10;
/** Projects whose records are read bare, to compare. */
const BARE = 4000;
const DAY = 86_400_000;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same with each id made another one, the same everywhere. */
const renamed = (value: unknown, copy: string): unknown => {
  if (typeof value === 'string') return value.replace(UUID, (id) => `${copy}${id.slice(copy.length)}`);
  if (Array.isArray(value)) return value.map((one) => renamed(one, copy));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, copy)]));
};

/** What makes copies of a record: all that names nothing, most of it, is the same in each. */
const copier = (record: object, name: string): ((copy: string) => object) => {
  const naming = Object.fromEntries(Object.entries(record).filter(([, value]) => JSON.stringify(value).match(UUID)));
  const own = OWN[name];
  return (copy) => {
    const made: Record<string, unknown> = { ...record, ...(renamed(naming, copy) as object) };
    return own ? { ...made, [own]: `${made[own]}-${copy}` } : made;
  };
};

const multiply = async (connection: Connection): Promise<void> => {
  const projects = await connection.collection('projects').countDocuments();
  const copies = Math.ceil(PROJECTS / projects) - 1;
  for (const name of COPIED) {
    const copiers = (await connection.collection(name).find({}).toArray()).map((record) => copier(record, name));
    for (let first = 0; first < copies; first += AT_A_TIME) {
      const some = Array.from({ length: Math.min(AT_A_TIME, copies - first) }, (_, place) =>
        (first + place).toString(16).padStart(6, '0'),
      );
      await connection.collection(name).insertMany(some.flatMap((copy) => copiers.map((make) => make(copy))) as never);
    }
  }
};

/** Reads that share of every collection, and does nothing with it: shares of the whole a second. */
const readBare = async (connection: Connection, share: number): Promise<number> => {
  const started = performance.now();
  for (const name of COPIED) {
    const records = connection.collection(name);
    const some = Math.ceil((await records.countDocuments()) * share);
    for await (const _record of records.find({}).limit(some));
  }
  return share / ((performance.now() - started) / 1000);
};

/** The command as people run it, in a process of its own: seconds, and megabytes at most. */
const run = (
  uri: string,
  secret: string,
): Promise<{ said: string; status: number | null; peak: number; seconds: number }> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'desk-verify-'));
  const hook = path.join(folder, 'peak.cjs');
  writeFileSync(hook, `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`);
  const started = performance.now();
  const child = spawn(process.execPath, ['dist/src/cli/desk.js', 'verify'], {
    env: { PATH: process.env['PATH'], MONGODB_URL: uri, SESSION_SECRETS: secret, NODE_OPTIONS: `--require ${hook}` },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      rmSync(folder, { recursive: true });
      const peak = Number(/peak (\d+)/.exec(said)?.[1]) / 1024;
      resolve({ said, status, peak, seconds: (performance.now() - started) / 1000 });
    });
  });
};

/**
 * `desk verify` on a store of 100 000 projects with all that follows from them, beside one bare read of such records. Throws
 * unless it finds nothing. `ours`, `floor`: projects a second.
 */
export const benchmark: Benchmark = async () => {
  const { desk } = await wholeLife(new Date(Date.now() - 5 * DAY));
  const { connection } = desk.parts as unknown as { connection: Connection };
  await multiply(connection);
  desk.clock.now = new Date();
  await rebuildFacts(desk.parts)();
  const projects = await connection.collection('projects').countDocuments();
  const floor = (await readBare(connection, Math.min(BARE, projects) / projects)) * projects;
  const { said, status, peak, seconds } = await run(desk.config.mongodbUrl, desk.config.sessionSecrets[0] ?? '');
  await desk.stop();
  if (status !== 0) throw new Error(said);
  const ours = projects / seconds;
  const name = `${projects} projects: ${Math.round(seconds)} s, ${Math.round(peak)} MB at most`;
  return [{ name, unit: 'projects/s', ours, floor, ratio: ours / floor, low: ours / floor, high: ours / floor }];
};
