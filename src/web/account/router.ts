import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { renewVisitor } from '../middleware/visitor.js';
import { notIndexed } from '../public/ownProjectPage.js';
import { askLinkScreen } from './askLink.js';
import { enterDesk } from './enterDesk.js';
import { newPasswordScreen } from './newPassword.js';
import { ownEmailsRouter } from './ownEmails.js';
import { signInScreen } from './signIn.js';
import { signInLinkScreen } from './signInLink.js';
import { signOut } from './signOut.js';

/** Signing in, by a password or by a link, and out; and what somebody chooses for the own account. */
export const accountRouter = (services: Services, { https }: { https: boolean }): Router => {
  const router = Router();
  const enter = enterDesk(renewVisitor(https));
  const secretPlaces = [paths.signInLink(':token'), paths.newPassword(':token'), paths.invitation(':token')];
  router.use(secretPlaces, notIndexed);
  for (const [path, screen] of [
    [paths.signIn(), signInScreen(services, enter)],
    [paths.askSignInLink(), askLinkScreen(services, 'sign-in')],
    [paths.signInLink(':token'), signInLinkScreen(services, enter)],
    [paths.lostPassword(), askLinkScreen(services, 'reset')],
    [paths.newPassword(':token'), newPasswordScreen(services, enter, 'reset')],
    [paths.invitation(':token'), newPasswordScreen(services, enter, 'invitation')],
  ] as const) {
    router.get(path, neverCached, screen.show);
    router.post(path, neverCached, screen.submit);
  }
  router.post(paths.signOut(), signOut);
  router.use(ownEmailsRouter(services));
  return router;
};
