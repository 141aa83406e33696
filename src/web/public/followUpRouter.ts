import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { followUpScreen } from './followUp.js';
import { ownAppointmentScreen } from './followUpAppointment.js';
import { becameScreen } from './followUpBecame.js';
import { contactScreen } from './followUpContact.js';
import { ownDataScreen } from './followUpData.js';
import { eraseScreen, showErased } from './followUpErase.js';
import { messageScreen } from './followUpMessage.js';
import { nobodyCalledScreen } from './followUpNobodyCalled.js';
import { surveyScreen } from './followUpSurvey.js';
import { withdrawScreen } from './followUpWithdraw.js';
import { lostLinkScreen } from './lostLink.js';
import { notIndexed } from './ownProjectPage.js';

/** The holder's own page, the small pages that it opens, and what to do when its address is lost. */
export const followUpRouter = (services: Services): Router => {
  const router = Router();
  const ownData = ownDataScreen(services);
  const lostLink = lostLinkScreen(services);

  router.use(paths.followUp(':token'), neverCached, notIndexed);
  router.get(paths.followUp(':token'), followUpScreen(services).show);
  for (const [path, screen] of [
    [paths.addMessage(':token'), messageScreen(services)],
    [paths.correctContact(':token'), contactScreen(services)],
    [paths.nobodyCalled(':token'), nobodyCalledScreen(services)],
    [paths.survey(':token'), surveyScreen(services)],
    [paths.became(':token'), becameScreen(services)],
    [paths.withdraw(':token'), withdrawScreen(services)],
    [paths.erase(':token'), eraseScreen(services)],
  ] as const) {
    router.get(path, screen.show);
    router.post(path, screen.submit);
  }
  router.get(paths.ownAppointment(':token'), ownAppointmentScreen(services).download);
  router.get(paths.ownData(':token'), ownData.show);
  router.get(paths.ownDataJson(':token'), ownData.download);

  router.get(paths.erased(), showErased);
  router.get(paths.lostLink(), lostLink.show);
  router.post(paths.lostLink(), lostLink.submit);
  return router;
};
