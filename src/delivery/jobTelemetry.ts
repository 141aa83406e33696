import type { QueueOptions } from 'bullmq';

type Telemetry = NonNullable<QueueOptions['telemetry']>;
let traced: Telemetry | null = null;

/** From now on, queues and workers that are opened tell what they do: src/tracing/, when traces are asked for. */
export const traceJobs = (telemetry: Telemetry): void => {
  traced = telemetry;
};

/** An option of every queue and worker. */
export const jobTelemetry = (): { telemetry?: Telemetry } => (traced ? { telemetry: traced } : {});
