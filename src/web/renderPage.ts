import type { Response } from 'express';
import type { Account } from '../domain/referrals/access.js';
import type { Language } from '../domain/territory/language.js';
import { paths } from '../paths.js';
import { componentWords } from './componentWords.js';
import { deskCountsOf } from './middleware/deskCounts.js';
import { navigationFor } from './navigation.js';
import { ourWords } from './ourWords.js';
import { inItsLanguage, renderView } from './renderView.js';
import { shellOf } from './shell.js';

/** A finished view model: whatever its view shows, and the title of the page. */
export interface PageModel {
  title: string;
  /** For search engines; left out: what the service is. */
  description?: string;
  /** Scripts of this page beside desk.js: names of files in public/js, without their end. */
  scripts?: string[];
  [name: string]: unknown;
}

export interface PageOptions {
  status?: number;
  /** `holder` for the public pages (views/public), `staff` for the others. */
  audience?: 'holder' | 'staff';
  /** Left out: that of the visitor. Staff pages are in French. */
  language?: Language;
}

/**
 * The page of views/<view>.ejs set in the layout: the body is rendered first, the layout around it second. A page for
 * project holders has a twin in English, views/<view>.en.ejs.
 * A form that is shown again with errors says so in its title.
 */
export const pageAsHtml = async (
  res: Response,
  view: string,
  model: PageModel,
  { status = 200, audience = view.startsWith('public/') ? 'holder' : 'staff', language: asked }: PageOptions = {},
): Promise<string> => {
  const language: Language = audience === 'holder' ? (asked ?? res.req.language ?? 'fr') : 'fr';
  const account = (res.locals['account'] ?? null) as Account | null;
  // A function: pages without a form must not make a token, which would set a cookie.
  const csrfToken = (): string => String(res.locals['csrfToken'] ?? '');
  const channel = res.req.channel ?? null;
  const ours = ourWords(res.app, language);
  const shared = { paths, ours, account, csrfToken, language, channel, words: componentWords(language) };
  const body = renderView(res.app, inItsLanguage(view, language), { ...model, ...shared });
  const counts = audience === 'staff' ? await deskCountsOf(res) : null;
  const shell = shellOf(res, { language, status, isHolder: audience === 'holder' });
  const layout = {
    ...shared,
    shell,
    body,
    description: model.description ?? shell.words.description,
    scripts: model.scripts ?? [],
    title: status === 422 ? `${shell.words.error} ${model.title}` : model.title,
    audience,
    navigation: navigationFor(account, res.req.path, counts),
  };
  return renderView(res.app, 'layouts/page', layout);
};

/** Answers with such a page. */
export const renderPage = async (
  res: Response,
  view: string,
  model: PageModel,
  options: PageOptions = {},
): Promise<void> => {
  const html = await pageAsHtml(res, view, model, options);
  res
    .status(options.status ?? 200)
    .type('html')
    .send(html);
};
