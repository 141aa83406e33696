import { departmentName } from '../../domain/questionnaire/departments.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { NEEDS, type Need } from '../../domain/territory/needs.js';
import type { Partner, PartnerKind, Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';

/** The kinds of desks, in the order of the pages, and what each is. */
const KINDS: Record<Exclude<PartnerKind, 'other'>, { title: Words; what: Words }> = {
  cci: {
    title: { fr: 'Chambres de commerce et d’industrie', en: 'Chambers of commerce and industry (CCI)' },
    what: {
      fr: 'Elles servent chacune un département ou une partie de département.',
      en: 'Each serves a département, or part of one.',
    },
  },
  metropole: {
    title: { fr: 'Métropole', en: 'Métropole (city authority)' },
    what: { fr: 'Elle sert les communes qui la composent.', en: 'It serves the towns that belong to it.' },
  },
  university: {
    title: { fr: 'Université', en: 'University' },
    what: {
      fr: 'Elle répond surtout aux projets liés à la recherche et aux études.',
      en: 'It mostly answers projects linked to research and studies.',
    },
  },
  'territoire-industrie': {
    title: { fr: 'Territoires d’industrie', en: 'Territoires d’industrie (local industry alliances)' },
    what: {
      fr: 'Des intercommunalités réunies autour des projets industriels.',
      en: 'Groups of local authorities that work together on industrial projects.',
    },
  },
};

const THEMES = {
  start: { fr: 'Créer, financer, transmettre', en: 'Start, fund, hand over' },
  innovate: { fr: 'Recherche et innovation', en: 'Research and innovation' },
  industry: { fr: 'Industrie, locaux et terrains', en: 'Industry, premises and land' },
  resources: { fr: 'Eau, énergie, mobilités', en: 'Water, energy, mobility' },
  skills: { fr: 'Compétences', en: 'Skills' },
} as const satisfies Record<string, Words>;
type Theme = keyof typeof THEMES;

/** Where a relay stands on the page: by the first need that it names. */
const THEME_OF: Partial<Record<Need, Theme>> = {
  'technology-transfer': 'innovate',
  research: 'innovate',
  'industrial-land': 'industry',
  brownfields: 'industry',
  'inward-investment': 'industry',
  'industry-of-the-future': 'industry',
  acceptability: 'industry',
  'start-up-premises': 'industry',
  'business-premises': 'industry',
  cooperation: 'industry',
  'retail-planning': 'industry',
  'town-centres': 'industry',
  mobility: 'resources',
  water: 'resources',
  energy: 'resources',
  skills: 'skills',
};

/** A need in the partners' words. */
export const needInWords = (need: Need, language: Language): string =>
  language === 'fr' ? frenchTypography(NEEDS[need].label) : NEEDS[need].en;

const list = (items: string[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(items);

/** Where a partner serves, by département and by intercommunalité. */
const placesOf = ({ serves, servesCommunes }: Partner, territory: Territory, language: Language): string => {
  const say = inLanguage(language);
  const names = serves.map((code) => {
    const epci = territory.epci(code);
    return epci ? epci.name : `${departmentName(code)}\u00a0(${code})`;
  });
  const communes = servesCommunes.map((code) => territory.commune(code)?.name ?? code);
  if (communes.length > 0) {
    const also = list(communes, language);
    names.push(say({ fr: `les communes de ${also}`, en: `the towns of ${also}` }));
  }
  return list(names, language);
};

export interface PartnerModel {
  /** Also the anchor of the page. */
  id: string;
  name: string;
  needs: string[];
  /** What it takes on only where no nearer desk does. */
  otherwise: string;
  places: string;
}

const partnerModel = (partner: Partner, territory: Territory, language: Language): PartnerModel => {
  const words = (needs: Need[]): string[] => needs.map((need) => needInWords(need, language));
  return {
    id: partner.id,
    name: frenchTypography(partner.name),
    needs: words(partner.needs).map(capital),
    otherwise: list(words(partner.fallbackNeeds), language),
    places: placesOf(partner, territory, language),
  };
};

export interface PartnerGroup {
  id: string;
  title: string;
  what: string;
  partners: PartnerModel[];
}

/** The desks, which may be sent a project, by kind; no kind that the territory has none of. */
export const desksByKind = (territory: Territory, language: Language): PartnerGroup[] => {
  const say = inLanguage(language);
  const desks = territory.partners.filter(({ role }) => role === 'desk');
  return Object.entries(KINDS)
    .map(([kind, { title, what }]) => ({
      id: kind,
      title: say(title),
      what: say(what),
      partners: desks.filter((desk) => desk.kind === kind).map((desk) => partnerModel(desk, territory, language)),
    }))
    .filter(({ partners }) => partners.length > 0);
};

/** The relays, which a desk may bring in, by theme. */
export const relaysByTheme = (territory: Territory, language: Language): PartnerGroup[] => {
  const say = inLanguage(language);
  const relays = territory.partners.filter(({ role }) => role === 'relay');
  const themeOf = ({ needs }: Partner): Theme => (needs[0] && THEME_OF[needs[0]]) ?? 'start';
  return (Object.keys(THEMES) as Theme[])
    .map((theme) => ({
      id: theme,
      title: say(THEMES[theme]),
      what: '',
      partners: relays.filter((relay) => themeOf(relay) === theme).map((one) => partnerModel(one, territory, language)),
    }))
    .filter(({ partners }) => partners.length > 0);
};
