import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { policyOfBoard } from '../middleware/secureHeaders.js';
import { renderPage } from '../renderPage.js';

/**
 * An application of Express of somebody else, which makes the request and the answer its own: nothing of ours is shown to its
 * pages. What it hands on is ours again, as it is for one that is mounted.
 */
const inItsOwnRight =
  (other: RequestHandler): RequestHandler =>
  (req, res, next) => {
    const ours = req.app as Express;
    const { locals } = res;
    res.locals = {};
    return other(req, res, (error?: unknown) => {
      Object.setPrototypeOf(req, ours.request);
      Object.setPrototypeOf(res, ours.response);
      res.locals = locals;
      next(error);
    });
  };

/** Bull Board, behind our own door; while Redis is away, a page that says so. */
export const boardScreen =
  ({ queueBoard }: Pick<Services, 'queueBoard'>) =>
  async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const board = await queueBoard();
    if (!board) {
      const model = { title: 'Redis ne répond pas', operations: paths.operations() };
      return renderPage(res, 'admin/boardAway', model, { status: 503 });
    }
    policyOfBoard(res);
    await inItsOwnRight(board)(req, res, next);
  };
