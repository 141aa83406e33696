import type { Request, RequestHandler } from 'express';
import { isLanguage, LANGUAGES, type Language } from '../../domain/territory/language.js';
import { cookieName, cookieOf } from './visitor.js';

declare module 'express-serve-static-core' {
  interface Request {
    /** The language of the pages that project holders see. */
    language: Language;
    /** Chosen by a link, now or earlier; false: guessed from the browser. */
    languageChosen: boolean;
  }
}

const DAY = 24 * 3600 * 1000;
const KEPT_DAYS = 365;

/** The one that the browser asks for, among ours; French when it asks for none of them. */
export const languageOfBrowser = (req: Request): Language =>
  (req.acceptsLanguages(Object.keys(LANGUAGES)) || 'fr') as Language;

/** That of a page whose address says none: as a link said last time, else as the browser asks. */
export const languageKept = (https: boolean): ((req: Request) => Language) => {
  const cookie = cookieName('langue', https);
  return (req) => {
    const kept = cookieOf(req, cookie);
    return isLanguage(kept) ? kept : languageOfBrowser(req);
  };
};

/**
 * French or English: as the link says (`?lang=en`), as it said last time, else as the browser asks. Only a link leaves a
 * cookie, which holds two letters.
 */
export const chooseLanguage =
  (https: boolean): RequestHandler =>
  (req, res, next) => {
    const cookie = cookieName('langue', https);
    const asked = req.query['lang'];
    const kept: unknown = req.cookies[cookie];
    if (isLanguage(asked)) {
      req.language = asked;
      res.cookie(cookie, asked, { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: KEPT_DAYS * DAY });
    } else if (isLanguage(kept)) req.language = kept;
    else req.language = languageOfBrowser(req);
    req.languageChosen = isLanguage(asked) || isLanguage(kept);
    res.setHeader('Vary', 'Accept-Language, Cookie');
    next();
  };
