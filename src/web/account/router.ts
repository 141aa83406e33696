import { Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { anybody, byLink } from '../middleware/routeNeeds.js';
import { signingIn } from '../middleware/staffSession.js';
import { renewVisitor } from '../middleware/visitor.js';
import { askLinkScreen } from './askLink.js';
import { enterDesk } from './enterDesk.js';
import { newPasswordScreen } from './newPassword.js';
import { organisationScreen } from './organisation.js';
import { ownAccountRouter } from './ownAccount.js';
import { ownEmailsRouter } from './ownEmails.js';
import { ownSecurityRouter } from './ownSecurity.js';
import { signInScreen } from './signIn.js';
import { signInCodeScreen } from './signInCode.js';
import { signInLinkScreen } from './signInLink.js';
import { signInProtectScreen } from './signInProtect.js';
import { signOutScreen } from './signOut.js';

/** Signing in, by a password or by a link, and out; and what somebody chooses for the own account. */
export const accountRouter = (services: Services, { https }: { https: boolean }): Router => {
  const router = Router();
  const enter = enterDesk(services, renewVisitor(https));
  for (const [path, need, screen] of [
    [paths.signIn(), anybody, signInScreen(services, enter)],
    [paths.signInCode(), signingIn, signInCodeScreen(services, enter, 'code')],
    [paths.signInRecovery(), signingIn, signInCodeScreen(services, enter, 'recovery')],
    [paths.signInProtect(), signingIn, signInProtectScreen(services, enter)],
    [paths.askSignInLink(), anybody, askLinkScreen(services, 'sign-in')],
    [paths.signInLink(':token'), byLink('sign-in'), signInLinkScreen(services, enter)],
    [paths.lostPassword(), anybody, askLinkScreen(services, 'reset')],
    [paths.newPassword(':token'), byLink('reset'), newPasswordScreen(services, enter, 'reset')],
    [paths.invitation(':token'), byLink('invitation'), newPasswordScreen(services, enter, 'invitation')],
  ] as const) {
    router.get(path, need, neverCached, screen.show);
    router.post(path, need, neverCached, screen.submit);
  }
  const organisation = organisationScreen(services, enter);
  router.get(paths.signInElsewhere(), anybody, neverCached, organisation.leave);
  router.get(paths.signInReturn(), anybody, neverCached, organisation.comeBack);
  router.post(paths.signOut(), anybody, signOutScreen(services));
  router.use(ownAccountRouter(services));
  router.use(ownEmailsRouter(services));
  router.use(ownSecurityRouter(services));
  return router;
};
