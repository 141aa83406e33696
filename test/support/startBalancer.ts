import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks at /readyz, in milliseconds. */
const LOOKS = 100;
/** How long, in milliseconds, it keeps a connection that says nothing: clients of a busy machine pause for seconds. */
const KEEPS = 120_000;
/** Of one connection, not of the answer: they are not handed on. */
const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

const handedOn = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)));

/**
 * A balancer as it stands before web processes: keeps connections to each (addresses such as http://127.0.0.1:3001), hands
 * requests in turn to those whose /readyz is green, and never sends one again: what fails there is 502 here, and counted.
 */
export const startBalancer = async (addresses: string[]) => {
  const backends = addresses.map((address) => ({ address, isReady: false, agent: new Agent({ keepAlive: true }) }));
  const counted = { requests: 0, failed: [] as string[] };
  let turn = 0;

  const server = createServer((incoming, answer) => {
    counted.requests += 1;
    const fail = (why: string): void => {
      counted.failed.push(`${incoming.method} ${incoming.url}: ${why}`);
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    };
    const ready = backends.filter(({ isReady }) => isReady);
    turn += 1;
    const backend = ready[turn % ready.length];
    if (!backend) return fail('nobody is ready');
    const { method, url = '/', headers } = incoming;
    const onward = request(new URL(url, backend.address), { method, headers: handedOn(headers), agent: backend.agent });
    onward.on('error', (error) => fail(`${backend.address}: ${error.message}`));
    onward.on('response', (response) => {
      const { statusCode = 0 } = response;
      if (statusCode >= 400) counted.failed.push(`${method} ${url}: ${statusCode} of ${backend.address}`);
      response.on('error', (error) => fail(`${backend.address}: ${error.message}`));
      answer.writeHead(statusCode, handedOn(response.headers));
      response.pipe(answer);
    });
    incoming.pipe(onward);
  });
  server.keepAliveTimeout = KEEPS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const closing = new AbortController();
  const look = async (backend: (typeof backends)[number]): Promise<void> => {
    while (!closing.signal.aborted) {
      backend.isReady = await fetch(`${backend.address}/readyz`, { signal: closing.signal }).then(
        ({ ok }) => ok,
        () => false,
      );
      await pause(LOOKS, null, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const looking = backends.map(look);

  return {
    base: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    /** What it was asked, its own looks aside, and what it could not answer as the desk should. */
    counted,
    ready: (): string[] => backends.filter(({ isReady }) => isReady).map(({ address }) => address),
    async stop(): Promise<void> {
      closing.abort();
      await Promise.all(looking);
      for (const { agent } of backends) agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
export type Balancer = Awaited<ReturnType<typeof startBalancer>>;
