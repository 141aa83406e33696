import type { RequestHandler } from 'express';

/**
 * GET /livez: the process lives and takes requests. It asks nobody: when the store or Redis is away, to be started again
 * would help nothing.
 */
export const livez: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').type('text').send('ok');
};
