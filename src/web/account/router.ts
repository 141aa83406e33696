import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { renewVisitor } from '../middleware/visitor.js';
import { limitAttempts } from './limitAttempts.js';
import { signInScreen } from './signIn.js';
import { signOut } from './signOut.js';

const ATTEMPTS = 20;

/** Signing in and out. `attempts`: how many may fail from one address before a pause. */
export const accountRouter = (
  services: Pick<Services, 'signIn'>,
  { https, attempts = ATTEMPTS }: { https: boolean; attempts?: number },
): Router => {
  const router = Router();
  const screen = signInScreen(services, renewVisitor(https));
  router.get(paths.signIn(), neverCached, screen.show);
  router.post(paths.signIn(), limitAttempts(attempts), neverCached, screen.submit);
  router.post(paths.signOut(), signOut);
  return router;
};
