import { type Request, type Response, Router } from 'express';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { neverCached } from '../../middleware/neverCached.js';
import { showConflict } from '../../middleware/showConflict.js';
import { requires } from '../../middleware/staffSession.js';
import { counterCheckScreen } from './counterCheck.js';
import { counterReceiptScreen } from './counterReceipt.js';
import { counterStartScreen } from './counterStart.js';
import { counterStepScreen } from './counterStep.js';
import { toCallScreen } from './toCall.js';

/** Entering a project for somebody who telephones or comes to the counter, and what is said to who has no e-mail. */
export const counterRouter = (services: Services): Router => {
  const router = Router();
  const mayEnter = [neverCached, requires('enterProject')];
  const start = counterStartScreen(services);
  const step = counterStepScreen(services);
  const check = counterCheckScreen(services);
  const receipt = counterReceiptScreen(services);
  const toCall = toCallScreen(services);
  const conflict = showConflict(paths.counterCheck);

  router.get(paths.counter(), mayEnter, start.show);
  router.post(paths.counter(), mayEnter, start.submit);
  router.get(paths.counterReceipt(':id'), mayEnter, receipt.show);
  router.post(paths.counterReceipt(':id'), mayEnter, receipt.submit);
  router.get(paths.counterCheck(':id'), mayEnter, check.show);
  router.post(paths.counterCheck(':id'), mayEnter, check.submit, conflict);
  // Whoever signs in again after sending one of these forms comes back by its address.
  router.get(paths.counterAbandon(':id'), mayEnter, (_req: Request, res: Response) =>
    res.redirect(303, paths.counter()),
  );
  router.get(paths.markSaid(':id'), mayEnter, (_req: Request, res: Response) => res.redirect(303, paths.toCall()));
  router.post(paths.counterAbandon(':id'), mayEnter, start.abandon);
  router.get(paths.counterStep(':id', ':page'), mayEnter, step.show);
  router.post(paths.counterStep(':id', ':page'), mayEnter, step.submit, conflict);
  router.get(paths.toCall(), mayEnter, toCall.show);
  router.post(paths.markSaid(':id'), mayEnter, toCall.submit);
  return router;
};
