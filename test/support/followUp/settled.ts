import type { ClockedWorker } from '../clockedWorker.js';
import type { Desk } from '../startDesk.js';

const pause = (milliseconds: number): Promise<void> => new Promise((over) => setTimeout(over, milliseconds));

/** Milliseconds without any e-mail before time is moved on. */
const PATIENCE = 2500;
/** Longer than a claim, shorter than what lies between two stops. */
const A_WHILE = 2.5 * 60_000;
/** Stops lie at least a quarter of an hour apart. */
const AT_MOST = 5;

/**
 * Sweeps until nothing due is owed any more. What a killed worker had claimed is free again two minutes later: the clock
 * moves on by as much when nothing leaves. Throws when that does not help either.
 */
export const settled = async (desk: Desk, worker: ClockedWorker): Promise<void> => {
  const { deliveries } = desk.parts;
  const owed = (): Promise<number> =>
    deliveries.model.countDocuments({ owed: true, due: { $lte: desk.clock.now } }).exec();

  const untilQuiet = async (): Promise<boolean> => {
    let left = await owed();
    for (let since = performance.now(); left > 0 && performance.now() - since < PATIENCE; ) {
      await pause(10);
      const now = await owed();
      if (now !== left) since = performance.now();
      left = now;
    }
    return left === 0;
  };

  const sweep = async (): Promise<void> => {
    await desk.services.timetable.runDue();
    while (!(await desk.services.sweep()).queued) await pause(50);
  };

  await sweep();
  for (let moved = 0; !(await untilQuiet()); moved += 1) {
    if (moved === AT_MOST) throw new Error(`${await owed()} e-mails do not leave`);
    desk.clock.now = new Date(desk.clock.now.getTime() + A_WHILE);
    await worker.tell();
    await sweep();
  }
};
