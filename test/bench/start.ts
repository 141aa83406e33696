import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { freePort } from '../support/startProcesses.js';
import { type Benchmark, compared } from './benchmark.js';

const ROUNDS = 5;

/** Seconds from the command to the first page; then stops it in order. */
const untilFirstPage = async (
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  port: number,
): Promise<number> => {
  const begun = performance.now();
  const child = spawn(command, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (;;) {
    const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (page?.ok && (await page.text()).length > 0) break;
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    await new Promise((tick) => setTimeout(tick, 5));
  }
  const seconds = (performance.now() - begun) / 1000;
  child.kill('SIGTERM');
  await ended;
  return seconds;
};

/** `npm start` the second time, when all is installed, built and loaded, beside `node` starting a bare Express: less is better. */
export const benchmark: Benchmark = async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-start-'));
  const [port, mailboxPort, barePort] = [await freePort(), await freePort(), await freePort()];
  const env = { DATA_DIR: dataDir, PORT: String(port), MAILBOX_PORT: String(mailboxPort) };
  const bare = path.join(__dirname, 'web', 'bareStart.js');
  const pairs: [number, number][] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ours = await untilFirstPage('npm', ['start'], env, port);
      const floor = await untilFirstPage(process.execPath, [bare], { PORT: String(barePort) }, barePort);
      if (round > 0) pairs.push([ours, floor]);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return [compared('start', 's', pairs)];
};
