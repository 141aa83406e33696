import { execFile } from 'node:child_process';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files of a process may be no larger than this; null: as large as they like again. It stands for a disk that is full. */
export const limitFiles = async (pid: number, bytes: number | null): Promise<void> => {
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`]);
};

/**
 * A folder with a redis-server that hears of a file too large by its writes failing, as of a full disk, rather than by a signal that
 * ends it.
 */
export const redisWithoutSignal = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-server-'));
  const { stdout } = await run('sh', ['-c', 'command -v redis-server || command -v valkey-server']);
  const script = path.join(folder, 'redis-server');
  await writeFile(script, `#!/bin/sh\ntrap '' XFSZ\nexec ${stdout.trim()} "$@"\n`);
  await chmod(script, 0o700);
  return folder;
};
