import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { forRequest } from '../../logger.js';

declare module 'express-serve-static-core' {
  interface Request {
    /** Names it in the answer and in the log. */
    id: string;
  }
}

/** As proxies write them: hexadecimal figures, with or without hyphens. Nothing that somebody could have hidden a name in. */
const WELL_FORMED = /^[0-9a-f]{8,32}(-[0-9a-f]{1,16}){0,8}$/i;

/** That of the proxy, if we are told to trust one. */
const given = (req: Request, isBehindProxy: boolean): string | undefined => {
  const id = isBehindProxy ? req.get('X-Request-Id') : undefined;
  return id && id.length <= 64 && WELL_FORMED.test(id) ? id : undefined;
};

/**
 * Gives each request an id, told in the answer (X-Request-Id), that each of its log lines bears, and each line of the jobs
 * that it queues. First on the way of a request.
 */
export const nameRequest =
  ({ trustProxy }: { trustProxy: number }): RequestHandler =>
  (req, res, next) => {
    const id = given(req, trustProxy > 0) ?? randomUUID();
    req.id = id;
    res.setHeader('X-Request-Id', id);
    forRequest(id, next);
  };
