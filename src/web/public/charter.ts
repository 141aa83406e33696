import { dateInWords } from '../../domain/calendar/words.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { type Axis, NEED_IDS, NEEDS } from '../../domain/territory/needs.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type OpenPage, openPage } from './openPage.js';
import { needInWords } from './partnerGroups.js';

/** What the charter commits to, and what this desk does for it. */
const COMMITMENTS: Partial<Record<Axis, { title: Words; what: Words }>> = {
  cooperation: {
    title: { fr: 'Coopérer entre territoires', en: 'Cooperation between territories' },
    what: {
      fr: 'Une seule porte pour tous\u00a0: un projet va au bon organisme, même s’il est dans une autre intercommunalité.',
      en: 'One front door for everybody: a project reaches the right organisation, even in another local authority.',
    },
  },
  industry: {
    title: { fr: 'Accueillir les projets industriels', en: 'Welcoming industrial projects' },
    what: {
      fr: 'Un projet industriel va au Territoire d’industrie ou à la Métropole qui sert sa commune, sinon à la chambre de commerce.',
      en: 'An industrial project goes to the Territoire d’industrie or the Métropole that serves its town, or else to the chamber of commerce.',
    },
  },
  skills: {
    title: { fr: 'Développer les compétences', en: 'Developing skills' },
    what: {
      fr: 'Qui cherche à recruter ou à former est mis en relation avec un organisme qui s’en occupe.',
      en: 'Whoever wants to recruit or train people is put in touch with an organisation that deals with it.',
    },
  },
};

/** The five axes of the agreement between the CCI and the Métropole, and what this desk does for each. */
const AXES: Partial<Record<Axis, { title: Words; what: Words }>> = {
  premises: {
    title: { fr: 'Locaux et terrains', en: 'Premises and land' },
    what: {
      fr: 'Qui cherche un bureau, un atelier, un local ou un terrain dit dans quelle commune, et le guichet qui la sert répond.',
      en: 'Whoever looks for an office, a workshop, premises or land says in which town, and the desk that serves it answers.',
    },
  },
  commerce: {
    title: { fr: 'Commerce et centres-villes', en: 'Shops and town centres' },
    what: {
      fr: 'Les projets de commerce et de centre-ville vont à un guichet qui connaît la commune.',
      en: 'Projects about shops and town centres go to a desk that knows the town.',
    },
  },
  entrepreneurship: {
    title: { fr: 'Entrepreneuriat', en: 'Entrepreneurship' },
    what: {
      fr: 'Une idée suffit\u00a0: pas besoin d’avoir une entreprise pour avoir un conseil.',
      en: 'An idea is enough: you do not need a company to get advice.',
    },
  },
  mobility: {
    title: { fr: 'Mobilités', en: 'Mobility' },
    what: {
      fr: 'Les déplacements des salariés et des marchandises sont un besoin à part entière du questionnaire.',
      en: 'How employees and goods travel is a need in its own right in the questionnaire.',
    },
  },
  water: {
    title: { fr: 'Eau', en: 'Water' },
    what: {
      fr: 'Une entreprise qui veut moins consommer d’eau, ou mieux la rejeter, trouve à qui parler.',
      en: 'A business that wants to use less water, or discharge it better, finds somebody to talk to.',
    },
  },
};

/** One heading of the page, with the needs that lead there and the desks that answer them. */
const sectionsOf = (rows: typeof AXES, territory: Territory, language: Language) => {
  const say = inLanguage(language);
  return (Object.entries(rows) as [Axis, { title: Words; what: Words }][]).map(([axis, { title, what }]) => {
    const needs = NEED_IDS.filter((need) => NEEDS[need].axis === axis);
    const desks = territory.partners.filter(
      (partner) => partner.role === 'desk' && needs.some((need) => partner.needs.includes(need)),
    );
    return {
      id: axis,
      title: say(title),
      what: frenchTypography(say(what)),
      needs: needs.map((need) => needInWords(need, language)),
      desks: desks.map(({ id, name }) => ({ id, name: frenchTypography(name) })),
    };
  });
};

/** The charter's commitments with who signed it, and the agreement's axes, each with what the desk does for it. */
export const charterPage = ({
  territory,
  publicSiteAsKnown,
}: Pick<Services, 'territory' | 'publicSiteAsKnown'>): OpenPage => {
  const sectionsIn = (language: Language) => ({
    commitments: sectionsOf(COMMITMENTS, territory, language),
    axes: sectionsOf(AXES, territory, language),
  });
  const words = territory.words.charter;
  const sections = { fr: sectionsIn('fr'), en: sectionsIn('en') };
  return openPage({
    path: paths.charter(),
    view: 'public/charter',
    facts: publicSiteAsKnown,
    model: (site, { language, isManager }) => {
      const say = inLanguage(language);
      return {
        title: say(words.title),
        description: say(words.description),
        ...sections[language],
        signatories: (site?.signatories ?? []).map(({ name, signedOn }) => ({
          name,
          // Noon: the day is the same wherever the server is.
          signedOn: signedOn && dateInWords(new Date(`${signedOn}T12:00:00Z`), language),
        })),
        isManager,
      };
    },
  });
};
