import type { ErrorRequestHandler, Request } from 'express';
import { KnownError, NotFound, TooMany } from '../../errors.js';
import { logger } from '../../logger.js';
import { renderPage } from '../renderPage.js';

interface Shown {
  status: number;
  title: string;
  message: string;
  /** To give on the telephone: finds the fault in the logs. Only for faults of ours. */
  requestId: string | null;
}

const OURS = {
  title: 'Ce service a un problème',
  message: 'Ce n’est pas de votre fait. Vos réponses sont gardées. Réessayez dans quelques minutes.',
};

/** Express and its parsers refuse what they cannot read with a status of their own. */
const REFUSED: Record<number, { title: string; message: string }> = {
  400: { title: 'Cette demande est illisible', message: 'Vérifiez l’adresse, ou repartez de la page d’accueil.' },
  403: {
    title: 'Cette page a expiré',
    message: 'Revenez en arrière, rechargez la page et recommencez. Vos réponses sont gardées.',
  },
  413: { title: 'Votre texte est trop long', message: 'Revenez en arrière, raccourcissez votre texte et recommencez.' },
};

const statusOf = (error: unknown): number => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return status;
  return error instanceof URIError ? 400 : 500;
};

const shownFor = (error: unknown, req: Request): Shown => {
  if (error instanceof KnownError) {
    return { status: error.status, title: error.title, message: error.message, requestId: null };
  }
  const status = statusOf(error);
  if (status === 404) return shownFor(new NotFound(), req);
  const refused = status < 500 ? (REFUSED[status] ?? REFUSED[400]) : undefined;
  if (refused) return { status, ...refused, requestId: null };
  return { status: 500, ...OURS, requestId: req.id === undefined ? null : String(req.id) };
};

/** When even the error page cannot be rendered. Holds nothing that a visitor sent. */
const lastResort = ({ title, message }: Shown): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${message}</p></html>`;

/** The one place that answers errors: the known ones by their status, the others as a calm 500. Never a stack. */
export const showError: ErrorRequestHandler = async (error, req, res, next) => {
  const shown = shownFor(error, req);
  if (shown.status >= 500) (req.log ?? logger).error({ err: error }, 'request failed');
  if (res.headersSent) return next(error);
  if (error instanceof TooMany) res.set('Retry-After', String(error.retryInSeconds));
  try {
    await renderPage(res, 'public/error', { ...shown }, { status: shown.status });
  } catch (fault) {
    (req.log ?? logger).error({ err: fault }, 'error page failed');
    const safe = shown.status >= 500 ? shown : { ...shown, ...OURS, status: 500 };
    res.status(safe.status).type('html').send(lastResort(safe));
  }
};
