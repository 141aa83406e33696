import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { KnownError } from '../../errors.js';

const WINDOW_MINUTES = 5;

/** So many failed attempts from one address in five minutes, then a pause. Counted in this process: no store, no outage. */
export const limitAttempts = (attempts: number): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MINUTES * 60_000,
    limit: attempts,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Whether a proxy is in front is a setting (TRUST_PROXY): a visitor who sends its header is no reason to log.
    validate: { xForwardedForHeader: false },
    handler: (_req, _res, next) => {
      const wait = `Attendez ${WINDOW_MINUTES} minutes, puis essayez à nouveau.`;
      next(new KnownError(429, 'Trop d’essais à la suite', wait));
    },
  });
