import type { Response } from 'express';
import type { Account } from '../domain/referrals/access.js';
import { paths } from '../paths.js';
import { navigationFor } from './navigation.js';

/** A finished view model: whatever its view shows, and the title of the page. */
export interface PageModel {
  title: string;
  [name: string]: unknown;
}

export interface PageOptions {
  status?: number;
  /** `holder` for the public pages (views/public), `staff` for the others. */
  audience?: 'holder' | 'staff';
}

const render = (res: Response, view: string, locals: object): Promise<string> =>
  new Promise((resolve, reject) => {
    res.app.render(view, locals, (error: Error | null, html: string) => (error ? reject(error) : resolve(html)));
  });

/**
 * Answers with views/<view>.ejs set in the layout: the body is rendered first, the layout around it second.
 * A form that is shown again with errors says so in its title.
 */
export const renderPage = async (
  res: Response,
  view: string,
  model: PageModel,
  { status = 200, audience = view.startsWith('public/') ? 'holder' : 'staff' }: PageOptions = {},
): Promise<void> => {
  const account = (res.locals['account'] ?? null) as Account | null;
  // A function: pages without a form must not make a token, which would set a cookie.
  const csrfToken = (): string => String(res.locals['csrfToken'] ?? '');
  const shared = { paths, account, csrfToken };
  const body = await render(res, view, { ...model, ...shared });
  const layout = {
    ...shared,
    body,
    title: status === 422 ? `Erreur : ${model.title}` : model.title,
    lang: 'fr',
    audience,
    navigation: navigationFor(account, res.req.path),
  };
  res
    .status(status)
    .type('html')
    .send(await render(res, 'layouts/page', layout));
};
