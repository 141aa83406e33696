import type { RequestHandler } from 'express';
import { paths } from '../../paths.js';
import { renderPage } from '../renderPage.js';
import { keptValues } from './noteDraft.js';

/** Shorter than that, what was typed is quickly typed again. */
const WORTH_KEEPING = 10;

/**
 * A form sent after the session has ended, by somebody whose browser keeps no draft: shows the texts, so that they can be
 * copied, instead of losing them on the way to signing in. Nothing is stored for who is not signed in.
 */
export const textNotSent: RequestHandler = async (req, res, next) => {
  if (req.account) return next();
  const texts = Object.values(keptValues(req.body))
    .flat()
    .filter((text) => text.length >= WORTH_KEEPING);
  if (texts.length === 0) return next();
  const model = {
    title: 'Votre session s’est fermée',
    texts,
    signIn: `${paths.signIn()}?suite=${encodeURIComponent(req.originalUrl)}`,
  };
  await renderPage(res, 'advisor/textNotSent', model, { status: 403 });
};
