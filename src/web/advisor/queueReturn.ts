import type { Request } from 'express';
import { paths } from '../../paths.js';

declare module 'express-session' {
  interface SessionData {
    /** The queue as it was last seen: basket, filters and page, as the end of its address. */
    queue: string;
  }
}

/** Longer addresses are not remembered. */
const LONGEST = 1000;

/** Keeps where in the queue the reader is, so that every sheet and act leads back there. */
export const rememberQueue = (req: Request): void => {
  const at = req.originalUrl.indexOf('?');
  const query = at < 0 ? '' : req.originalUrl.slice(at);
  if (query.length <= LONGEST && (req.session.queue ?? '') !== query) req.session.queue = query;
};

/** The address of the queue as the reader last saw it: same basket, filters and page. */
export const backToQueue = (req: Request): string => paths.queue() + (req.session?.queue ?? '');
