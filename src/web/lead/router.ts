import { type Request, type Response, Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { absencesScreen } from './absences.js';
import { competencesScreen } from './competences.js';
import { settingsScreen } from './settings.js';
import { teamScreen } from './team.js';

/** What the lead of a partner sees and settles; absences are for advisors too, each their own. */
export const leadRouter = (services: Services): Router => {
  const router = Router();
  const lead = [neverCached, requires('leadPartner')];
  const mayBeAway = [neverCached, requires('enterAbsences')];
  const absences = absencesScreen(services);
  const settings = settingsScreen(services);
  const competences = competencesScreen(services);

  router.get(paths.team(), lead, teamScreen(services).show);
  router.get(paths.absences(), mayBeAway, absences.show);
  router.post(paths.absences(), mayBeAway, absences.submit);
  // Whoever signs in again after sending this form comes back by its address.
  router.get(paths.removeAbsence(':account', ':id'), mayBeAway, (_req: Request, res: Response) =>
    res.redirect(303, paths.absences()),
  );
  router.post(paths.removeAbsence(':account', ':id'), mayBeAway, absences.remove);
  router.get(paths.partnerSettings(), lead, settings.show);
  router.post(paths.partnerSettings(), lead, settings.submit);
  router.get(paths.competences(':account'), lead, competences.show);
  router.post(paths.competences(':account'), lead, competences.submit);
  return router;
};
