import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { entryChannel } from '../middleware/entryChannel.js';
import { neverCached, onlyForBack } from '../middleware/neverCached.js';
import { alreadySentScreen } from './alreadySent.js';
import { showCharter } from './charter.js';
import { checkScreen } from './check.js';
import { suggestCommunes } from './communes.js';
import { figuresPage } from './figuresPage.js';
import { followUpRouter } from './followUpRouter.js';
import { showHome } from './home.js';
import { laterScreen } from './later.js';
import { showAccessibility, showLegal, showPrivacy } from './legal.js';
import { notIndexed } from './ownProjectPage.js';
import { showPartners } from './partners.js';
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

  router.use(entryChannel);
  router.get(paths.home(), showHome(services));
  router.get(paths.partners(), showPartners(services));
  router.get(paths.publicFigures(), figuresPage(services).show);
  router.get(paths.publicFiguresJson(), figuresPage(services).showJson);
  router.get(paths.charter(), showCharter(services));
  router.get(paths.legal(), showLegal(services));
  router.get(paths.privacy(), showPrivacy(services));
  router.get(paths.accessibility(), showAccessibility(services));
  router.get(paths.communes(), suggestCommunes(services));

  router.use([paths.start(), paths.resume(':token')], neverCached);
  router.use(paths.resume(':token'), notIndexed);
  router.get(paths.start(), start.show);
  router.post(paths.startOver(), start.submit);
  router.get(paths.later(), later.show);
  router.post(paths.later(), later.submit);
  router.get(paths.resume(':token'), resume.show);
  router.post(paths.resume(':token'), resume.submit);
  router.get(paths.check(), check.show);
  router.post(paths.check(), check.submit);
  router.get(paths.alreadySent(), alreadySent.show);
  router.post(paths.alreadySent(), alreadySent.submit);
  router.use(paths.step(':slug'), onlyForBack);
  router.get(paths.step(':slug'), step.show);
  router.post(paths.step(':slug'), step.submit);

  router.use(followUpRouter(services));
  return router;
};
