import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { anybody, byLink } from '../middleware/routeNeeds.js';
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

/** The holder's own page, the small pages that it opens, and what to do when its address is lost. */
export const followUpRouter = (services: Services): Router => {
  const router = Router();
  const ownData = ownDataScreen(services);
  const lostLink = lostLinkScreen(services);
  const ownLink = byLink('follow-up');

  router.get(paths.followUp(':token'), ownLink, followUpScreen(services).show);
  for (const [path, screen] of [
    [paths.addMessage(':token'), messageScreen(services)],
    [paths.correctContact(':token'), contactScreen(services)],
    [paths.nobodyCalled(':token'), nobodyCalledScreen(services)],
    [paths.survey(':token'), surveyScreen(services)],
    [paths.became(':token'), becameScreen(services)],
    [paths.withdraw(':token'), withdrawScreen(services)],
    [paths.erase(':token'), eraseScreen(services)],
  ] as const) {
    router.get(path, ownLink, screen.show);
    router.post(path, ownLink, screen.submit);
  }
  router.get(paths.ownAppointment(':token'), ownLink, ownAppointmentScreen(services).download);
  router.get(paths.ownData(':token'), ownLink, ownData.show);
  router.get(paths.ownDataJson(':token'), ownLink, ownData.download);

  router.get(paths.erased(), anybody, showErased);
  router.get(paths.lostLink(), anybody, lostLink.show);
  router.post(paths.lostLink(), anybody, lostLink.submit);
  return router;
};
