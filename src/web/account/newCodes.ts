import type { Response } from 'express';
import { renderPage } from '../renderPage.js';

/** The recovery codes, shown this once. `next`: where to go on. */
export const showNewCodes = (res: Response, { codes, next }: { codes: string[]; next: string }): Promise<void> =>
  renderPage(res, 'account/newCodes', {
    title: 'Gardez vos codes de secours',
    codes,
    next,
    scripts: ['copyCodes'],
  });
