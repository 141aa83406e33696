import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addBusinessDays } from '../../src/domain/calendar/businessTime.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { clockedWorker } from './clockedWorker.js';
import { startMailbox } from './startMailbox.js';
import { startRedis } from './startRedis.js';

const root = path.resolve(__dirname, '../..');
const STORE = path.join(root, 'dist/src/embedded/store/main.js');

/** A port that is free now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** Asks until it is true; throws with the name of what was waited for when it never is. */
export const until = async (what: string, isTrue: () => Promise<boolean> | boolean, seconds = 20): Promise<void> => {
  const limit = Date.now() + seconds * 1000;
  while (Date.now() < limit) {
    if (await isTrue()) return;
    await new Promise((tick) => setTimeout(tick, 50));
  }
  throw new Error(`waited ${seconds} s in vain for: ${what}`);
};

/** A door before a mail server: while it holds, connections are accepted and hear nothing. */
const slowDoor = async (port: number) => {
  let isHeld = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => near.destroy()).on('close', () => open.delete(near));
    if (isHeld) return;
    const far = connect(port, '127.0.0.1').on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    hold: (): void => {
      isHeld = true;
    },
    letGo: (): void => {
      isHeld = false;
    },
    async stop(): Promise<void> {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Longer than a killed worker's claim holds. */
const A_WHILE = 3 * 60_000;

/** An hour at which staff are written to, and before any reminder of what is sent now. */
const tomorrow = (): Date => new Date(addBusinessDays(new Date(), 1).getTime() + A_WHILE);

/**
 * The desk as it is deployed: web and worker as processes of their own, on a store, a Redis and a mail server given by
 * address. Each may be killed and started again. The worker lives on the next business day, three minutes later each time it starts:
 * it writes to staff whatever the day of the test.
 */
export const startProcesses = async (more: NodeJS.ProcessEnv = {}) => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'processes-'));
  const [store, redis, mailbox, port] = await Promise.all([
    startStore({ dataDir, script: STORE }),
    startRedis(),
    startMailbox(),
    freePort(),
  ]);
  const mailServer = await slowDoor(Number(new URL(mailbox.smtpUrl).port));
  const base = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: base,
    MONGODB_URL: store.uri,
    REDIS_URL: redis.url,
    SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
    SESSION_SECRETS: 'a secret for tests only and long enough',
    LOG_LEVEL: 'warn',
    HUMAN_SECONDS: '0',
    ...more,
  };
  const running = new Map<string, ChildProcess>();
  const clock = { now: tomorrow() };
  const worker = clockedWorker(env, clock);

  const run = (name: string, script: string): void => {
    running.set(
      name,
      spawn(process.execPath, [path.join(root, 'dist', script)], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
    );
  };
  const end = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const child = running.get(name);
    running.delete(name);
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const answers = async (): Promise<boolean> => {
    try {
      return (await fetch(`${base}/livez`)).ok;
    } catch {
      return false;
    }
  };

  return {
    base,
    mailbox,
    mailServer,
    redis,
    storeUri: store.uri,
    startWeb: async (): Promise<void> => {
      run('web', 'src/server.js');
      await until('the web process', answers);
    },
    /** By which the worker goes. */
    clock,
    startWorker: (): void => {
      clock.now = new Date(clock.now.getTime() + A_WHILE);
      void worker.start();
    },
    kill: (name: 'web' | 'worker'): Promise<void> => (name === 'worker' ? worker.kill() : end(name, 'SIGKILL')),
    async stop(): Promise<void> {
      await Promise.all([worker.kill(), ...[...running.keys()].map((name) => end(name, 'SIGTERM'))]);
      await Promise.all([store.stop(), redis.stop(), mailServer.stop(), mailbox.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Processes = Awaited<ReturnType<typeof startProcesses>>;
