import { spawn } from 'node:child_process';
import path from 'node:path';

// The compiled command, as people run it: `npm test` builds before.
const desk = path.join(__dirname, '../../dist/src/cli/desk.js');

export interface Said {
  status: number | null;
  /** With plain spaces where French puts no-break ones. */
  stdout: string;
  stderr: string;
}

/**
 * Runs `desk` with these arguments, of the environment these settings alone, and this standard input, while this process
 * goes on.
 */
export const runDesk = (args: string[], settings: NodeJS.ProcessEnv, input: Buffer | string = ''): Promise<Said> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [desk, ...args], { env: { PATH: process.env['PATH'], ...settings } });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        said[stream] += chunk.replaceAll('\u00a0', ' ');
      });
    child.stdin.end(input);
    child.on('close', (status) => resolve({ status, ...said }));
  });
