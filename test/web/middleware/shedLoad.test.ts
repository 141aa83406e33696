import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { Agent, request as ask, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express, { type Express } from 'express';
import { logger } from '../../../src/logger.js';
import { shedLoad } from '../../../src/web/middleware/shedLoad.js';
import { faultsOf } from '../../support/checkHtml.js';
import { until } from '../../support/startProcesses.js';

const LIMITS = { underWay: 10, slowBody: 200, reading: 50, slice: 1 };

interface Answer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}
const servers: Server[] = [];
const agent = new Agent({ keepAlive: false });
const before = logger.level;

beforeAll(() => {
  logger.level = 'silent';
});
afterAll(() => {
  logger.level = before;
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Requests to /held wait until `letGo`; those to /work take 3 ms of processor time each. */
const start = async (more: (app: Express) => void = () => undefined) => {
  const held: (() => void)[] = [];
  const done = { begun: 0, worked: 0 };
  const app = express();
  app.get('/livez', (_req, res) => void res.send('ok'));
  more(app);
  app.use(shedLoad(LIMITS));
  app.all('/held', (req, res) => {
    done.begun += 1;
    req.resume();
    held.push(() => void res.send('held'));
  });
  app.get('/work', (_req, res) => {
    const end = performance.now() + 3;
    while (performance.now() < end) done.worked += 1;
    res.send('worked');
  });
  app.get('/long', (_req, res) => void res.send('x'.repeat(8_000_000)));
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const [answer] = (await once(ask({ agent, port, path, headers }).end(), 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    return { status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body };
  };
  const letGo = (): void => {
    for (const one of held.splice(0)) one();
  };
  return {
    app,
    port,
    done,
    held,
    get,
    letGo,
    hold: (count: number) => Array.from({ length: count }, () => get('/held')),
  };
};

describe('more requests than the process can take', () => {
  it('are refused with a hint in two languages, those begun are answered, and all is well at once after', async () => {
    const { get, hold, held, letGo } = await start();
    const begun = hold(10);
    await until('ten requests under way', () => held.length === 10);

    const refused = await get('/work');
    expect([refused.status, refused.retryAfter]).toEqual([503, '5']);
    expect(refused.body).toMatch(/Rechargez cette page[\s\S]+lang="en"[\s\S]+Reload this page/);
    expect(await faultsOf(refused.body)).toEqual([]);
    expect((await get('/livez')).status).toBe(200);

    letGo();
    expect((await Promise.all(begun)).map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await get('/work')).status).toBe(200);
  });

  it('are counted as they come, on connections that were not yet accepted too, and whether or not they wait for anything', async () => {
    const { get, done } = await start();
    await get('/work');
    const rush = await Promise.all(Array.from({ length: 100 }, () => get('/work')));
    const of = (wanted: number): number => rush.filter(({ status }) => status === wanted).length;
    expect(of(200) + of(503)).toBe(100);
    // While ten wait, some are worked off: not many, for what comes is read first.
    expect(of(200)).toBeGreaterThanOrEqual(10);
    expect(of(503)).toBeGreaterThanOrEqual(40);
    expect(done.worked).toBeGreaterThan(0);
    expect((await get('/work')).status).toBe(200);
  });

  it('never are when they come one after the other, however many', async () => {
    const { get } = await start();
    for (let i = 0; i < 60; i += 1) expect((await get('/work')).status).toBe(200);
  });
});

describe('what is under way', () => {
  it('is not a body that is slow to come, nor an answer that is slow to be taken', async () => {
    const { get, port } = await start();
    const slow = Array.from({ length: 10 }, () =>
      connect(port, '127.0.0.1', function (this: ReturnType<typeof connect>) {
        this.write('POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\na');
      }),
    );
    const lazy = Array.from({ length: 10 }, () =>
      connect(port, '127.0.0.1', function (this: ReturnType<typeof connect>) {
        this.pause().write('GET /long HTTP/1.1\r\nHost: a\r\n\r\n');
      }),
    );
    await until('room again', async () => (await get('/work')).status === 200, 5);
    for (const socket of [...slow, ...lazy]) socket.destroy();
  });

  it('ends when whoever asked has left', async () => {
    const { done, get, held, hold, port } = await start();
    const begun = hold(9);
    await until('nine requests under way', () => held.length === 9);
    const impatient = connect(port, '127.0.0.1');
    impatient.write('GET /held HTTP/1.1\r\nHost: a\r\n\r\n');
    await until('ten requests under way', () => done.begun === 10);
    expect((await get('/work')).status).toBe(503);
    impatient.destroy();
    await until('room for one', async () => (await get('/work')).status === 200, 5);
    for (const one of held) one();
    await Promise.all(begun);
  });
});

it('keeps what follows each request apart', async () => {
  const follows = new AsyncLocalStorage<string>();
  const { app, get } = await start((before) =>
    before.use((req, _res, next) => follows.run(String(req.headers['x-name']), next)),
  );
  app.get('/who', (_req, res) => void res.send(follows.getStore()));
  const names = Array.from({ length: 10 }, (_, i) => `request ${i}`);
  const answers = await Promise.all(names.map((name) => get('/who', { 'x-name': name })));
  expect(answers.map(({ body }) => body)).toEqual(names);
});
