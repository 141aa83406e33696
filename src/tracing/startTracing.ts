import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { traceJobs } from '../delivery/jobTelemetry.js';
import { paths } from '../paths.js';
import { jobTraces } from './jobTraces.js';
import { leanExporter } from './leanExporter.js';

/** In milliseconds: how often spans leave; how long one delivery may take, and the last one when the process stops. */
const EVERY = 2000;
const PATIENCE = 5000;
const LAST = 2000;

/** Asked for every few seconds by those who watch: no trace. */
const WATCHED = [paths.livez(), paths.readyz(), paths.metrics()];

const pathOf = (address: string | undefined): string => (address ?? '').replace(/\?.*$/, '');

/** Whoever looks into a trace finds the lines of the log by it. */
const NAMED_BY = 'http.response.header.x-request-id';

const instrumentations = () => [
  new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url }) => WATCHED.includes(pathOf(url)),
    applyCustomAttributesOnSpan: (span, _request, response) => {
      const id = 'getHeader' in response ? response.getHeader('X-Request-Id') : undefined;
      if (typeof id === 'string') span.setAttribute(NAMED_BY, id);
    },
  }),
  new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
  // What is asked of the store is left out here already, not only by the exporter: it would be written out for nothing.
  new MongoDBInstrumentation({ dbStatementSerializer: () => '' }),
];

/**
 * Traces of requests, of what they ask of the store, and of the jobs that they queue: one trace from the page to the e-mail.
 * No trace is continued from outside, nor handed on to others: a request begins its own, whatever its headers say. Spans
 * wait in memory, at most 2 048 of them, and are lost when nobody takes them; nothing else waits for that.
 */
export const startTracing = ({ endpoint, serviceName }: { endpoint: string; serviceName: string }) => {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: PATIENCE });
  const processor = new BatchSpanProcessor(leanExporter(exporter, { serviceName }), {
    scheduledDelayMillis: EVERY,
    exportTimeoutMillis: PATIENCE,
  });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register({ propagator: null });
  registerInstrumentations({ tracerProvider: provider, instrumentations: instrumentations() });
  traceJobs(jobTraces());

  return {
    async end(): Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LAST);
      });
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
};
