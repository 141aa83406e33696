import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { showConflict } from '../middleware/showConflict.js';
import { requires } from '../middleware/staffSession.js';
import { closeScreen } from './close.js';
import { declineScreen } from './decline.js';
import { queueRouter } from './queueRouter.js';
import { sheetScreen } from './sheet.js';
import { takeScreen } from './take.js';

/** The desk of an advisor: the queue, the sheet, and the acts, which other people may have done before. */
export const advisorRouter = (services: Services): Router => {
  const router = Router();
  const mayAct = [neverCached, requires('actOnReferral')];
  const conflict = showConflict(paths.referral);
  const acts = [
    [paths.take(':id'), takeScreen(services)],
    [paths.decline(':id'), declineScreen(services)],
    [paths.close(':id'), closeScreen(services)],
  ] as const;

  router.use(queueRouter(services));
  router.get(paths.referral(':id'), neverCached, requires('seeReferral'), sheetScreen(services).show);
  for (const [address, screen] of acts) {
    router.get(address, mayAct, screen.show, conflict);
    router.post(address, mayAct, screen.submit, conflict);
  }
  return router;
};
