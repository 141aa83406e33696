import type { Request, Response } from 'express';
import type { Language } from '../../domain/territory/language.js';
import { type KeptPage, keepPage, sendKept } from '../keptPage.js';
import { type PageModel, pageAsHtml, renderPage } from '../renderPage.js';

/** Whom a page is for, as far as it tells them apart. */
export interface Reader {
  language: Language;
  /** Of the link by which the page was opened; null when there is none. */
  channel: string | null;
  isManager: boolean;
}

/** A page that says the same to all visitors who read it in the same language. */
interface OpenPageOf<Facts> {
  path: string;
  view: string;
  /** What the page shows that may change: the same object as long as nothing has. */
  facts: () => Promise<Facts>;
  model: (facts: Facts, reader: Reader) => PageModel;
}

/** Such a page, for whoever asks, and for visitors: nobody is signed in, the address is its own to the letter. */
export interface OpenPage {
  path: string;
  show: (req: Request, res: Response) => Promise<void>;
  showVisitor: (req: Request, res: Response, language: Language) => Promise<void>;
}

/** For visitors, it is rendered once in each language, and again when its facts are others. */
export const openPage = <Facts>({ path, view, facts, model }: OpenPageOf<Facts>): OpenPage => {
  const kept = new Map<Language, { facts: Facts; page: KeptPage }>();
  return {
    path,
    async show(req, res) {
      const { language, channel, account } = req;
      const reader = { language, channel, isManager: account?.role === 'manager' };
      await renderPage(res, view, model(await facts(), reader));
    },
    async showVisitor(req, res, language) {
      const shown = await facts();
      const last = kept.get(language);
      if (last && last.facts === shown) return sendKept(req, res, last.page);
      const visitor = { language, channel: null, isManager: false };
      const page = keepPage(await pageAsHtml(res, view, model(shown, visitor), { language }));
      kept.set(language, { facts: shown, page });
      sendKept(req, res, page);
    },
  };
};
