import { doubleCsrf } from 'csrf-csrf';
import type { RequestHandler } from 'express';
import { Expired } from '../../errors.js';
import { cookieName } from './visitor.js';

/**
 * Every form carries a token bound to the browser's secret (signed double submit), so that no other site can post in
 * somebody's name. `res.locals.csrfToken` is made when a view asks for it.
 */
export const formToken = ({ secrets, https }: { secrets: string[]; https: boolean }): RequestHandler => {
  const name = cookieName('jeton', https);
  const { generateCsrfToken, validateRequest } = doubleCsrf({
    getSecret: () => secrets,
    getSessionIdentifier: (req) => req.visitor,
    cookieName: name,
    cookieOptions: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
    getCsrfTokenFromRequest: (req) => (req.body as Record<string, string> | undefined)?.['_csrf'],
  });

  return (req, res, next) => {
    // One token for all the forms of a page: a second one would make the first worthless.
    let token: string | undefined;
    const tokenOfPage = (): string => {
      token ??= generateCsrfToken(req, res);
      return token;
    };
    Object.defineProperty(res.locals, 'csrfToken', { enumerable: true, get: tokenOfPage });
    if (req.method !== 'GET' && req.method !== 'HEAD' && !validateRequest(req)) {
      throw new Expired();
    }
    // What was sent may be shown again (web/keptAnswers.ts): nobody else's site sent it.
    res.locals['formIsOurs'] = req.method === 'POST';
    next();
  };
};
