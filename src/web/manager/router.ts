import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { showConflict } from '../middleware/showConflict.js';
import { requires } from '../middleware/staffSession.js';
import { channelsScreen } from './channels.js';
import { closeProjectScreen } from './closeProject.js';
import { figuresScreen } from './figures.js';
import { figuresCsv } from './figuresCsv.js';
import { projectScreen } from './project.js';
import { publicSiteScreen } from './publicSite.js';
import { rulesRouter } from './rules/router.js';
import { sendToScreen } from './sendTo.js';
import { triageScreen } from './triage.js';

/** Steering: the figures, the projects to send by hand, and what was decided on each. */
export const managerRouter = (services: Services): Router => {
  const router = Router();
  const sendTo = sendToScreen(services);
  const maySend = [neverCached, requires('sendToPartner')];
  const conflict = showConflict(paths.projectSheet);

  router.get(paths.figures(), neverCached, requires('seeFigures'), figuresScreen(services).show);
  router.get(paths.figuresCsv(), neverCached, requires('seeFigures'), figuresCsv(services).show);
  router.get(paths.triage(), neverCached, requires('seeTriage'), triageScreen(services).show);
  router.get(paths.projectSheet(':id'), neverCached, requires('seeProject'), projectScreen(services).show);
  router.get(paths.sendTo(':id'), maySend, sendTo.show, conflict);
  router.post(paths.sendTo(':id'), maySend, sendTo.submit, conflict);
  const close = closeProjectScreen(services);
  router.get(paths.closeProject(':id'), maySend, close.show, conflict);
  router.post(paths.closeProject(':id'), maySend, close.submit, conflict);
  const channels = channelsScreen(services);
  const mayLink = [neverCached, requires('seeChannels')];
  router.get(paths.channels(), mayLink, channels.show);
  router.post(paths.channels(), mayLink, channels.submit);
  router.get(paths.channelPoster(':code'), mayLink, channels.showPoster);
  router.post(paths.removeChannel(':code'), mayLink, channels.remove);
  const site = publicSiteScreen(services);
  router.get(paths.publicSite(), neverCached, requires('editPublicSite'), site.show);
  router.post(paths.publicSite(), neverCached, requires('editPublicSite'), site.submit);
  router.use(rulesRouter(services));
  return router;
};
