import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addBusinessDays } from '../../src/domain/calendar/businessTime.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { clockedWorker } from './clockedWorker.js';
import { type FakeClock, fakeClock } from './fakeClock.js';
import { freePort } from './freePort.js';
import { release } from './openMigrated.js';
import { startMailbox } from './startMailbox.js';
import { startRedis } from './startRedis.js';

const root = path.resolve(__dirname, '../..');
const STORE = path.join(root, 'dist/src/embedded/store/main.js');

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
  let isDead = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => near.destroy()).on('close', () => open.delete(near));
    if (isDead) return void near.destroy();
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
    /** From now on: each connection ends before a word. */
    refuse: (): void => {
      isDead = true;
      for (const socket of open) socket.destroy();
    },
    letGo: (): void => {
      isHeld = false;
      isDead = false;
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

/** All that any test sends: each is looked for at the end. */
const EMAILS_KEPT = 100_000;

/** What may be killed and started again. */
export type ProcessName = 'web' | 'web2' | 'worker' | 'store' | 'redis';

/**
 * The desk as it is deployed: web and worker as processes of their own, on a store, a Redis and a mail server given by
 * address. Each may be killed and started again. The worker lives on the next business day, three minutes later each time it starts:
 * it writes to staff whatever the day of the test. The store and Redis come back at their address, on their files. `oneClock`: web and worker go by
 * one clock instead, which the test moves; it begins on the next business day.
 * `log`: told what web processes write on standard error, which is shown otherwise.
 */
export const startProcesses = async (
  more: NodeJS.ProcessEnv = {},
  { oneClock = false, log }: { oneClock?: boolean; log?: (text: string) => void } = {},
) => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'processes-'));
  const startedStore = async (port: number) => startStore({ dataDir, script: STORE, port });
  const [firstStore, redis, mailbox, port, port2] = await Promise.all([
    freePort().then(startedStore),
    startRedis(),
    startMailbox(EMAILS_KEPT),
    freePort(),
    freePort(),
  ]);
  let store = firstStore;
  await release(store.uri);
  const mailServer = await slowDoor(Number(new URL(mailbox.smtpUrl).port));
  const base = `http://127.0.0.1:${port}`;
  const base2 = `http://127.0.0.1:${port2}`;
  const clockOfAll = oneClock ? await fakeClock(path.join(dataDir, 'clock'), tomorrow()) : null;
  const env: NodeJS.ProcessEnv = {
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
    ...(clockOfAll && { ...clockOfAll.env, CLOCK: '' }),
    ...more,
  };
  const running = new Map<string, ChildProcess>();
  const clock = { now: tomorrow() };
  const worker = clockedWorker(env, clock);

  const run = (name: string, script: string, own: NodeJS.ProcessEnv = {}): void => {
    const stdio: StdioOptions = ['ignore', 'ignore', log ? 'pipe' : 'inherit'];
    const child = spawn(process.execPath, [path.join(root, 'dist', script)], { env: { ...env, ...own }, stdio });
    child.stderr?.on('data', (chunk: Buffer) => log?.(chunk.toString()));
    running.set(name, child);
  };
  const end = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const child = running.get(name);
    running.delete(name);
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  /** Asks it to stop; gives its exit code. */
  const terminate = async (name: string): Promise<number | null> => {
    const child = running.get(name);
    running.delete(name);
    if (!child) throw new Error(`${name} does not run`);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    return code;
  };
  const answers = (at: string) => async (): Promise<boolean> => {
    try {
      return (await fetch(`${at}/livez`)).ok;
    } catch {
      return false;
    }
  };
  const startWeb = async (name: 'web' | 'web2' = 'web'): Promise<void> => {
    const [at, own] = name === 'web' ? [base, {}] : [base2, { PORT: String(port2) }];
    run(name, 'src/server.js', own);
    await until('the web process', answers(at), 60);
  };
  const startWorker = (): Promise<void> => {
    clock.now = new Date(clock.now.getTime() + A_WHILE);
    return worker.start();
  };
  const killStore = async (): Promise<void> => {
    const gone = once(store.process, 'exit');
    store.process.kill('SIGKILL');
    await gone;
  };
  const startStoreAgain = async (): Promise<void> => {
    store = await startedStore(Number(new URL(store.uri).port));
  };
  const kills: Record<ProcessName, () => Promise<void>> = {
    web: () => end('web', 'SIGKILL'),
    web2: () => end('web2', 'SIGKILL'),
    worker: () => worker.kill(),
    store: killStore,
    redis: () => redis.crash(),
  };
  /** SIGSTOP: it takes connections and answers nothing. SIGCONT: it goes on. */
  const signalTo = async (name: 'store' | 'redis', signal: NodeJS.Signals): Promise<void> => {
    if (name === 'store') store.process.kill(signal);
    else process.kill(await redis.pid(), signal);
  };
  const starts: Record<ProcessName, () => Promise<void>> = {
    web: () => startWeb('web'),
    web2: () => startWeb('web2'),
    worker: startWorker,
    store: startStoreAgain,
    redis: () => redis.restart(),
  };

  return {
    base,
    base2,
    env,
    mailbox,
    mailServer,
    redis,
    storeUri: store.uri,
    startWeb,
    /** The process that runs now: its memory and its sockets are looked at from outside. */
    pidOf: (name: 'web' | 'web2'): number => running.get(name)?.pid ?? 0,
    /** By which the worker goes. */
    clock,
    /** By which web and worker go. Throws when they were not asked to go by one. */
    clockOfAll: (): FakeClock => {
      if (!clockOfAll) throw new Error('each process has a clock of its own');
      return clockOfAll;
    },
    startWorker: (): void => void startWorker(),
    /** SIGKILL; settles when the process is gone. */
    kill: (name: ProcessName): Promise<void> => kills[name](),
    /** SIGTERM, as a platform restarts it; gives its exit code. */
    terminate: (name: 'web' | 'web2'): Promise<number | null> => terminate(name),
    /** Settles once it works. */
    start: (name: ProcessName): Promise<void> => starts[name](),
    hang: (name: 'store' | 'redis'): Promise<void> => signalTo(name, 'SIGSTOP'),
    goOn: (name: 'store' | 'redis'): Promise<void> => signalTo(name, 'SIGCONT'),
    async stop(): Promise<void> {
      await Promise.all([worker.kill(), ...[...running.keys()].map((name) => end(name, 'SIGTERM'))]);
      await Promise.all([store.stop(), redis.stop(), mailServer.stop(), mailbox.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Processes = Awaited<ReturnType<typeof startProcesses>>;
