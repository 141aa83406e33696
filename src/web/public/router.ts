import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { entryChannel } from '../middleware/entryChannel.js';
import { neverCached, onlyForBack } from '../middleware/neverCached.js';
import { anybody, byLink } from '../middleware/routeNeeds.js';
import { alreadySentScreen } from './alreadySent.js';
import { checkScreen } from './check.js';
import { suggestCommunes } from './communes.js';
import { showFiguresJson } from './figuresPage.js';
import { followUpRouter } from './followUpRouter.js';
import { laterScreen } from './later.js';
import { openPages } from './openRouter.js';
import { resumeScreen } from './resume.js';
import { startScreen } from './start.js';
import { stepScreen } from './step.js';

/** The pages that a project holder sees, in the order in which they are met. */
export const publicRouter = (services: Services): Router => {
  const router = Router();
  const start = startScreen(services);
  const later = laterScreen(services);
  const resume = resumeScreen(services);
  const step = stepScreen(services);
  const check = checkScreen(services);
  const alreadySent = alreadySentScreen(services);
  const mayResume = byLink('resume');

  router.use(entryChannel);
  for (const { path, show } of openPages(services)) router.get(path, anybody, show);
  router.get(paths.publicFiguresJson(), anybody, showFiguresJson(services));
  router.get(paths.communes(), anybody, suggestCommunes(services));

  router.use(paths.start(), neverCached);
  router.get(paths.start(), anybody, start.show);
  router.post(paths.startOver(), anybody, start.submit);
  router.get(paths.later(), anybody, later.show);
  router.post(paths.later(), anybody, later.submit);
  router.get(paths.resume(':token'), mayResume, resume.show);
  router.post(paths.resume(':token'), mayResume, resume.submit);
  router.get(paths.check(), anybody, check.show);
  router.post(paths.check(), anybody, check.submit);
  router.get(paths.alreadySent(), anybody, alreadySent.show);
  router.post(paths.alreadySent(), anybody, alreadySent.submit);
  router.use(paths.step(':slug'), onlyForBack);
  router.get(paths.step(':slug'), anybody, step.show);
  router.post(paths.step(':slug'), anybody, step.submit);

  router.use(followUpRouter(services));
  return router;
};
