import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { readCases, reasonToSkip } from './format.js';
import { runCase } from './runCase.js';

/**
 * Runs all cases of a folder against a store that runs, and says by file how many passed:
 * `node run.js FOLDER URI [--quiet]`. Exit code 1 when one failed.
 */
async function main([folder, uri, quiet]: string[]): Promise<void> {
  if (folder === undefined || uri === undefined) throw new Error('Usage: run.js FOLDER URI [--quiet]');
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const file of filesOf(folder)) {
    const cases = readCases(file);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const one of cases.tests) {
      if (reasonToSkip(cases, one) !== null) {
        counts.skipped++;
        continue;
      }
      try {
        await runCase(uri, cases, one);
        counts.passed++;
      } catch (error) {
        counts.failed++;
        if (quiet === undefined) print(`  FAILED ${one.description}: ${(error as Error).message}`);
      }
    }
    for (const key of ['passed', 'failed', 'skipped'] as const) totals[key] += counts[key];
    print(`${path.relative(folder, file)}: ${told(counts)}`);
  }
  print(`In all: ${told(totals)}`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

const told = ({ passed, failed, skipped }: Record<'passed' | 'failed' | 'skipped', number>) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function filesOf(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(folder, name));
}

void main(process.argv.slice(2));
