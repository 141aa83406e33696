import type { RequestHandler } from 'express';
import { renderPage } from '../renderPage.js';

/** What was checked so far, honestly, and what to do when something blocks. */
export const showAccessibility: RequestHandler = (_req, res) =>
  renderPage(res, 'public/accessibility', { title: 'Accessibilité' });
