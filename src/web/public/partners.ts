import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type OpenPage, openPage } from './openPage.js';
import { desksByKind, relaysByTheme } from './partnerGroups.js';

/** Who answers: each desk and each relay, what it does and where. */
export const partnersPage = ({ territory }: Pick<Services, 'territory'>): OpenPage => {
  const { ofTerritory } = territory.words;
  const groupsIn = (language: Language) => ({
    desks: desksByKind(territory, language),
    relays: relaysByTheme(territory, language),
  });
  const groups = { fr: groupsIn('fr'), en: groupsIn('en') };
  return openPage({
    path: paths.partners(),
    view: 'public/partners',
    facts: async () => null,
    model: (_facts, { language }) => {
      const say = inLanguage(language);
      return {
        title: say({ fr: 'Qui vous répond', en: 'Who answers you' }),
        description: say({
          fr: `Les organismes ${ofTerritory.fr} qui reçoivent votre projet, ce qu’ils font et où.`,
          en: `The organisations ${ofTerritory.en} that receive your project, what they do and where.`,
        }),
        ...groups[language],
      };
    },
  });
};
