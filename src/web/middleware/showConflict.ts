import type { ErrorRequestHandler } from 'express';
import { Conflict } from '../../errors.js';
import { renderPage } from '../renderPage.js';

/** After an act that came too late: says who was faster, with the way back to the sheet as it is now. */
export const showConflict =
  (sheetOf: (id: string) => string): ErrorRequestHandler =>
  async (error, req, res, next) => {
    if (!(error instanceof Conflict)) return next(error);
    const { words, message, status } = error;
    const title = words.title.fr;
    await renderPage(res, 'account/conflict', { title, message, back: sheetOf(String(req.params['id'])) }, { status });
  };
