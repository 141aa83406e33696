import { fillCounts, fillReferrals } from './filled.js';
import { type Sides, startSides } from './sides.js';

/** Referrals of the large desk. REFERRALS: another number, for a sooner and lesser answer. */
export const MANY = Number(process.env['REFERRALS'] ?? 1_000_000);

let large: Promise<Sides> | null = null;

const fill = async (): Promise<Sides> => {
  const sides = await startSides();
  await fillReferrals(sides, MANY);
  await fillCounts(sides, MANY);
  return sides;
};

/** A desk with a million referrals, and the figures of as many projects: filled once, which takes minutes, for all that ask for it. */
export const largeDesk = (): Promise<Sides> => {
  large ??= fill();
  return large;
};

/** Takes it away, if somebody asked for it. */
export const closeLargeDesk = async (): Promise<void> => {
  await (await large)?.stop();
};
