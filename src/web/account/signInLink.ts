import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { showClosedLink } from './closedLink.js';
import type { EnterDesk } from './enterDesk.js';

/** The page behind a link to sign in. Opening it changes nothing; its button signs in, once. */
export const signInLinkScreen = (
  { readAccountLink, signInByLink }: Pick<Services, 'readAccountLink' | 'signInByLink'>,
  enter: EnterDesk,
) => {
  const tokenOf = (req: Request): string => String(req.params['token']);

  const show = async (req: Request, res: Response): Promise<void> => {
    const link = await readAccountLink('sign-in', tokenOf(req));
    if (link.state !== 'open') return showClosedLink(res, 'sign-in', link.state);
    const page = { title: `Bonjour ${link.name}`, action: paths.signInLink(tokenOf(req)) };
    await renderPage(res, 'account/signInLink', page);
  };

  return {
    show,

    async submit(req: Request, res: Response): Promise<void> {
      const person = await signInByLink(tokenOf(req));
      return person ? enter(req, res, person, { how: 'link' }) : show(req, res);
    },
  };
};
