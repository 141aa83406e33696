import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attack } from './attack.js';

/**
 * Sends 10 000 hostile messages to a store in a process of its own, and says what its memory was before and after:
 * `node run.js [COUNT] [SEED]`. Exit code 1 when the store ended, or kept more memory than it may.
 */
const [count, seed] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 1)];
const WARM_UP = 2000;
const MAY_KEEP_MB = 150;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  const script = path.join(__dirname, '../../../src/embedded/store/main.js');
  const child = fork(script, ['--data-dir', folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    const [{ uri }] = (await once(child, 'message')) as [{ uri: string }];
    await attack(uri, WARM_UP, seed);
    const before = megabytes(child.pid!);
    const { sent, pings, longestPing } = await attack(uri, count, seed + 1);
    const after = megabytes(child.pid!);
    const ended = child.exitCode !== null;
    print(
      `${sent} messages; ${pings} pings answered, the longest after ${Math.round(longestPing)} ms (with what came before)`,
    );
    print(`memory ${before} MB before, ${after} MB after; the store ${ended ? 'ended' : 'goes on'}`);
    process.exitCode = ended || after - before > MAY_KEEP_MB ? 1 : 0;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  }
}

/** Resident and private: mapped pages of the files do not count. */
function megabytes(pid: number): number {
  const [, kilobytes = '0'] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
