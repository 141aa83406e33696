import type { RequestHandler } from 'express';

declare module 'express-serve-static-core' {
  interface Request {
    /** Code of the link by which this page was opened (`?via=`); null when there is none. */
    channel: string | null;
  }
}

const CODE = /^[a-z0-9-]{1,40}$/;

/** Reads `?via=` and keeps nothing: pages hand it on to the questionnaire, which does. */
export const entryChannel: RequestHandler = (req, res, next) => {
  const via = req.query['via'];
  req.channel = typeof via === 'string' && CODE.test(via) ? via : null;
  next();
};
