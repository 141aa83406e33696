import { Router } from 'express';
import type { Services } from '../../services.js';
import { bulkRouter } from './bulkRouter.js';
import { counterRouter } from './counter/router.js';
import { queueRouter } from './queueRouter.js';
import { sheetRouter } from './sheetRouter.js';

/** The desk of an advisor: the queue, the sheet, and the acts, which other people may have done before. */
export const advisorRouter = (services: Services): Router => {
  const router = Router();

  router.use(bulkRouter(services));
  router.use(queueRouter(services));
  router.use(counterRouter(services));
  router.use(sheetRouter(services));
  return router;
};
