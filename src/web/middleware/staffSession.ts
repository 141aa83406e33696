import type { RequestHandler } from 'express';
import session, { type Store } from 'express-session';
import { type Account, may, type Permission } from '../../domain/referrals/access.js';
import { Forbidden } from '../../errors.js';
import { paths } from '../../paths.js';
import { cookieName } from './visitor.js';

declare module 'express-session' {
  interface SessionData {
    account: string;
  }
}
declare module 'express-serve-static-core' {
  interface Request {
    /** Who is signed in; undefined on pages that anybody may open. */
    account?: Account;
  }
}

const HOUR = 3600 * 1000;
const IDLE_HOURS = 8;

/** Sessions of staff, kept in the store; visitors have none. */
export const staffSession = ({
  store,
  secrets,
  https,
}: {
  store: Store;
  secrets: string[];
  https: boolean;
}): RequestHandler =>
  session({
    store,
    secret: secrets,
    name: cookieName('session', https),
    resave: false,
    rolling: true,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: IDLE_HOURS * HOUR },
  });

/** Puts the account of the session on the request, if it still is in use. */
export const knowAccount =
  (accountById: (id: string) => Promise<Account | null>): RequestHandler =>
  async (req, res, next) => {
    const account = req.session?.account ? await accountById(req.session.account) : null;
    if (account) req.account = account;
    res.locals['account'] = account;
    next();
  };

/** Lets through only who may do this. It says what it asks for, so that routes can be checked against the table. */
export type Guard = RequestHandler & { permission: Permission };

/** Lets through only who may do this; who is not signed in is sent to sign in, and comes back afterwards. */
export const requires = (permission: Permission): Guard => {
  const guard: RequestHandler = (req, res, next) => {
    if (!req.account) return res.redirect(303, `${paths.signIn()}?suite=${encodeURIComponent(req.originalUrl)}`);
    if (!may(req.account, permission)) throw new Forbidden();
    next();
  };
  return Object.assign(guard, { permission });
};

/** The account of a request that `requires` let through. */
export const accountOf = (account: Account | undefined): Account => {
  if (!account) throw new Forbidden();
  return account;
};
