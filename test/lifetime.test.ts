import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { closeServer, listen } from '../src/lifetime.js';
import { type Readiness, readinessOf } from '../src/services/readiness.js';

/** Seconds for which a stopping server goes on. */
const STOP_DELAY = 0.3;

let server: Server;
let readiness: Readiness;
/** Ends the slow answers. */
let finish: () => void;
let slowAsked: Promise<unknown>;

beforeEach(async () => {
  readiness = readinessOf({ migrations: { behind: async () => [] }, redisAnswers: async () => true });
  const app = express();
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let asked: () => void = () => undefined;
  slowAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  app.get('/quick', (_req, res) => void res.send('quick'));
  app.get('/slow', async (_req, res) => {
    asked();
    await finished;
    res.send('slow');
  });
  app.get('/begun', async (_req, res) => {
    res.write('begun, ');
    asked();
    await finished;
    res.end('and ended');
  });
  server = await listen(app, 0, 'PORT');
});
afterEach(() => server.closeAllConnections());

const ask = async (path: string, agent = new Agent({ keepAlive: true })): Promise<IncomingMessage> => {
  const { port } = server.address() as AddressInfo;
  const [answer] = await once(get({ port, path, agent }), 'response');
  return answer as IncomingMessage;
};
const stop = (stopDelay = STOP_DELAY): Promise<void> => closeServer(server, { readiness, stopDelay });

describe('a server that is asked to stop', () => {
  it('is red at once, and takes requests until the delay is over, each on a connection that ends', async () => {
    const keeping = new Agent({ keepAlive: true });
    const before = await ask('/quick', keeping);
    expect([before.headers.connection, await text(before)]).toEqual(['keep-alive', 'quick']);

    expect((await readiness.look()).ready).toBe(true);
    const stopping = stop();
    expect((await readiness.look()).ready).toBe(false);
    for (const agent of [keeping, new Agent({ keepAlive: true })]) {
      const answer = await ask('/quick', agent);
      expect([answer.headers.connection, await text(answer)]).toEqual(['close', 'quick']);
    }
    const { port } = server.address() as AddressInfo;
    await stopping;
    await expect(once(get({ port, path: '/quick' }), 'response')).rejects.toThrow('ECONNREFUSED');
  });

  it('finishes what it has begun, then closes at once', async () => {
    const slow = ask('/slow');
    await slowAsked;
    const begun = await ask('/begun');
    const stopping = stop(0);
    await new Promise((turn) => setTimeout(turn, 50));
    finish();

    const answer = await slow;
    expect([answer.headers.connection, await text(answer)]).toEqual(['close', 'slow']);
    expect(await text(begun)).toBe('begun, and ended');
    const since = performance.now();
    await stopping;
    expect(performance.now() - since).toBeLessThan(2000);
  });
});
