import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'eraseAccount' | 'readAccount'>;

/** Erasing the data of somebody whose account is closed, after a page that says what goes. */
export const eraseAccountScreen = ({ eraseAccount, readAccount }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { account: one } = await readAccount(accountOf(req.account), String(req.params['id']));
    await renderPage(res, 'admin/eraseAccount', {
      title: `Effacer les données de ${one.name}`,
      isOpen: one.active,
      action: paths.eraseAccount(one.id),
      back: paths.account(one.id),
    });
  },

  /** Back to the list: the account has no page any more. */
  async submit(req: Request, res: Response): Promise<void> {
    await eraseAccount(accountOf(req.account), String(req.params['id']));
    res.redirect(303, `${paths.accounts()}?fait=efface`);
  },
});
