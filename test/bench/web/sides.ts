import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig, requireAddresses } from '../../../src/config.js';
import { startStore } from '../../../src/embedded/store/startStore.js';
import { logger } from '../../../src/logger.js';
import { openServices } from '../../../src/services.js';
import { freePort } from '../../support/freePort.js';
import { release } from '../../support/openMigrated.js';
import { startMailbox } from '../../support/startMailbox.js';
import { startRedis } from '../../support/startRedis.js';

/** A web server in a process of its own. */
export interface Side {
  base: string;
  child: ChildProcess;
}

export const SECRET = '9f1c6f0d2b7e4a83c5d817e0b64f29aa5e3d0c7b';

const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await isTrue().catch(() => false)) return;
    await new Promise((tick) => setTimeout(tick, 50));
  }
  throw new Error('the web process did not start');
};

const listenable = (uri: string): string => {
  const url = new URL(uri);
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
};

/**
 * The desk as it is deployed (`web` of the Procfile, in production, its own log and limits on) on an embedded store and a Redis
 * of their own, and what a benchmark prepares it with: its parts, in this process. `startBare` starts the floor on the same store.
 */
export const startSides = async () => {
  logger.level = 'silent';
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-web-'));
  const [store, redis, mailbox, port] = await Promise.all([
    startStore({ dataDir }),
    startRedis(),
    startMailbox(),
    freePort(),
  ]);
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    MONGODB_URL: store.uri,
    REDIS_URL: redis.url,
    SMTP_URL: mailbox.smtpUrl,
    SESSION_SECRETS: SECRET,
    HUMAN_SECONDS: '0',
    TRUST_PROXY: '1',
  };
  await release(store.uri);
  // Its statements can be listened to.
  const desk = await openServices(requireAddresses(readConfig({ ...env, MONGODB_URL: listenable(store.uri) })));
  const children: ChildProcess[] = [];
  const start = (script: string, given: NodeJS.ProcessEnv): ChildProcess => {
    const child = fork(script, {
      env: { PATH: process.env['PATH'], ...given },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    children.push(child);
    return child;
  };

  const ours = start(path.join(__dirname, '../../../src/server.js'), env);
  const base = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${base}/readyz`)).ok);

  return {
    parts: desk.parts,
    services: desk.services,
    ours: { base, child: ours } satisfies Side,

    /** `sizes`: how many bytes a page has, by path. `writes`: how many writes a submission is. */
    async startBare(sizes: Record<string, number> = {}, writes = 1): Promise<Side> {
      const child = start(path.join(__dirname, 'bareServer.js'), {
        ...env,
        SIZES: JSON.stringify(sizes),
        WRITES: String(writes),
      });
      const [bare] = (await once(child, 'message')) as [number];
      return { base: `http://127.0.0.1:${bare}`, child };
    },

    async stop(): Promise<void> {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(ended);
      await desk.close();
      await Promise.all([store.stop(), redis.stop(), mailbox.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Sides = Awaited<ReturnType<typeof startSides>>;

/** Starts the sides, works with them, and takes everything away. */
export const withSides = async <Result>(work: (sides: Sides) => Promise<Result>): Promise<Result> => {
  const sides = await startSides();
  try {
    return await work(sides);
  } finally {
    await sides.stop();
  }
};
