import type { RequestHandler } from 'express';
import { Unavailable } from '../../errors.js';
import type { Services } from '../../services.js';

/** Nobody is served from a store that this version does not know how to read yet: 503 until it is migrated. */
export const onlyMigrated =
  ({ readiness }: Pick<Services, 'readiness'>): RequestHandler =>
  async (_req, _res, next) => {
    if (await readiness.isBehind()) throw new Unavailable('the store is not migrated');
    next();
  };
