import express from 'express';
import request from 'supertest';
import { requestId } from '../../../src/logger.js';
import { nameRequest } from '../../../src/web/middleware/nameRequest.js';

/** Answers by the id that the log would bear while this request is answered. */
const appBehind = (trustProxy: number) => {
  const app = express();
  app.use(nameRequest({ trustProxy }));
  app.get('/', async (_req, res) => {
    await new Promise(setImmediate);
    res.send(requestId());
  });
  return request(app);
};
const ask = async (trustProxy: number, given?: string) => {
  const asking = appBehind(trustProxy).get('/');
  const { headers, text } = await (given === undefined ? asking : asking.set('X-Request-Id', given));
  expect(headers['x-request-id']).toBe(text);
  return text;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NGINX = '8f14e45fceea167a5a36dedd4bea2543';

it('gives each request an id of its own, in the answer and in the log', async () => {
  const ids = await Promise.all([ask(0), ask(0), ask(1)]);
  for (const id of ids) expect(id).toMatch(UUID);
  expect(new Set(ids).size).toBe(3);
  expect(requestId()).toBeUndefined();
});

it('takes that of the proxy, and none when no proxy is trusted', async () => {
  expect(await ask(1, NGINX)).toBe(NGINX);
  expect(await ask(2, '7b0c3a52-9f6e-4c8e-a3b1-2d4f5a6b7c8d')).toBe('7b0c3a52-9f6e-4c8e-a3b1-2d4f5a6b7c8d');
  expect(await ask(0, NGINX)).toMatch(UUID);
});

it.each(['camille@example.org', 'camille-r', '1', `${NGINX}${NGINX}${NGINX}`, '', '{"level":60}', `${NGINX} x`])(
  'takes none that is not well formed: %s',
  async (given) => {
    expect(await ask(1, given)).toMatch(UUID);
  },
);
