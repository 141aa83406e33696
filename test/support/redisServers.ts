import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { until } from './startProcesses.js';

/** A password as a URL must carry it encoded, so that a test sees who forgets to decode. */
export const PASSWORD = 'p@ss word';

interface Server {
  port: number;
  child: ChildProcess;
  redis: Redis;
}

/**
 * redis-server processes by their ports, each with a folder and a file of settings that outlive its process. `stop` ends
 * all and takes the folders away.
 */
export const redisServers = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-servers-'));
  const running = new Map<number, Server>();

  const launch = (port: number, ...mode: string[]): ChildProcess =>
    spawn('redis-server', [`${port}.conf`, ...mode], { cwd: folder, stdio: 'ignore' });

  const start = async (port: number, mode: string[] = []): Promise<Redis> => {
    const child = launch(port, ...mode);
    const password = mode.length === 0 ? { password: PASSWORD } : {};
    const redis = new Redis({ host: '127.0.0.1', port, ...password, retryStrategy: () => 50, disconnectTimeout: 50 });
    redis.on('error', () => {});
    running.set(port, { port, child, redis });
    await until(`a redis on ${port}`, () => redis.status === 'ready');
    return redis;
  };

  const kill = async (port: number): Promise<void> => {
    const server = running.get(port);
    if (!server) return;
    running.delete(port);
    server.redis.disconnect();
    const gone = once(server.child, 'exit');
    server.child.kill('SIGKILL');
    await gone;
  };

  return {
    /** Its settings, one a line; they may be written anew by the server itself. */
    async configure(port: number, settings: string[]): Promise<void> {
      const dir = path.join(folder, String(port));
      await mkdir(dir);
      const own = [`port ${port}`, 'bind 127.0.0.1', `dir ${dir}`, 'save ""', ...settings];
      await writeFile(path.join(folder, `${port}.conf`), `${own.join('\n')}\n`);
    },
    start,
    /** SIGKILL, as a machine that loses power. */
    kill,
    /** Of a running one. */
    on(port: number): Redis {
      const server = running.get(port);
      if (!server) throw new Error(`no redis runs on ${port}`);
      return server.redis;
    },
    ports: (): number[] => [...running.keys()],
    signal: (port: number, signal: NodeJS.Signals): boolean => running.get(port)?.child.kill(signal) ?? false,
    async stop(): Promise<void> {
      for (const port of [...running.keys()]) await kill(port);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
