import type { Processor } from 'bullmq';
import type { ReplayJob } from '../src/delivery/queueNames.js';
import type { RunReplay } from '../src/services/rules/runReplay.js';

/** Replays the rules on past projects, as the record that the job names asks; `leaving`: this process stops. */
export const replayJob =
  (runReplay: RunReplay, leaving: AbortSignal): Processor<ReplayJob, string> =>
  (job) =>
    runReplay(job.data.replay, leaving);
