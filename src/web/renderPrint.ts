import type { Application } from 'express';
import { paths } from '../paths.js';
import { componentWords } from './componentWords.js';
import { ourWords } from './ourWords.js';

const render = (app: Application, view: string, locals: object): Promise<string> =>
  new Promise((resolve, reject) => {
    app.render(view, locals, (error: Error | null, html: string) => (error ? reject(error) : resolve(html)));
  });

/**
 * views/<view>.ejs as a page of its own to print, without header, menus or scripts: for staff, in French. The service, its
 * territory and the title are printed on top of every page.
 */
export const renderPrint = async (
  app: Application,
  view: string,
  { title, ...model }: { title: string; [name: string]: unknown },
): Promise<string> => {
  const ours = ourWords(app, 'fr');
  const shared = { paths, ours, language: 'fr', words: componentWords('fr') };
  const body = await render(app, view, { title, ...model, ...shared });
  return render(app, 'layouts/print', { title, running: `${ours.service}, ${ours.name} · ${title}`, body });
};
