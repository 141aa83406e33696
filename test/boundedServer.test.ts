import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express from 'express';
import { boundedServer, SERVER_LIMITS } from '../src/boundedServer.js';

/** The same limits, but for time, which is made short. */
const QUICK: Record<keyof typeof SERVER_LIMITS, number> = {
  ...SERVER_LIMITS,
  headersTimeout: 150,
  requestTimeout: 300,
  connectionsCheckingInterval: 20,
  keepAliveTimeout: 200,
  silence: 600,
};

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const start = async (
  limits: Partial<typeof QUICK> = {},
  app: RequestListener = (req, res) => void res.end(req.url),
) => {
  const server = boundedServer(app, { ...QUICK, ...limits }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** Everything that the server says until it closes the connection. */
const heard = async (socket: Socket): Promise<string> => {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  await new Promise((closed) => socket.once('close', closed));
  return text;
};
const say = async (port: number, bytes: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes, 'latin1');
  return heard(socket);
};
const statusLine = (text: string): string => text.split('\r\n')[0] ?? '';

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n';

describe('a connection that goes nowhere', () => {
  it.each([
    ['says nothing', '', 408],
    ['does not end its headers', GET, 408],
    ['does not end its body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na', 408],
  ])('that %s is told and closed', async (_name, bytes, status) => {
    const port = await start(
      {},
      (req, res) =>
        void req
          .resume()
          .on('end', () => res.end('read'))
          .on('error', () => undefined),
    );
    expect(statusLine(await say(port, bytes))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('that sends its headers a byte at a time is told too, however busy it is', async () => {
    const socket = connect(await start(), '127.0.0.1');
    const drip = setInterval(() => socket.writable && socket.write('a'), 10);
    socket.write(GET);
    expect(statusLine(await heard(socket))).toBe('HTTP/1.1 408 Request Timeout');
    clearInterval(drip);
  });

  it('that asks for no more is closed after a while', async () => {
    expect(statusLine(await say(await start(), `${GET}\r\n`))).toBe('HTTP/1.1 200 OK');
  });

  it('that does not take its answer is closed', async () => {
    const port = await start({}, (_req, res) => void res.end(Buffer.alloc(50_000_000)));
    const gone = once(servers.at(-1) as Server, 'connection').then(([socket]) => once(socket as Socket, 'close'));
    const socket = connect(port, '127.0.0.1').pause();
    socket.write(`${GET}\r\n`);
    await gone;
    socket.destroy();
  });
});

describe('what cannot be read', () => {
  it.each([
    ['not HTTP', 'GARBAGE\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['two lengths', `${GET}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, 'HTTP/1.1 400 Bad Request'],
    [
      'a length and chunks',
      `${GET}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      'HTTP/1.1 400 Bad Request',
    ],
    ['a target that is no address', 'GET http://[x HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['a target that is no path', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['long headers', `${GET}X: ${'x'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431 Request Header Fields Too Large'],
  ])('is refused: %s', async (_name, bytes, line) => {
    const text = await say(await start(), bytes);
    expect(statusLine(text)).toBe(line);
    expect(text.split('\r\n\r\n')[1]).toMatch(/^(0|)$/);
  });

  it('is not a whole address: its path is', async () => {
    const text = await say(await start(), 'GET http://elsewhere.example.org/projet?via=a HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(text).toMatch(/\r\n\r\n\/projet\?via=a$/);
  });
});

describe('one client', () => {
  it('has so many requests on a connection, and is told at the last one', async () => {
    const text = await say(await start({ maxRequestsPerSocket: 3 }), `${GET}\r\n`.repeat(3));
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
    expect(text.match(/Connection: close/g)).toHaveLength(1);
  });

  it('has so many headers', async () => {
    const port = await start({}, (req, res) => void res.end(String(Object.keys(req.headers).length)));
    const many = Array.from({ length: 300 }, (_, i) => `X-${i}: a\r\n`).join('');
    expect(await say(port, `${GET}${many}\r\n`)).toMatch(/\r\n\r\n100$/);
  });

  it('has so many connections, with all the others', async () => {
    const port = await start({ maxConnections: 2 });
    const kept = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all(kept.map((socket) => once(socket, 'connect')));
    expect(await say(port, `${GET}\r\n`)).toBe('');
    for (const socket of kept) socket.destroy();
  });
});

describe('an application of Express', () => {
  it('is given requests and answers whose prototypes it need not change', async () => {
    const app = express();
    app.get('/', (req, res) => void res.json({ ip: req.ip, isOurs: req.app === app && res.app === app }));
    const port = await start({}, app);
    const asGiven: boolean[] = [];
    servers
      .at(-1)
      ?.prependListener('request', (req, res) =>
        asGiven.push(Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response),
      );
    const text = await say(port, `${GET}\r\n`.repeat(2));
    expect(text.match(/\{"ip":"127\.0\.0\.1","isOurs":true\}/g)).toHaveLength(2);
    expect(asGiven).toEqual([true, true, true, true]);
  });
});
