import path from 'node:path';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import express, { type Express } from 'express';
import type { Store as SessionStore } from 'express-session';
import { type Config, projectRoot } from './config.js';
import { wordsIn } from './domain/territory/territoryWords.js';
import { NotFound } from './errors.js';
import { logger } from './logger.js';
import { paths } from './paths.js';
import type { Services } from './services.js';
import { viewsIn } from './views.js';
import { accountRouter } from './web/account/router.js';
import { unsubscribeRouter } from './web/account/unsubscribe.js';
import { adminRouter } from './web/admin/router.js';
import { advisorRouter } from './web/advisor/router.js';
import { inboundRouter } from './web/api/inbound.js';
import { livez } from './web/health/livez.js';
import { metrics } from './web/health/metrics.js';
import { readyz } from './web/health/readyz.js';
import { leadRouter } from './web/lead/router.js';
import { managerRouter } from './web/manager/router.js';
import { answerInTime } from './web/middleware/answerInTime.js';
import { chooseLanguage } from './web/middleware/chooseLanguage.js';
import { deskCounts } from './web/middleware/deskCounts.js';
import { formToken } from './web/middleware/formToken.js';
import { logRequests } from './web/middleware/logRequests.js';
import { nameRequest } from './web/middleware/nameRequest.js';
import { neverCached } from './web/middleware/neverCached.js';
import { noteRefusals } from './web/middleware/noteRefusals.js';
import { onlyMigrated } from './web/middleware/onlyMigrated.js';
import { publicFiles } from './web/middleware/publicFiles.js';
import { anybody } from './web/middleware/routeNeeds.js';
import { secureHeaders } from './web/middleware/secureHeaders.js';
import { shedLoad } from './web/middleware/shedLoad.js';
import { showError } from './web/middleware/showError.js';
import { knowAccount, nobodyIfAway, sessionShown, staffSession } from './web/middleware/staffSession.js';
import { textCookies } from './web/middleware/textCookies.js';
import { letRequestsTellVisitor } from './web/middleware/visitor.js';
import { frameRouter } from './web/public/frame.js';
import { openRouter } from './web/public/openRouter.js';
import { publicRouter } from './web/public/router.js';

const FORM_LIMIT = '64kb';

/** The web application, in the order that a request lives. */
export const createApp = (services: Services, sessions: SessionStore, config: Config): Express => {
  const https = config.publicUrl.startsWith('https:');
  const secrets = config.sessionSecrets;
  if (https && config.trustProxy === 0)
    logger.warn('PUBLIC_URL is https and TRUST_PROXY is 0: sign-in will not work behind a proxy');
  const session = staffSession({ store: sessions, secrets, https });
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('public url', config.publicUrl);
  const { words } = services.territory;
  app.locals['ours'] = { fr: wordsIn(words, 'fr'), en: wordsIn(words, 'en') };
  app.locals['render'] = viewsIn(path.join(projectRoot, 'views'));
  app.disable('x-powered-by');
  letRequestsTellVisitor(app, https);

  const watched = metrics(services, config);
  app.use(nameRequest(config), watched.count);
  app.use(secureHeaders({ https }));
  app.get(paths.livez(), anybody, livez);
  app.get(paths.readyz(), anybody, readyz(services));
  app.get(paths.metrics(), watched.guard, watched.show);
  app.use(shedLoad());
  app.use(publicFiles(path.join(projectRoot, 'public'), { maxAge: config.production ? '1d' : 0 }));
  app.use(logRequests);
  app.use(openRouter(services, https));

  app.use(compression(), answerInTime());
  app.use(frameRouter(services));
  app.use(inboundRouter(services, { secret: config.inboundSecret }));
  app.use(neverCached);
  app.use(cookieParser(secrets), textCookies);
  app.use(chooseLanguage(https));
  app.use(unsubscribeRouter(services));
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 200 }));
  app.use(formToken({ secrets, https }));
  app.use(onlyMigrated(services));
  app.use(sessionShown(session, https));
  app.use(knowAccount(services.accountOfSession), nobodyIfAway);
  app.use(deskCounts(services.readDeskCounts));

  app.use(publicRouter(services));
  app.use(session);
  app.use(accountRouter(services, { https }));
  app.use(advisorRouter(services));
  app.use(leadRouter(services));
  app.use(managerRouter(services));
  app.use(adminRouter(services));

  app.use(() => {
    throw new NotFound();
  });
  app.use(noteRefusals(services));
  app.use(showError);
  return app;
};
