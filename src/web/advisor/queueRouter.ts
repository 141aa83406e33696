import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { freshnessScreen } from './freshness.js';
import { queueScreen } from './queue.js';
import { savedViewsScreen } from './savedViews.js';
import { shortcutsScreen } from './shortcuts.js';

/** The queue and what goes with it. Mounted before the sheets, whose addresses begin in the same way. */
export const queueRouter = (services: Services): Router => {
  const router = Router();
  const views = savedViewsScreen(services);
  const maySee = [neverCached, requires('seeQueue')];

  router.get(paths.queue(), maySee, queueScreen(services).show);
  // A manager reads sheets, whose pages ask as well: the answer is then that nothing changed.
  router.get(paths.freshness(), neverCached, requires('seeReferral'), freshnessScreen(services).show);
  router.get(paths.savedViews(), maySee, views.show);
  router.post(paths.savedViews(), maySee, views.submit);
  router.get(paths.shortcuts(), maySee, shortcutsScreen().show);
  return router;
};
