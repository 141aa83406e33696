import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(__dirname, '../..');

/** What an export took, in a process of its own: seconds of processor, megabytes at most. */
interface Took {
  rows: number;
  bytes: number;
  cpu: number;
  peak: number;
}

const took = async (format: string, rows: number): Promise<Took> => {
  const script = path.join(root, 'test/support/exportProcess.mjs');
  const { stdout } = await promisify(execFile)('node', [script, path.join(root, 'dist'), format, String(rows)]);
  return JSON.parse(stdout) as Took;
};

describe.each(['csv', 'xlsx'])('an export to %s', (format) => {
  it('of 200 000 rows takes hardly more memory than one of 2 000, and less than 20 seconds', async () => {
    const small = await took(format, 2000);
    const large = await took(format, 200_000);
    expect(large.bytes).toBeGreaterThan(small.bytes * 90);
    expect(large.peak / small.peak).toBeLessThan(1.2);
    expect(large.cpu).toBeLessThan(20);
  });
});
