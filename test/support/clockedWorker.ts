import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';

/** Milliseconds after which a killed worker's jobs go to the next: sooner than in life, so that a test need not wait. */
const STALLED_AFTER = 1000;

/** Beside this file when it is compiled itself; the last build otherwise. */
const workerModule = (): string => {
  const beside = path.join(__dirname, '../../jobs/worker.js');
  return existsSync(beside) ? beside : path.join(projectRoot, 'dist/jobs/worker.js');
};

/** `runWorker` in a process of its own, on the services that `env` names: killed in earnest, and by the clock of the test. */
export const clockedWorker = (env: NodeJS.ProcessEnv, clock: { now: Date }) => {
  let child: ChildProcess | null = null;

  return {
    /** Of the process; undefined while there is none. */
    pid: (): number | undefined => child?.pid,
    /** Settles once it works. */
    async start(): Promise<void> {
      child = fork(path.join(projectRoot, 'test/support/workerProcess.mjs'), {
        env: {
          ...process.env,
          NODE_ENV: 'test',
          LOG_LEVEL: 'error',
          SESSION_SECRETS: 'a secret for tests only and long enough',
          WORKER: workerModule(),
          CLOCK: clock.now.toISOString(),
          STALLED_AFTER: String(STALLED_AFTER),
          ...env,
        },
      });
      await once(child, 'message');
    },
    /** Tells it the time of the clock; settles once it goes by it. */
    async tell(): Promise<void> {
      child?.send(clock.now.toISOString());
      if (child) await once(child, 'message');
    },
    async kill(): Promise<void> {
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      child = null;
    },
  };
};
export type ClockedWorker = ReturnType<typeof clockedWorker>;
