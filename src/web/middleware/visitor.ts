import { randomBytes } from 'node:crypto';
import type { Express, Request, RequestHandler, Response } from 'express';
import { RETENTION } from '../../domain/privacy/retention.js';

declare module 'express-serve-static-core' {
  interface Request {
    /** Secret of this browser, in a signed cookie: names its draft and binds its forms. Made when it is first asked for. */
    readonly visitor: string;
    /** The one that this answer gives it, if any. */
    newVisitor?: string;
  }
}

const DAY = 24 * 3600 * 1000;
/** As long as the answers that it finds. */
const KEPT_DAYS = RETENTION.drafts.keeps.days;

/** Cookies are Secure and carry the __Host- prefix exactly when the site is served over https. */
export const cookieName = (name: string, https: boolean): string => (https ? `__Host-${name}` : name);

/** A cookie as it was sent; undefined when it was not. For one of them, where nothing reads the others. */
export const cookieOf = ({ headers }: Request, name: string): string | undefined =>
  headers.cookie
    ?.split(/; */)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Gives a browser that has none a new secret. Also after signing in, so that what was known before opens nothing. */
export const renewVisitor =
  (https: boolean): RequestHandler =>
  (req, res, next) => {
    const fresh = randomBytes(32).toString('base64url');
    req.newVisitor = fresh;
    res.cookie(cookieName('visiteur', https), fresh, {
      signed: true,
      httpOnly: true,
      sameSite: 'lax',
      secure: https,
      path: '/',
      maxAge: KEPT_DAYS * DAY,
    });
    next();
  };

/**
 * Lets the requests of this application, past its cookie parser, tell their browser's secret; pages that do not ask for it set no
 * cookie. Said once for all of them: a getter of its own would make each request slow to read.
 */
export const letRequestsTellVisitor = ({ request }: Express, https: boolean): void => {
  const cookie = cookieName('visiteur', https);
  const renew = renewVisitor(https);
  Object.defineProperty(request, 'visitor', {
    configurable: true,
    get(this: Request): string {
      const known: unknown = this.newVisitor ?? this.signedCookies[cookie];
      if (typeof known === 'string') return known;
      renew(this, this.res as Response, () => undefined);
      return this.visitor;
    },
  });
};
