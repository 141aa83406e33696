import type { Request, RequestHandler, Response } from 'express';
import type { Account, Role } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';
import { localPath } from './localPath.js';

const LANDING: Record<Role, string> = {
  advisor: paths.queue(),
  lead: paths.queue(),
  manager: paths.figures(),
  observer: paths.figures(),
  admin: paths.operations(),
};

/** The page that was asked for, or the first one of the role. */
export const landingOf = ({ role }: Account, suite: string): string => localPath(suite) ?? LANDING[role];

/** Nothing of the session from before signing in is kept, so that a session planted earlier opens nothing. */
const startSession = (req: Request, { id }: Account): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.regenerate((error: unknown) => {
      if (error) return reject(error);
      req.session.account = id;
      resolve();
    });
  });

/** Signs this browser in, with a new session and a new secret, and leads to the first page. */
export const enterDesk =
  (renewVisitor: RequestHandler) =>
  async (req: Request, res: Response, account: Account, suite = ''): Promise<void> => {
    await startSession(req, account);
    renewVisitor(req, res, () => undefined);
    res.redirect(303, landingOf(account, suite));
  };
export type EnterDesk = ReturnType<typeof enterDesk>;
