import type { RequestHandler } from 'express';
import type { Services } from '../../services.js';

/**
 * GET /readyz: whether this process is to be given requests, within a second. 503 while it stops, while the store is away
 * and until it is migrated; the JSON says which, and whether Redis answers, without which people are served all the same.
 */
export const readyz =
  ({ readiness }: Pick<Services, 'readiness'>): RequestHandler =>
  async (_req, res) => {
    const standing = await readiness.look();
    res
      .set('Cache-Control', 'no-store')
      .status(standing.ready ? 200 : 503)
      .json(standing);
  };
