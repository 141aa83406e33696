import type { NextFunction, Request, Response } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { policyOfBoard } from '../middleware/secureHeaders.js';
import { renderPage } from '../renderPage.js';

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
    board(req, res, next);
  };
