import type { Response } from 'express';
import { renderPage } from '../renderPage.js';

interface Shown {
  codes: string[];
  /** What was done, said first. */
  done: string;
  /** Where to go on. */
  next: string;
}

export const IS_SET = 'La double authentification est en place.';

/** The recovery codes, shown this once. */
export const showNewCodes = (res: Response, shown: Shown): Promise<void> =>
  renderPage(res, 'account/newCodes', {
    title: 'Gardez vos codes de secours',
    ...shown,
    scripts: ['copyCodes'],
  });
