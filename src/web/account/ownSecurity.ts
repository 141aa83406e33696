import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { changePasswordScreen } from './changePassword.js';
import { recoveryCodesScreen } from './recoveryCodes.js';
import { removeSecondFactorScreen, secondFactorScreen } from './secondFactor.js';
import { staffDataScreen } from './staffData.js';

/** The own password, second factor and data, for whoever is signed in. */
export const ownSecurityRouter = (services: Services): Router => {
  const router = Router();
  for (const [path, screen] of [
    [paths.changePassword(), changePasswordScreen(services)],
    [paths.secondFactor(), secondFactorScreen(services)],
    [paths.removeSecondFactor(), removeSecondFactorScreen(services)],
    [paths.recoveryCodes(), recoveryCodesScreen(services)],
  ] as const) {
    router.get(path, neverCached, requires('keepOwnAccount'), screen.show);
    router.post(path, neverCached, requires('keepOwnAccount'), screen.submit);
  }
  const data = staffDataScreen(services);
  router.get(paths.staffData(), neverCached, requires('keepOwnAccount'), data.show);
  router.get(paths.staffDataJson(), neverCached, requires('keepOwnAccount'), data.download);
  return router;
};
