import { AsyncResource } from 'node:async_hooks';
import type { RequestHandler, Response } from 'express';
import { Unavailable } from '../../errors.js';
import { changingSet } from '../changingSet.js';

/** Milliseconds: less than the ten seconds that no request may exceed, however the time is rounded. */
const LONGEST = 8000;
/** How often that is looked at. */
const TICK = 500;

interface Wait {
  res: Response;
  /** Milliseconds. */
  left: number;
  giveUp: () => void;
}

/**
 * Ends the wait of a request whose answer has not begun within `longest` milliseconds of its last byte (or up to a tick less),
 * whatever it waits for: Unavailable. What it waited for may still come, and is not shown. One timer looks at all that wait.
 */
export const answerInTime = (longest = LONGEST): RequestHandler => {
  const waiting = changingSet<Wait>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    for (const { item: wait, leave } of waiting.members()) {
      const { res } = wait;
      if (res.req.complete) wait.left -= TICK;
      const isAnswered = res.headersSent || res.destroyed;
      if (wait.left > 0 && !isAnswered) continue;
      leave();
      if (!isAnswered) wait.giveUp();
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return (_req, res, next) => {
    // In the log, what follows is of this request, and not of the one that the timer was begun for.
    const request = new AsyncResource('WAIT');
    const giveUp = (): void => request.runInAsyncScope(next, null, new Unavailable(`no answer within ${longest} ms`));
    res.once('close', waiting.add({ res, left: longest, giveUp }).leave);
    timer ??= setInterval(look, TICK).unref();
    next();
  };
};
