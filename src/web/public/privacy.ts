import type { RequestHandler } from 'express';
import { renderPage } from '../renderPage.js';

/** What is kept, why, for how long, and who reads it. */
export const showPrivacy: RequestHandler = (_req, res) =>
  renderPage(res, 'public/privacy', { title: 'Vos données personnelles' });
