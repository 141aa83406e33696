import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { sendAgainScreen } from '../emails/sendAgain.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { accountsRouter } from './accountsRouter.js';
import { auditScreen } from './audit.js';
import { boardScreen } from './boardScreen.js';
import { operationsScreen, retryScreen } from './operations.js';
import { processingScreen } from './processing.js';

/** How the machinery stands, and what people put right by hand: an e-mail sent again, failures tried again. */
export const adminRouter = (services: Services): Router => {
  const router = Router();
  const maySend = [neverCached, requires('sendAgain')];
  const again = sendAgainScreen(services);
  router.get(paths.sendAgain(':id'), maySend, again.show);
  router.post(paths.sendAgain(':id'), maySend, again.submit);

  const mayLook = [neverCached, requires('seeOperations')];
  const operations = operationsScreen(services);
  const retry = retryScreen(services);
  router.get(paths.operations(), mayLook, operations.show);
  router.get(paths.retryFailed(), mayLook, retry.show);
  router.post(paths.retryFailed(), mayLook, retry.submit);
  router.get(paths.processing(), neverCached, requires('seeProcessing'), processingScreen(services).show);
  router.post(paths.settleMessage(':id'), neverCached, requires('seeUnmatched'), operations.settle);
  const audit = auditScreen(services);
  router.get(paths.audit(), neverCached, requires('seeAudit'), audit.show);
  router.get(paths.auditFile(), neverCached, requires('seeAudit'), audit.download);
  router.use(accountsRouter(services));
  router.use(paths.queues(), neverCached, requires('seeQueues'), boardScreen(services));
  return router;
};
