import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { BadSettings } from '../errors.js';
import { logger } from '../logger.js';

const HOST = '127.0.0.1';
const PROGRAMS = ['redis-server', 'valkey-server'];
/** Where a server usually is, unless told. */
const FOLDERS = ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/opt/homebrew/bin'];
const NOT_FOUND =
  'No redis-server was found. Debian, Ubuntu: apt-get install redis-server. Fedora: dnf install valkey. ' +
  'macOS: brew install redis. Or give the address of a Redis in REDIS_URL.';

/** Milliseconds. */
const START = 10_000;
const STOP = 10_000;

const findProgram = (folders: string[]): string => {
  const found = PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) =>
    existsSync(file),
  );
  if (!found) throw new BadSettings(NOT_FOUND);
  return found;
};

/** Written aside, then named: a kill in between leaves no half file. For its owner alone. */
const writeAside = async (file: string, content: string): Promise<void> => {
  await writeFile(`${file}.part`, content, { mode: 0o600 });
  await rename(`${file}.part`, file);
};

const readPassword = async (file: string): Promise<string> => {
  const known = existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
  if (known) return known;
  const password = randomBytes(24).toString('hex');
  await writeAside(file, password);
  return password;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A connection that tries once; the caller disconnects it. */
const connectOnce = (port: number, password: string): Redis =>
  new Redis({
    host: HOST,
    port,
    password,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1000,
    disconnectTimeout: 50,
  }).on('error', () => {});

const answers = async (port: number, password: string): Promise<boolean> => {
  const redis = connectOnce(port, password);
  try {
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

const waitFor = async (milliseconds: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> => {
  for (const end = Date.now() + milliseconds; Date.now() < end; await wait(10)) if (await isSo()) return true;
  return false;
};

/** Asks for an orderly end; Redis writes its files, then closes the connection instead of answering. */
const shutDown = async (port: number, password: string): Promise<void> => {
  const redis = connectOnce(port, password);
  await redis.shutdown().catch(() => {});
  redis.disconnect();
};

/** The port that an earlier run wrote down; null when it wrote nothing that can be read. */
const portOf = async (record: string): Promise<number | null> => {
  try {
    return (JSON.parse(await readFile(record, 'utf8')) as { port: number }).port;
  } catch {
    return null;
  }
};

/** One that a hard kill of its parent left running holds our files: it has to end before another starts. */
const endLeftover = async (record: string, password: string): Promise<void> => {
  const port = await portOf(record);
  if (port === null || !(await answers(port, password))) return;
  logger.info({ port }, 'ending a redis-server left by an earlier run');
  await shutDown(port, password);
  await waitFor(STOP, async () => !(await answers(port, password)));
};

/** Its own process group: Ctrl-C reaches only the parent, which stops things in order. The password stays off the command line. */
const launch = (program: string, folder: string, port: number, password: string): ChildProcess => {
  const settings = ['--port', `${port}`, '--bind', HOST, '--dir', './', '--appendonly', 'yes', '--save', ''];
  const args = ['-', ...settings, '--logfile', 'redis.log'];
  const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.end(`requirepass ${password}\n`);
  return child;
};

export interface EmbeddedRedis {
  url: string;
  /** Settles when the process ends without having been asked to. */
  lost: Promise<void>;
  stop(): Promise<void>;
}

interface RedisOptions {
  dataDir: string;
  /** Any free one when not given. */
  port?: number;
  /** Where to look for a server. */
  folders?: string[];
}

/**
 * Launches a Redis of our own on a free loopback port, with its files under `dataDir`/redis; `started` settles when it
 * answers. Both throw BadSettings when the machine has none that starts. `stop` ends it in order, and ends it anyway after a
 * bounded wait.
 */
export const launchRedis = async ({
  dataDir,
  port: wanted,
  folders = FOLDERS,
}: RedisOptions): Promise<{ started: Promise<EmbeddedRedis> }> => {
  const program = findProgram(folders);
  const folder = join(dataDir, 'redis');
  await mkdir(folder, { recursive: true });
  const password = await readPassword(join(dataDir, 'redis-password'));
  const record = join(dataDir, 'redis.json');
  await endLeftover(record, password);

  const port = wanted ?? (await freePort());
  const child = launch(program, folder, port, password);
  await writeAside(record, JSON.stringify({ port, pid: child.pid }));
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!stopping) logger.error({ code, signal }, 'the embedded redis-server ended by itself');
      resolve();
    });
    child.once('error', () => resolve());
  });

  const stop = async (): Promise<void> => {
    if (stopping) return ended;
    stopping = true;
    await shutDown(port, password);
    if ((await Promise.race([ended, wait(STOP, 'late', { ref: false })])) === 'late') child.kill('SIGKILL');
    await ended;
    await rm(record, { force: true });
  };

  const start = async (): Promise<EmbeddedRedis> => {
    const up = await Promise.race([waitFor(START, () => answers(port, password)), ended.then(() => false)]);
    const lost = ended.then(() => (stopping ? new Promise<void>(() => undefined) : undefined));
    if (up) return { url: `redis://:${password}@${HOST}:${port}`, lost, stop };
    await stop();
    throw new BadSettings(`The embedded redis-server did not start: see ${join(folder, 'redis.log')}.`);
  };
  return { started: start() };
};
