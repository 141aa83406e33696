import type { Request, Response } from 'express';
import { paths } from '../../paths.js';

/** Ends the session in the store, not only in the browser. */
export const signOut = async (req: Request, res: Response): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
  res.redirect(303, `${paths.signIn()}?fait=deconnexion`);
};
