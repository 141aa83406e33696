import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { bulkScreen } from './bulk.js';
import { bulkDoneScreen } from './bulkDone.js';

/** Acting on several projects at once. Before the sheets: their addresses begin alike. */
export const bulkRouter = (services: Services): Router => {
  const router = Router();
  const mayAct = [neverCached, requires('actOnReferral')];
  const screen = bulkScreen(services);
  router.get(paths.bulk(), mayAct, screen.back);
  router.post(paths.bulk(), mayAct, screen.ask);
  router.get(paths.bulkAct(), mayAct, screen.back);
  router.post(paths.bulkAct(), mayAct, screen.submit);
  router.get(paths.bulkDone(), mayAct, bulkDoneScreen(services).show);
  return router;
};
