import type { Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';

const destroyed = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });

/**
 * Ends the session in the store, not only in the browser. Whoever came by the organisation's own provider is still known there: a
 * link closes that session too. A link, for a redirect after a form may not leave this site (`form-action` of our policy).
 */
export const signOutScreen =
  ({ singleSignOn, recordSignOut }: Pick<Services, 'singleSignOn' | 'recordSignOut'>) =>
  async (req: Request, res: Response): Promise<void> => {
    const { idToken } = req.session;
    if (req.account) await recordSignOut(req.account);
    await destroyed(req);
    const elsewhere = idToken && singleSignOn ? await singleSignOn.signOutAddress(idToken) : null;
    if (!singleSignOn || !elsewhere) return res.redirect(303, `${paths.signIn()}?fait=deconnexion`);
    const { name } = singleSignOn;
    await renderPage(res, 'account/signedOut', {
      title: 'Votre session est fermée ici',
      lead: `Elle reste ouverte chez ${name}. Sur un ordinateur partagé, fermez-la aussi.`,
      elsewhere: { href: elsewhere, label: `Fermer la session chez ${name}` },
    });
  };
