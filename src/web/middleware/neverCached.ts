import type { RequestHandler } from 'express';

/** Pages with personal data stay neither in a shared cache nor behind the back button after signing out. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
