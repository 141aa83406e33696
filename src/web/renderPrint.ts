import type { Application } from 'express';
import { paths } from '../paths.js';
import { componentWords } from './componentWords.js';
import { ourWords } from './ourWords.js';
import { renderView } from './renderView.js';

/**
 * views/<view>.ejs as a page of its own to print, without header, menus or scripts: for staff, in French. The service, its
 * territory and the title are printed on top of every page.
 */
export const renderPrint = (
  app: Application,
  view: string,
  { title, ...model }: { title: string; [name: string]: unknown },
): string => {
  const ours = ourWords(app, 'fr');
  const shared = { paths, ours, language: 'fr', words: componentWords('fr') };
  const body = renderView(app, view, { title, ...model, ...shared });
  return renderView(app, 'layouts/print', { title, running: `${ours.service}, ${ours.name} · ${title}`, body });
};
