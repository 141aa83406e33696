import type { Processor } from 'bullmq';
import type { ExportJob } from '../src/delivery/queueNames.js';
import type { RunExport } from '../src/services/statistics/exports/runExport.js';

/** Makes the file that the job names; `leaving`: this process stops. */
export const exportJob =
  (runExport: RunExport, leaving: AbortSignal): Processor<ExportJob, string> =>
  (job) =>
    runExport(job.data.export, leaving);
