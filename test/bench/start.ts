import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { freePort } from '../support/freePort.js';
import { type Benchmark, compared } from './benchmark.js';

const ROUNDS = 5;

const pause = () => new Promise((tick) => setTimeout(tick, 5));

const pageAt = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }).catch(() => null);

/** Seconds from the command to the first page; then stops it in order, as Ctrl-C does, and waits until it is gone. */
const untilFirstPage = async (
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  port: number,
): Promise<number> => {
  const begun = performance.now();
  const child = spawn(command, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(child, 'exit');
  for (;;) {
    const page = await pageAt(port);
    if (page?.ok && (await page.text()).length > 0) break;
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    await pause();
  }
  const seconds = (performance.now() - begun) / 1000;
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await ended;
  while (await pageAt(port)) await pause();
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
