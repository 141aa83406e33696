import { type Request, type Response, Router } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { requires } from '../middleware/staffSession.js';
import { accountScreen } from './account.js';
import { accountsScreen, inviteScreen } from './accounts.js';
import { closeAccountScreen } from './closeAccount.js';
import { eraseAccountScreen } from './eraseAccount.js';

/** Who may sign in: invited, changed, closed, opened again and erased by administrators. */
export const accountsRouter = (services: Services): Router => {
  const router = Router();
  const mayManage = [requires('manageAccounts'), neverCached];
  const invite = inviteScreen(services);
  const one = accountScreen(services);
  const close = closeAccountScreen(services);
  const erase = eraseAccountScreen(services);
  router.get(paths.accounts(), mayManage, accountsScreen(services).show);
  router.get(paths.inviteAccount(), mayManage, invite.show);
  router.post(paths.inviteAccount(), mayManage, invite.submit);
  router.get(paths.account(':id'), mayManage, one.show);
  router.post(paths.account(':id'), mayManage, one.change);
  router.get(paths.closeAccount(':id'), mayManage, close.show);
  router.post(paths.closeAccount(':id'), mayManage, close.submit);
  router.get(paths.eraseAccount(':id'), mayManage, erase.show);
  router.post(paths.eraseAccount(':id'), mayManage, erase.submit);
  const acts = [
    [paths.inviteAgain(':id'), one.inviteAgain],
    [paths.reopenAccount(':id'), one.reopen],
    [paths.resetSecondFactor(':id'), one.resetSecondFactor],
  ] as const;
  for (const [path, act] of acts) {
    // Whoever signs in again after sending one of these forms comes back by its address.
    router.get(path, mayManage, (req: Request, res: Response) =>
      res.redirect(303, paths.account(encodeURIComponent(String(req.params['id'])))),
    );
    router.post(path, mayManage, act);
  }
  return router;
};
