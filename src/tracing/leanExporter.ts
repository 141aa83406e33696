import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { faultOnly, logger } from '../logger.js';
import { withoutSecrets } from '../web/middleware/withoutSecrets.js';
import { JOBS } from './jobTraces.js';

type Attributes = ReadableSpan['attributes'];

/** What a span may say: all else is left out, such as the address and the browser of whoever asked. */
const KEPT = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.response.header.x-request-id',
  'http.route',
  'express.type',
  'error.type',
  'db.system',
  'db.system.name',
  'db.operation',
  'db.operation.name',
  'db.mongodb.collection',
  'db.collection.name',
  'db.name',
  'db.namespace',
  'bullmq.queue.name',
  'bullmq.queue.operation',
  'bullmq.job.id',
  'bullmq.job.name',
  'bullmq.job.bulk.count',
  'bullmq.job.attempts.made',
]);

/** Without its secrets, as in the logs. */
const PATHS = new Set(['http.target', 'url.path']);

const strippedPath = (url: unknown): string => withoutSecrets({ id: '', method: '', url: String(url) }).url;

const keptOf = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (PATHS.has(name)) return [[name, strippedPath(value)]];
      return KEPT.has(name) ? [[name, value]] : [];
    }),
  );

/** Of faults, what the log tells: the kind, and where. */
const faultsOf = ({ events }: ReadableSpan): ReadableSpan['events'] =>
  events
    .filter(({ name }) => name === 'exception')
    .map(({ attributes = {}, ...event }) => {
      const { type, message, stack } = faultOnly({
        type: attributes['exception.type'],
        message: attributes['exception.message'],
        stack: attributes['exception.stacktrace'],
      }) as Record<'type' | 'message' | 'stack', string>;
      const told = { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stack };
      return { ...event, attributes: told };
    });

/** A worker that looks for work, and what keeps a job its own: many spans that tell nothing. */
const isIdle = ({ kind, instrumentationScope }: ReadableSpan): boolean =>
  instrumentationScope.name === JOBS && kind === SpanKind.INTERNAL;

/** Hands spans on without anything personal in them. The log says once when nobody takes them, and once when somebody does again. */
export const leanExporter = (exporter: SpanExporter, { serviceName }: { serviceName: string }): SpanExporter => {
  const resources = new Map<ReadableSpan['resource'], ReadableSpan['resource']>();
  let isLost = false;

  const named = (resource: ReadableSpan['resource']): ReadableSpan['resource'] => {
    const known = resources.get(resource);
    if (known) return known;
    const attributes = { ...resource.attributes, 'service.name': serviceName };
    const ours: ReadableSpan['resource'] = Object.create(resource, { attributes: { value: attributes } });
    resources.set(resource, ours);
    return ours;
  };
  const lean = (span: ReadableSpan): ReadableSpan =>
    Object.create(span, {
      attributes: { value: keptOf(span.attributes) },
      events: { value: faultsOf(span) },
      resource: { value: named(span.resource) },
      status: { value: { code: span.status.code } },
    });

  return {
    export(spans, onResult) {
      exporter.export(spans.filter((span) => !isIdle(span)).map(lean), (result) => {
        const wasLost = isLost;
        isLost = result.code !== 0;
        if (isLost && !wasLost) logger.warn({ err: result.error }, 'traces are lost: nobody takes them');
        if (wasLost && !isLost) logger.info('traces are taken again');
        onResult(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
};
