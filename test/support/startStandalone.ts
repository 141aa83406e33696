import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MailboxMessage } from '../../src/embedded/mailbox/message.js';
import { freePort } from './freePort.js';
import { until } from './startProcesses.js';

const root = path.resolve(__dirname, '../..');

/**
 * `npm start` as a person runs it, in a temporary folder. `start` may be called again after `end`: the same folder, the same
 * ports. `fileByFile`: without its set-up, which the tests have had, and from the files of dist.
 */
export const startStandalone = async (more: NodeJS.ProcessEnv = {}, { fileByFile = false } = {}) => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'standalone-'));
  const [port, mailboxPort] = [await freePort(), await freePort()];
  const settings = {
    PORT: String(port),
    MAILBOX_PORT: String(mailboxPort),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    HUMAN_SECONDS: '0',
    ...more,
  };
  const base = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let output = '';

  const start = async (): Promise<void> => {
    output = '';
    child = spawn(process.execPath, fileByFile ? ['dist/src/standalone.js'] : ['src/setup.mjs', 'start'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: '', MONGODB_URL: '', REDIS_URL: '', SMTP_URL: '', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const answers = async (): Promise<boolean> => {
      if (child?.exitCode !== null) throw new Error(`standalone ended: ${output}`);
      return fetch(`${base}/livez`).then(
        (response) => response.ok,
        () => false,
      );
    };
    await until('npm start', answers, 90);
  };

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return ending?.exitCode ?? null;
    ending.kill(signal);
    const [code] = await once(ending, 'exit');
    return code;
  };

  await start();
  return {
    base,
    dataDir,
    port,
    mailboxPort,
    /** Of what runs now; undefined: nothing does. */
    pid: () => child?.pid,
    emails: async (): Promise<MailboxMessage[]> =>
      (await fetch(`http://localhost:${mailboxPort}/email`)).json() as Promise<MailboxMessage[]>,
    /** What it printed since it was last started. */
    output: () => output,
    /** The password that it printed for a demonstration account. */
    passwordOf: (email: string): string =>
      output
        .split('\n')
        .find((line) => line.includes(email))
        ?.trim()
        .split(/\s+/)
        .at(-1) ?? '',
    start,
    end,
    /** Waits for it to end by itself; gives its exit code. */
    async ended(): Promise<number | null> {
      const ending = child;
      child = null;
      if (ending && ending.exitCode === null) await once(ending, 'exit');
      return ending?.exitCode ?? null;
    },
    async stop(): Promise<void> {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Standalone = Awaited<ReturnType<typeof startStandalone>>;
