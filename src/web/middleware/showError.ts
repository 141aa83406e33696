import type { ErrorRequestHandler, Request, Response } from 'express';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { Expired, KnownError, NotFound, TooMany, Unavailable } from '../../errors.js';
import { logger } from '../../logger.js';
import { paths } from '../../paths.js';
import { keptAnswers } from '../keptAnswers.js';
import { renderPage } from '../renderPage.js';
import { isOwn } from '../shell.js';
import { languageOfBrowser } from './chooseLanguage.js';
import { forgetSession } from './staffSession.js';

interface Answer {
  title: Words;
  message: Words;
}

const OURS: Answer = {
  title: { fr: 'Ce service a un problème', en: 'This service has a problem' },
  message: {
    fr: 'Ce n’est pas de votre fait. Vos réponses sont gardées. Réessayez dans quelques minutes.',
    en: 'It is not your doing. Your answers are kept. Please try again in a few minutes.',
  },
};

const UNREADABLE: Answer = {
  title: { fr: 'Cette demande est illisible', en: 'This request cannot be read' },
  message: {
    fr: 'Vérifiez l’adresse, ou repartez de la page d’accueil.',
    en: 'Check the address, or start again from the home page.',
  },
};

/** Express and its parsers refuse what they cannot read with a status of their own. */
const REFUSED: Record<number, Answer> = {
  403: new Expired().words,
  404: new NotFound().words,
  413: {
    title: { fr: 'Votre texte est trop long', en: 'Your text is too long' },
    message: {
      fr: 'Revenez en arrière, raccourcissez votre texte et recommencez.',
      en: 'Go back, shorten your text and try again.',
    },
  },
};

const statusOf = (error: unknown): number => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return status;
  return error instanceof URIError ? 400 : 500;
};

const answerTo = (error: unknown): Answer & { status: number } => {
  if (error instanceof KnownError) return { status: error.status, ...error.words };
  const status = statusOf(error);
  return { status, ...(status < 500 ? (REFUSED[status] ?? UNREADABLE) : OURS) };
};

/** Of a holder's secret address: it leads nowhere, or a newer one was sent. */
const LOST = [404, 410];

/** Staff work in French, whatever their browser asks for. */
const STAFF_PLACES = [
  paths.queue(),
  paths.team(),
  paths.figures(),
  paths.signIn(),
  paths.signOut(),
  paths.lostPassword(),
  paths.ownAccount(),
  paths.operations(),
  paths.sendAgain('').replace(/\/\/.*/, ''),
  ...[paths.newPassword(''), paths.invitation('')].map((place) => place.slice(0, -1)),
];
const isForStaff = ({ path }: Request): boolean =>
  STAFF_PLACES.some((place) => path === place || path.startsWith(`${place}/`));

/** Some errors come before the language is chosen. */
const languageOf = (req: Request): Language => {
  if (isForStaff(req)) return 'fr';
  return req.language ?? languageOfBrowser(req);
};

/** When even the error page cannot be rendered. Holds nothing that a visitor sent. */
const lastResort = ({ title, message }: Answer, language: Language): string => {
  const say = inLanguage(language);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${say(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>${say(title)}</h1><p>${say(message)}</p></main></body></html>`;
};

/** What the page of an outage adds: the form to be sent again, or the way to try again. */
const outageModel = (error: unknown, req: Request, res: Response) => {
  if (!(error instanceof Unavailable)) return { kept: null, isLost: false, tryAgain: null };
  const kept = keptAnswers(req, res);
  const isForm = req.method !== 'GET' && req.method !== 'HEAD';
  return {
    kept,
    isLost: isForm && kept === null,
    tryAgain: !isForm && isOwn(req.originalUrl) ? req.originalUrl : null,
  };
};

/** The store is away: the answer must neither wait for it at its end nor count what is on the menu. */
const leaveStoreAlone = (req: Request, res: Response): void => {
  forgetSession(req);
  Reflect.deleteProperty(res.locals, 'deskCounts');
};

/** The one place that answers errors: the known ones by their status, the others as a calm 500. Never a stack. */
export const showError: ErrorRequestHandler = async (error, req, res, next) => {
  // Answered meanwhile (middleware/answerInTime.ts): what came of the work interests nobody.
  if (res.writableEnded) return;
  const { status, ...answer } = answerTo(error);
  // An outage has its own lines in the log, one for all the requests that it fails.
  if (error instanceof Unavailable) leaveStoreAlone(req, res);
  else if (status >= 500) logger.error({ err: error }, 'request failed');
  if (res.headersSent) return next(error);
  if (!res.get('Cache-Control')) res.set('Cache-Control', 'no-store');
  if (error instanceof TooMany || error instanceof Unavailable) res.set('Retry-After', String(error.retryInSeconds));
  const language = languageOf(req);
  const say = inLanguage(language);
  /** To give on the telephone: finds the fault in the logs. Only for faults of ours. */
  const requestId = status >= 500 && !(error instanceof Unavailable) && req.id !== undefined ? String(req.id) : null;
  const isOwnPage = req.path.startsWith(paths.followUp(''));
  const page = {
    title: say(answer.title),
    message: say(answer.message),
    requestId,
    ...outageModel(error, req, res),
    offersNewLink: isOwnPage && LOST.includes(status),
    /** Where a wait after wrong passwords can be passed by: a link by e-mail. */
    offersSignInLink: error instanceof TooMany && req.path === paths.signIn(),
  };
  try {
    await renderPage(res, 'public/error', page, { status, language, audience: isForStaff(req) ? 'staff' : 'holder' });
  } catch (fault) {
    if (res.headersSent) return;
    logger.error({ err: fault }, 'error page failed');
    res.status(Math.max(status, 500)).type('html').send(lastResort(OURS, language));
  }
};
