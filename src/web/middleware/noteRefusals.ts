import type { ErrorRequestHandler, Request } from 'express';
import { Forbidden } from '../../errors.js';
import { logger } from '../../logger.js';
import type { Services } from '../../services.js';

/** "GET /dossiers/:id": the route that answers, as it is written down; an address may hold a secret. */
const patternOf = ({ method, route, baseUrl }: Request): string => {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  return `${method} ${typeof path === 'string' ? path : baseUrl || 'autre'}`;
};

/** Keeps in the audit log that somebody signed in was refused something. The refusal stands, whatever becomes of the note. */
export const noteRefusals =
  ({ noteRefusal }: Pick<Services, 'noteRefusal'>): ErrorRequestHandler =>
  async (error, req, _res, next) => {
    if (error instanceof Forbidden && req.account) {
      await noteRefusal(req.account, patternOf(req)).catch((fault: unknown) => {
        logger.error({ err: fault }, 'refusal not noted');
      });
    }
    next(error);
  };
