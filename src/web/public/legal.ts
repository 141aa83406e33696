import { keepsInWords } from '../../domain/privacy/keeps.js';
import { DATA_CLASSES, type DataClass, retentionOf } from '../../domain/privacy/retention.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type OpenPage, openPage } from './openPage.js';

/** How long each class of data is kept, in words (domain/privacy/retention.ts). */
export const howLongIn = (language: Language): Record<DataClass, string> =>
  Object.fromEntries(DATA_CLASSES.map((name) => [name, keepsInWords(retentionOf(name).keeps, language)])) as Record<
    DataClass,
    string
  >;

/** A page whose facts (who publishes, whom to write to) managers keep; an empty one is left out. */
const factsPage =
  (path: string, view: string, title: Words) =>
  ({ publicSiteAsKnown }: Pick<Services, 'publicSiteAsKnown'>): OpenPage =>
    openPage({
      path,
      view,
      facts: publicSiteAsKnown,
      model: (site, { language, isManager }) => {
        const { publisher = '', director = '', host = '', contact = '' } = site ?? {};
        return {
          title: inLanguage(language)(title),
          publisher,
          director,
          host,
          contact,
          isManager,
          kept: howLongIn(language),
        };
      },
    });

/** Who publishes and hosts the service, and where what it shows comes from. */
export const legalPage = factsPage(paths.legal(), 'public/legal', { fr: 'Mentions légales', en: 'Legal notices' });

/** What is kept, why, for how long, who reads it, and what one may ask for. */
export const privacyPage = factsPage(paths.privacy(), 'public/privacy', {
  fr: 'Vos données personnelles',
  en: 'Your personal data',
});

/** What was checked so far, honestly, and what to do when something blocks. */
export const accessibilityPage = factsPage(paths.accessibility(), 'public/accessibility', {
  fr: 'Accessibilité',
  en: 'Accessibility',
});
