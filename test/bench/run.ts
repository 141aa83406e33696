import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Row } from './benchmark.js';
import { closeLargeDesk } from './web/large.js';

/**
 * Those of the table in the README; the others measure something else, or take long. Routing is measured in this process: before
 * a large desk has filled its memory, which slows a third of ours and nothing of what is compiled to machine code.
 */
const TABLE = [
  'routing',
  'routing-json-rules-engine',
  'routing-zen',
  'page',
  'step-page',
  'step',
  'submission',
  'queue',
  'queue-growth',
  'search-growth',
  'dashboard-growth',
  'dashboard',
  'email',
  'csv',
  'start',
  'memory',
];

/**
 * `npm run bench [-- NAME …] [--json FILE]`: runs the benchmarks of test/bench/NAME.ts (without a name, those of the README's table), prints
 * their table, and writes their rows. With an unknown name, says which there are.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
  const asked = positionals.length > 0 ? positionals : TABLE;
  if (!asked.every((name) => names().includes(name))) {
    process.stderr.write(`Which benchmark? ${names().join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const rows: Row[] = [];
  for (const name of asked) {
    const { benchmark } = (await import(path.join(__dirname, `${name}.js`))) as { benchmark: Benchmark };
    rows.push(...(await benchmark().catch((error: unknown) => noRows(name, error))));
  }
  await closeLargeDesk();
  process.stdout.write(table(rows));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}

/** What cannot be measured is said, and the others are measured all the same. */
function noRows(name: string, error: unknown): Row[] {
  process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  return [];
}

const names = (): string[] =>
  readdirSync(__dirname)
    .filter((file) => file.endsWith('.js') && !['run.js', 'benchmark.js'].includes(file))
    .map((file) => path.parse(file).name);

function table(rows: Row[]): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
  const cells = rows.map((row) => [
    row.name,
    number(row.ours),
    number(row.floor),
    row.unit,
    `${row.ratio.toFixed(2)} (${row.low.toFixed(2)} to ${row.high.toFixed(2)})`,
  ]);
  const lines = [['', 'ours', 'floor', 'unit', 'ratio (spread)'], ...cells];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
