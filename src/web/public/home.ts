import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type OpenPage, openPage } from './openPage.js';
import { desksByKind } from './partnerGroups.js';
import { figuresModel } from './publicFigures.js';

/** The questionnaire, opened through the same link (`?via=`) as this page. */
const startThrough = (channel: string | null): string =>
  channel ? `${paths.start()}?via=${encodeURIComponent(channel)}` : paths.start();

/** What this is, for whom, what happens next, how long it takes, how well it works, and one button. */
export const homePage = ({
  territory,
  readPublicFigures,
}: Pick<Services, 'territory' | 'readPublicFigures'>): OpenPage => {
  const desks: Record<Language, ReturnType<typeof desksByKind>> = {
    fr: desksByKind(territory, 'fr'),
    en: desksByKind(territory, 'en'),
  };
  return openPage({
    path: paths.home(),
    view: 'public/home',
    facts: readPublicFigures,
    model: (figures, { language, channel }) => ({
      title: inLanguage(language)({ fr: 'Parlez-nous de votre projet', en: 'Tell us about your project' }),
      start: startThrough(channel),
      desks: desks[language],
      figures: figuresModel(figures, language),
    }),
  });
};
