import type { Request, Response } from 'express';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { desksByKind } from './partnerGroups.js';
import { figuresModel } from './publicFigures.js';

/** The questionnaire, opened through the same link (`?via=`) as this page. */
const startThrough = (channel: string | null): string =>
  channel ? `${paths.start()}?via=${encodeURIComponent(channel)}` : paths.start();

/** What this is, for whom, what happens next, how long it takes, how well it works, and one button. */
export const showHome = ({ territory, readPublicFigures }: Pick<Services, 'territory' | 'readPublicFigures'>) => {
  const desks: Record<Language, ReturnType<typeof desksByKind>> = {
    fr: desksByKind(territory, 'fr'),
    en: desksByKind(territory, 'en'),
  };
  return async (req: Request, res: Response): Promise<void> => {
    const { language } = req;
    const say = inLanguage(language);
    await renderPage(res, 'public/home', {
      title: say({ fr: 'Parlez-nous de votre projet', en: 'Tell us about your project' }),
      start: startThrough(req.channel),
      desks: desks[language],
      figures: figuresModel(await readPublicFigures(), language),
    });
  };
};
