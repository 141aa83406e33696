import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import session, { type SessionData, type Store } from 'express-session';
import { deviceInWords } from '../../domain/accounts/deviceInWords.js';
import { SESSION_LIMITS } from '../../domain/accounts/sessionLimits.js';
import { type Account, may, type Permission } from '../../domain/referrals/access.js';
import { Forbidden, Unavailable } from '../../errors.js';
import { paths } from '../../paths.js';
import type { SessionProof } from '../../services/accounts/sessionProof.js';
import { type Guard, guard } from './routeNeeds.js';
import { cookieName, cookieOf } from './visitor.js';

/** How somebody showed who they are, before the second factor. */
export type SignInWay = 'password' | 'link' | 'organisation';

declare module 'express-session' {
  interface SessionData {
    /** Who is signed in: the password or the link was right, and so was the second factor where there is one. */
    account: string;
    /** Who has shown a password or a link and not yet a second factor: opens nothing but the pages that ask for it. */
    pending: {
      account: string;
      stamp: string;
      how: SignInWay;
      suite: string;
      at: Date;
      idToken?: string | undefined;
    };
    /** What was shown, beside the account: the password in force then, by its name; and the second factor. */
    stamp: string;
    strong: boolean;
    /** Who has left for the organisation's own provider: what the answer must go with. */
    atProvider: { state: string; nonce: string; verifier: string; suite: string; at: Date };
    /** Who came by that provider: names the session to close there. */
    idToken: string;
    /** How it was signed in, when, and when it was last used; `listId` names it on the list of one's sessions. */
    how: SignInWay;
    startedAt: Date;
    seenAt: Date;
    listId: string;
    /** "Firefox sur Android", never the whole User-Agent. */
    device: string;
  }
}
declare module 'express-serve-static-core' {
  interface Request {
    /** Who is signed in; undefined on pages that anybody may open. */
    account?: Account;
  }
}

const HOUR = 3600 * 1000;

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
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: SESSION_LIMITS.idleHours * HOUR },
  });

/** Whether a request shows the cookie of a session: all else may be left out for visitors. */
export const showsSession = (https: boolean): ((req: Request) => boolean) => {
  const name = cookieName('session', https);
  return (req) => cookieOf(req, name) !== undefined;
};

/** The session of whoever shows one: none is made for others, on pages where none begins. */
export const sessionShown = (session: RequestHandler, https: boolean): RequestHandler => {
  const shows = showsSession(https);
  return (req, res, next) => (shows(req) ? session(req, res, next) : next());
};

/** What the session of somebody who signs in here holds; `at`: the instant, by the clock of the desk. */
export const sessionOf = (
  req: Request,
  { at, ...shown }: SessionProof & { how: SignInWay; at: Date },
): Partial<SessionData> => {
  const device = deviceInWords(req.get('user-agent') ?? '');
  return { ...shown, startedAt: at, listId: randomUUID(), device };
};

/**
 * Keeps what the session holds, before an answer that leads to a page which reads it: the answer's first bytes leave before the
 * session is kept by itself, and a quick browser would be there first.
 */
export const keepSession = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.save((error: unknown) => (error ? reject(error) : resolve()));
  });

/** Puts the account of the session on the request, if the session still lets it in. */
export const knowAccount =
  (accountOfSession: (shown: Partial<SessionProof>) => Promise<Account | null>): RequestHandler =>
  async (req, res, next) => {
    const account = req.session?.account ? await accountOfSession(req.session) : null;
    if (account) req.account = account;
    res.locals['account'] = account;
    next();
  };

/** Pages that say the same to everybody, with nothing of the store that they could not leave out. */
const SAME_FOR_ALL = [
  paths.home(),
  paths.partners(),
  paths.charter(),
  paths.legal(),
  paths.privacy(),
  paths.accessibility(),
  paths.communes(),
];

/** After the two above: while the store is away, these pages are shown to staff as to anybody. */
export const nobodyIfAway: ErrorRequestHandler = (error, req, res, next) => {
  const isShown = error instanceof Unavailable && req.method === 'GET' && SAME_FOR_ALL.includes(req.path);
  if (!isShown) return next(error);
  forgetSession(req);
  res.locals['account'] = null;
  next();
};

/** What is not on the request is neither kept nor marked as used when the answer ends: that would wait for the store. */
export const forgetSession = (req: Request): void => void Reflect.deleteProperty(req, 'session');

/** Lets through only who may do this; who is not signed in is sent to sign in, and comes back afterwards. */
export const requires = (permission: Permission): Guard =>
  guard({ who: 'staff', permission }, (req, res, next) => {
    if (!req.account) return res.redirect(303, `${paths.signIn()}?suite=${encodeURIComponent(req.originalUrl)}`);
    if (!may(req.account, permission)) throw new Forbidden();
    next();
  });

/** Lets through only who has shown a password or a link, and not yet a second factor. */
export const signingIn: Guard = guard({ who: 'signing in' }, (req, res, next) => {
  if (!req.session.pending) return res.redirect(303, paths.signIn());
  next();
});

/** The account of a request that `requires` let through. */
export const accountOf = (account: Account | undefined): Account => {
  if (!account) throw new Forbidden();
  return account;
};
