import type { RequestHandler } from 'express';
import { logger } from '../../logger.js';
import { withoutSecrets } from './withoutSecrets.js';

/**
 * One line a request, when its answer has gone or nobody waits for it any more. Headers of an answer hold cookies and addresses:
 * only its status is told. `responseTime` in milliseconds.
 */
export const logRequests: RequestHandler = (req, res, next) => {
  const begun = Date.now();
  res.once('close', () => {
    const { statusCode, writableFinished } = res;
    const { id, method, originalUrl: url } = req;
    const line = {
      reqId: id,
      req: withoutSecrets({ id, method, url }),
      res: writableFinished ? { statusCode } : {},
      responseTime: Date.now() - begun,
    };
    if (!writableFinished) logger.info(line, 'request aborted');
    else if (statusCode < 500) logger.info(line, 'request completed');
    else logger.info({ ...line, err: new Error(`failed with status code ${statusCode}`) }, 'request errored');
  });
  next();
};
