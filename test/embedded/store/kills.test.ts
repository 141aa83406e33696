import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killStore } from '../kills/killStore.js';

/** The compiled entry, which `npm test` builds first. `npm run bench -- store-kills` does this 200 times. */
const MAIN = path.join(__dirname, '../../../dist/src/embedded/store/main.js');

test('a store that is killed while clients write loses nothing that it acknowledged', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'porte-store-'));
  try {
    const { acknowledged, compared } = await killStore(dataDir, 12, MAIN);
    expect(acknowledged).toBeGreaterThan(12);
    expect(compared).toBeGreaterThan(12);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
