import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { followUpPage } from './followUpPage.js';
import { languageFor, tokenOf } from './ownProjectPage.js';

type Uses = Pick<Services, 'territory' | 'clock' | 'followProject'>;

/** The holder's own page, opened by its secret address; the receipt is its first display. */
export const followUpScreen = ({ territory, clock, followProject }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const token = tokenOf(req);
    const followed = await followProject(token);
    if (!followed) return res.redirect(303, paths.erased());
    const language = languageFor(req, followed.project);
    const received = req.query['recu'] === '1';
    const done = String(req.query['fait'] ?? '');
    const page = followUpPage(followed, { token, language, now: clock(), territory, received, done });
    await renderPage(res, 'public/followUp', page, { language });
  },
});
