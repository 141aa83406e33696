import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { partnerInWords } from '../projectWords.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'closeAccount' | 'readAccount' | 'territory'>;

/** Closing an account, after a page that says what follows. */
export const closeAccountScreen = ({ closeAccount, readAccount, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const { account: one } = await readAccount(accountOf(req.account), String(req.params['id']));
    await renderPage(res, 'admin/closeAccount', {
      title: `Fermer le compte de ${one.name}`,
      isOpen: one.active,
      isOwn: one.id === accountOf(req.account).id,
      partner: one.partner && partnerInWords(one.partner, territory),
      action: paths.closeAccount(one.id),
      back: paths.account(one.id),
    });
  },

  async submit(req: Request, res: Response): Promise<void> {
    const id = String(req.params['id']);
    const passed = await closeAccount(accountOf(req.account), id);
    res.redirect(303, `${paths.account(id)}?fait=ferme&projets=${passed}`);
  },
});
