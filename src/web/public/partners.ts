import type { Request, Response } from 'express';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import type { Services } from '../../services.js';
import { renderPage } from '../renderPage.js';
import { desksByKind, relaysByTheme } from './partnerGroups.js';

/** Who answers: each desk and each relay, what it does and where. */
export const showPartners = ({ territory }: Pick<Services, 'territory'>) => {
  const { ofTerritory } = territory.words;
  const groupsIn = (language: Language) => ({
    desks: desksByKind(territory, language),
    relays: relaysByTheme(territory, language),
  });
  const groups = { fr: groupsIn('fr'), en: groupsIn('en') };
  return (req: Request, res: Response): Promise<void> => {
    const say = inLanguage(req.language);
    return renderPage(res, 'public/partners', {
      title: say({ fr: 'Qui vous répond', en: 'Who answers you' }),
      description: say({
        fr: `Les organismes ${ofTerritory.fr} qui reçoivent votre projet, ce qu’ils font et où.`,
        en: `The organisations ${ofTerritory.en} that receive your project, what they do and where.`,
      }),
      ...groups[req.language],
    });
  };
};
