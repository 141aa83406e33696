import type { RequestHandler } from 'express';
import { Unavailable } from '../../errors.js';

/** Milliseconds: less than the ten seconds that no request may exceed, however the time is rounded. */
const LONGEST = 8000;
/** How often that is looked at. */
const TICK = 500;

/**
 * Ends the wait of a request whose answer has not begun within `longest` milliseconds of its last byte, whatever it waits for:
 * Unavailable. What it waited for may still come, and is not shown.
 */
export const answerInTime =
  (longest = LONGEST): RequestHandler =>
  (req, res, next) => {
    let left = longest;
    const watch = setInterval(() => {
      if (req.complete) left -= TICK;
      const isAnswered = res.headersSent || res.destroyed;
      if (left > 0 && !isAnswered) return;
      clearInterval(watch);
      if (!isAnswered) next(new Unavailable(`no answer within ${longest} ms`));
    }, TICK).unref();
    next();
  };
