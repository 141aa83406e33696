import type { Request, Response } from 'express';
import { NotFound } from '../../errors.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { followUpPage } from './followUpPage.js';

type Uses = Pick<Services, 'territory' | 'clock' | 'followProject'>;

/** The holder's own page, opened by its secret address; the receipt is its first display. */
export const followUpScreen = ({ territory, clock, followProject }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const followed = await followProject(String(req.params['token']));
    if (!followed) throw new NotFound('Ce lien n’ouvre aucun projet. Copiez-le en entier depuis notre e-mail.');
    const received = req.query['recu'] === '1';
    res.set('X-Robots-Tag', 'noindex');
    const page = followUpPage(followed, { received, now: clock(), partnerOf: territory.partner });
    await renderPage(res, 'public/followUp', page);
  },
});
