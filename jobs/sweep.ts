import type { Processor } from 'bullmq';
import type { Sweep } from '../src/services/sweep.js';

/** Completes what is half done and queues the e-mails that are due. */
export const sweepJob =
  (sweep: Sweep): Processor =>
  () =>
    sweep();
