import { Router } from 'express';
import type { Services } from '../../services.js';
import { languageKept } from '../middleware/chooseLanguage.js';
import { anybody } from '../middleware/routeNeeds.js';
import { showsSession } from '../middleware/staffSession.js';
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

/**
 * These pages for visitors, who have neither a session nor a form there: before all that is for others. They set no cookie. Who
 * may be signed in, or asks for more than the path (the page may say something else then), is let by, and so is everybody until
 * the store is migrated.
 */
export const openRouter = (services: Services, https: boolean): Router => {
  const router = Router();
  const isStaff = showsSession(https);
  const languageOf = languageKept(https);
  for (const { path, showVisitor } of openPages(services))
    router.get(path, anybody, async (req, res, next) => {
      if (req.originalUrl !== path || isStaff(req) || (await services.readiness.isBehind())) return next('router');
      return showVisitor(req, res, languageOf(req));
    });
  return router;
};
