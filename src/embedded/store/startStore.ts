import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { BadSettings } from '../../errors.js';

export interface StartedStore {
  /** Complete, with the database `porte`. */
  uri: string;
  /** Ends the process in order; settles when it is gone, at once when it already is. */
  stop(): Promise<void>;
  process: ChildProcess;
  /** Settles when the process ends without having been asked to. */
  lost: Promise<void>;
}

const STOP_MS = 10_000;

/**
 * Starts the embedded store as a process of its own, which leaves with this one.
 * @param script the compiled entry, beside this file unless told
 * @param port 0 for any free one
 * Errors: BadSettings with the child's own sentence when it cannot start (another store serves the directory, say).
 */
export async function startStore({
  dataDir,
  script = path.join(__dirname, 'main.js'),
  port = 0,
}: {
  dataDir: string;
  script?: string;
  port?: number;
}): Promise<StartedStore> {
  const child = fork(script, ['--data-dir', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  const keep = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stderr!.on('data', keep);
  const uri = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { uri: string }).uri));
    child.once('error', reject);
    child.once('close', (code) => reject(new BadSettings(said.trim() || `The store ended at once (code ${code}).`)));
  });
  child.stderr!.off('data', keep);
  process.stderr.write(said);
  child.stderr!.pipe(process.stderr, { end: false });
  let asked = false;
  const lost = once(child, 'exit').then(() => (asked ? new Promise<void>(() => undefined) : undefined));
  const stop = (): Promise<void> => {
    asked = true;
    return stopChild(child);
  };
  return { uri, process: child, lost, stop };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const last = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  await gone;
  clearTimeout(last);
}
