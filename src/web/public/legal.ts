import type { Request, Response } from 'express';
import { keepsInWords } from '../../domain/privacy/keeps.js';
import { DATA_CLASSES, type DataClass, retentionOf } from '../../domain/privacy/retention.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import type { Services } from '../../services.js';
import { type PageModel, renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'publicSiteAsKnown'>;

/** How long each class of data is kept, in words (domain/privacy/retention.ts). */
export const howLongIn = (language: Language): Record<DataClass, string> =>
  Object.fromEntries(DATA_CLASSES.map((name) => [name, keepsInWords(retentionOf(name).keeps, language)])) as Record<
    DataClass,
    string
  >;

/** A page whose facts (who publishes, whom to write to) managers keep; an empty one is left out. */
const factsPage =
  (view: string, title: Words) =>
  ({ publicSiteAsKnown }: Uses) =>
  async (req: Request, res: Response): Promise<void> => {
    const { publisher = '', director = '', host = '', contact = '' } = (await publicSiteAsKnown()) ?? {};
    const isManager = req.account?.role === 'manager';
    const kept = howLongIn(req.language);
    const page: PageModel = {
      title: inLanguage(req.language)(title),
      publisher,
      director,
      host,
      contact,
      isManager,
      kept,
    };
    await renderPage(res, view, page);
  };

/** Who publishes and hosts the service, and where what it shows comes from. */
export const showLegal = factsPage('public/legal', { fr: 'Mentions légales', en: 'Legal notices' });

/** What is kept, why, for how long, who reads it, and what one may ask for. */
export const showPrivacy = factsPage('public/privacy', { fr: 'Vos données personnelles', en: 'Your personal data' });

/** What was checked so far, honestly, and what to do when something blocks. */
export const showAccessibility = factsPage('public/accessibility', { fr: 'Accessibilité', en: 'Accessibility' });
