import { once } from 'node:events';
import { createServer } from 'node:http';

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean };
interface Written {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Value }[];
  events: unknown[];
  status: object;
}

/** A span as it came. */
export interface Taken extends Omit<Written, 'attributes'> {
  scope: string;
  service: string;
  attributes: Record<string, string | number | boolean | undefined>;
}

const plain = (attributes: Written['attributes']): Taken['attributes'] =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue]));

interface Message {
  resourceSpans: {
    resource: { attributes: Written['attributes'] };
    scopeSpans: { scope: { name: string }; spans: Written[] }[];
  }[];
}

const spansIn = ({ resourceSpans }: Message): Taken[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ attributes, ...span }) => ({
        ...span,
        scope: scope.name,
        service: String(plain(resource.attributes)['service.name']),
        attributes: plain(attributes),
      })),
    ),
  );

/** A collector of traces: takes spans as OpenTelemetry sends them (OTLP over HTTP, JSON). `raw`: all that came, as it was. */
export const takeSpans = async () => {
  const raw: string[] = [];
  const spans: Taken[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const isRight =
      req.method === 'POST' && req.url === '/v1/traces' && req.headers['content-type'] === 'application/json';
    if (isRight) {
      raw.push(text);
      spans.push(...spansIn(JSON.parse(text)));
    }
    res.writeHead(isRight ? 200 : 404, { 'Content-Type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    spans,
    raw: (): string => raw.join('\n'),
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
