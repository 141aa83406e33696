import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { renewVisitor } from '../middleware/visitor.js';
import { signInScreen } from './signIn.js';
import { signOut } from './signOut.js';

/** Signing in and out. */
export const accountRouter = (services: Pick<Services, 'signIn' | 'limits'>, { https }: { https: boolean }): Router => {
  const router = Router();
  const screen = signInScreen(services, renewVisitor(https));
  router.get(paths.signIn(), neverCached, screen.show);
  router.post(paths.signIn(), neverCached, screen.submit);
  router.post(paths.signOut(), signOut);
  return router;
};
