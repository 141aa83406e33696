import { compareWithModel } from '../embedded/differential/compareWithModel.js';
import type { Benchmark } from './benchmark.js';

const STEPS = 20_000;
/** As many steps with one seed: the model, read from end to end each time, must not grow without bounds. */
const AT_A_TIME = 2000;

/**
 * Does 20 000 random writes and queries to the store and to an array that is read from end to end. Throws at the first answer
 * that differs. The row tells how many of the finds that were explained went by an index.
 */
export const benchmark: Benchmark = async () => {
  let [explained, indexed] = [0, 0];
  for (let seed = 1; seed <= STEPS / AT_A_TIME; seed++) {
    const compared = await compareWithModel(AT_A_TIME, seed);
    explained += compared.explained;
    indexed += compared.indexed;
  }
  const ratio = indexed / explained;
  const row = { name: `${STEPS} steps, explained finds by index`, unit: 'finds', ours: indexed, floor: explained };
  return [{ ...row, ratio, low: ratio, high: ratio }];
};
