import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killStore } from '../embedded/kills/killStore.js';
import type { Benchmark } from './benchmark.js';

const KILLS = 200;

/** Kills the embedded store 200 times while clients write. Throws when anything acknowledged is lost or half written. */
export const benchmark: Benchmark = async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'porte-kills-'));
  try {
    const { acknowledged, compared } = await killStore(dataDir, KILLS);
    const ratio = acknowledged / KILLS;
    const row = { name: `${KILLS} kills, ${compared} comparisons`, unit: 'writes', ours: acknowledged, floor: KILLS };
    return [{ ...row, ratio, low: ratio, high: ratio }];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
