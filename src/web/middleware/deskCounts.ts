import type { RequestHandler, Response } from 'express';
import type { Account } from '../../domain/referrals/access.js';
import { logger } from '../../logger.js';
import type { DeskCounts } from '../../services/readDeskCounts.js';

type ReadCounts = () => Promise<DeskCounts | null>;

/** Lets pages of staff count what waits for the account, for the menu: read only when such a page is shown. */
export const deskCounts =
  (readDeskCounts: (reader: Account) => Promise<DeskCounts>): RequestHandler =>
  (req, res, next) => {
    const { account } = req;
    const read: ReadCounts = async () => (account ? readDeskCounts(account) : null);
    res.locals['deskCounts'] = read;
    next();
  };

/** For a page that has counted it already. */
export const knowDeskCounts = (res: Response, counts: DeskCounts): void => {
  const read: ReadCounts = async () => counts;
  res.locals['deskCounts'] = read;
};

/** What waits for whoever reads this page. A menu without figures is better than no page: null when counting fails. */
export const deskCountsOf = async (res: Response): Promise<DeskCounts | null> => {
  try {
    return (await (res.locals['deskCounts'] as ReadCounts | undefined)?.()) ?? null;
  } catch (error) {
    logger.error({ err: error }, 'could not count for the menu');
    return null;
  }
};
