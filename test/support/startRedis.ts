import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchRedis } from '../../src/embedded/redis.js';
import { freePort } from './freePort.js';

/** The embedded Redis, once it answers. */
export const startEmbedded = async (options: Parameters<typeof launchRedis>[0]) => (await launchRedis(options)).started;

/** A real Redis on a spare port, in a temporary folder that `stop` takes away. `folders`: where the program is looked for. */
export const startRedis = async (where: { folders?: string[] } = {}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let running = await startEmbedded({ dataDir, port, ...where });
  const { url } = running;
  const pid = async (): Promise<number> => JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8')).pid;

  return {
    url,
    pid,
    /** SIGKILL, as a machine that loses power. */
    async crash(): Promise<void> {
      process.kill(await pid(), 'SIGKILL');
      await running.stop();
    },
    /** At the same address, with what was on disk, or with nothing. */
    async restart({ empty = false } = {}): Promise<void> {
      await running.stop();
      if (empty) await rm(join(dataDir, 'redis'), { recursive: true, force: true });
      running = await startEmbedded({ dataDir, port, ...where });
    },
    async stop(): Promise<void> {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
