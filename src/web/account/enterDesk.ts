import type { Request, RequestHandler, Response } from 'express';
import type { Session, SessionData } from 'express-session';
import type { Account, Role } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { keepSession, type SignInWay, sessionOf } from '../middleware/staffSession.js';
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

/**
 * A session under a new name, with nothing in it but what is given: one that was planted or seen earlier opens nothing.
 * Done at each rise of what a session may open.
 */
export const startSession = async (req: Request, data: Partial<SessionData>): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  Object.assign(req.session, data);
  await keepSession(req);
};

/** The same session under a new name, after a change of the password or of the second factor; `shown`: what was shown for it. */
export const renameSession = (
  req: Request,
  shown: Partial<Pick<SessionData, 'stamp' | 'strong'>> = {},
): Promise<void> => {
  const { id, cookie, req: _request, ...data } = req.session as Session & { req?: unknown };
  return startSession(req, { ...data, ...shown });
};

export interface SignedInBy {
  /** How the first factor was shown. */
  how: SignInWay;
  /** Of the password that was shown; where none was, of the one in force. */
  stamp?: string;
  /** The page that was asked for. */
  suite?: string;
  /** The second factor was shown too: here, or to the organisation's own provider. */
  strong?: boolean;
  /** Of that provider: names the session to close there, at sign-out. */
  idToken?: string | undefined;
  /** What to show, once in, instead of going to the first page (given). */
  instead?: (landing: string) => Promise<void>;
}

/**
 * The one door to the desk, after the first factor, and again after the second: signs this browser in with a new session and
 * a new secret and leads to the first page, or keeps the sign-in pending and asks for what is missing.
 */
export const enterDesk =
  (
    {
      clock,
      nextFactor,
      passwordStamp,
      recordSignIn,
    }: Pick<Services, 'clock' | 'nextFactor' | 'passwordStamp' | 'recordSignIn'>,
    renewVisitor: RequestHandler,
  ) =>
  async (req: Request, res: Response, account: Account, by: SignedInBy): Promise<void> => {
    const { how, suite = '', strong = false, idToken, instead } = by;
    const next = strong ? 'none' : await nextFactor(account);
    const stamp = by.stamp ?? (await passwordStamp(account));
    const at = clock();
    if (next !== 'none') {
      await startSession(req, { pending: { account: account.id, stamp, how, suite, at, idToken } });
      return res.redirect(303, next === 'code' ? paths.signInCode() : paths.signInProtect());
    }
    renewVisitor(req, res, () => undefined);
    // First: what cannot be answered for is not done.
    await recordSignIn(account, { how, browser: req.visitor });
    const shown = { account: account.id, stamp, strong, how, at };
    await startSession(req, { ...sessionOf(req, shown), ...(idToken && { idToken }) });
    const landing = landingOf(account, suite);
    if (!instead) return res.redirect(303, landing);
    res.locals['account'] = account;
    await instead(landing);
  };
export type EnterDesk = ReturnType<typeof enterDesk>;
