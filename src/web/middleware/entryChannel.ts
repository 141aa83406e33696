import type { RequestHandler } from 'express';
import { isChannelCode } from '../../domain/questionnaire/channel.js';

declare module 'express-serve-static-core' {
  interface Request {
    /** Code of the link by which this page was opened (`?via=`); null when there is none. */
    channel: string | null;
  }
}

/** Reads `?via=` and keeps nothing: pages hand it on to the questionnaire, which does. */
export const entryChannel: RequestHandler = (req, _res, next) => {
  const via = req.query['via'];
  req.channel = isChannelCode(via) ? via : null;
  next();
};
