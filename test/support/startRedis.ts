import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis as startEmbedded } from '../../src/embedded/redis.js';

/** A real Redis on a spare port, in a temporary folder that `stop` takes away. */
export const startRedis = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'redis-'));
  const redis = await startEmbedded({ dataDir });
  return {
    url: redis.url,
    dataDir,
    pid: async (): Promise<number> => JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8')).pid,
    async stop(): Promise<void> {
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
