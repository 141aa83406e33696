import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveStore } from '../../src/embedded/store/serve.js';

/**
 * The embedded store, in this process and over a temporary directory that goes with it: quick enough for each test file.
 * It removes what has expired only when asked: tests move their clock back and forth.
 * @param now the clock that the store goes by
 * @param free how many bytes are free on its disk
 */
export async function startTestStore(
  now?: () => Date,
  free?: () => number,
): Promise<{ uri: string; sweep(): number; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'porte-store-'));
  const own = { ...(now !== undefined && { now }), ...(free !== undefined && { free }) };
  const serving = await serveStore({ dataDir, flush: false, sweepEvery: null, ...own });
  return {
    uri: serving.uri,
    sweep: serving.sweep,
    stop: async () => {
      await serving.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
