import cookieParser from 'cookie-parser';
import { type RequestHandler, Router } from 'express';
import type { Services } from '../../services.js';
import { chooseLanguage } from '../middleware/chooseLanguage.js';
import { onlyMigrated } from '../middleware/onlyMigrated.js';
import { anybody } from '../middleware/routeNeeds.js';
import { showsSession } from '../middleware/staffSession.js';
import { textCookies } from '../middleware/textCookies.js';
import { charterPage } from './charter.js';
import { figuresPage } from './figuresPage.js';
import { homePage } from './home.js';
import { accessibilityPage, legalPage, privacyPage } from './legal.js';
import type { OpenPage } from './openPage.js';
import { partnersPage } from './partners.js';

/** The pages that say the same to all visitors. */
export const openPages = (services: Services): OpenPage[] => [
  homePage(services),
  partnersPage(services),
  figuresPage(services),
  charterPage(services),
  legalPage(services),
  privacyPage(services),
  accessibilityPage(services),
];

/** Goes on for who may be signed in, and for an address that says more than its path: the page may say something else then. */
const visitorAt = (path: string, https: boolean): RequestHandler => {
  const shows = showsSession(https);
  return (req, _res, next) => next(req.originalUrl === path && !shows(req) ? undefined : 'router');
};

/**
 * These pages for visitors, who have neither a session nor a form there: before all that is for others. They set no cookie.
 */
export const openRouter = (services: Services, { secrets, https }: { secrets: string[]; https: boolean }): Router => {
  const router = Router();
  const cookies = [cookieParser(secrets), textCookies];
  const language = chooseLanguage(https);
  for (const { path, showVisitor } of openPages(services))
    router.get(path, anybody, cookies, visitorAt(path, https), onlyMigrated(services), language, showVisitor);
  return router;
};
