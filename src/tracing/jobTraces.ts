import { type Context, context, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import { BullMQOtel } from 'bullmq-otel';

/** The name of the scope of its spans. */
export const JOBS = 'bullmq';

/** What a job carries of its trace: two random numbers. */
const written = (at: Context): string => {
  const { traceId, spanId } = trace.getSpanContext(at) ?? {};
  return JSON.stringify(traceId && spanId ? { traceId, spanId } : {});
};

const HEX = /^[0-9a-f]+$/;

const read = (metadata: string): SpanContext | null => {
  const { traceId, spanId } = JSON.parse(metadata) as Partial<SpanContext>;
  if (!traceId || !spanId || !HEX.test(traceId) || !HEX.test(spanId)) return null;
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
};

/** Joins a job to the trace of whoever queued it: by what it carries, and not by a propagator, which would read and write headers too. */
export const jobTraces = (): BullMQOtel => {
  const telemetry = new BullMQOtel({ tracerName: JOBS });
  const contextManager = {
    with: context.with.bind(context),
    active: () => context.active(),
    getMetadata: written,
    fromMetadata: (active: Context, metadata: string): Context => {
      const parent = read(metadata);
      return parent ? trace.setSpanContext(active, parent) : active;
    },
  };
  return Object.assign(telemetry, { contextManager });
};
