import type { RequestHandler } from 'express';

/** Pages with personal data stay neither in a shared cache nor behind the back button after signing out. */
export const neverCached: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/**
 * The pages of the questionnaire are kept by the person's own browser only, and asked for anew each time: without that,
 * going back to a page that came back with errors asks to send the form again.
 */
export const onlyForBack: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'private, no-cache');
  next();
};
