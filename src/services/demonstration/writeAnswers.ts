import type { Answers } from '../../domain/questionnaire/answers.js';
import type { Commune } from '../../domain/territory/territory.js';
import type { Chance } from './chance.js';
import { someOrganisation, someone } from './people.js';
import { at, of } from './places.js';
import type { SectorAnswer, Story } from './story.js';

const GREETINGS = ['Bonjour. ', 'Bonjour à vous. '] as const;
const THANKS = [' Merci.', ' Merci d’avance pour votre aide.'] as const;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const filled = (text: string, commune: Commune, headcount: number | null): string =>
  text
    .replaceAll('{at}', at(commune))
    .replaceAll('{At}', capital(at(commune)))
    .replaceAll('{of}', of(commune))
    .replaceAll('{n}', (headcount ?? 0).toLocaleString('fr-FR'));

const summaryOf = (story: Story, chance: Chance): string => {
  const middle = `${chance.pick(story.opens)} ${chance.pick(story.asks)}`;
  if (middle.startsWith('Bonjour')) return middle;
  const greeting = chance.happens(0.2) ? chance.pick(GREETINGS) : '';
  const thanks = story.needs.length > 0 && chance.happens(0.25) ? chance.pick(THANKS) : '';
  return `${greeting}${middle}${thanks}`;
};

/** The main need stays; a second one may be left out, and they are ticked in any order. */
const needsOf = ({ needs }: Story, chance: Chance): Pick<Answers, 'besoins' | 'besoin-principal'> => {
  const [main, ...others] = needs;
  if (!main) return { besoins: { needs: ['unknown'] } };
  const ticked = chance.shuffle([main, ...others.filter(() => chance.happens(0.85))]);
  return { besoins: { needs: ticked }, ...(ticked.length > 1 && { 'besoin-principal': { mainNeed: main } }) };
};

const sectorOf = (sector: SectorAnswer): { sector: string; otherSector?: string } =>
  typeof sector === 'string' ? { sector } : { sector: 'other', otherSector: sector.free };

/** One telling of a story, in one of these places, answered as its holder would in the questionnaire. */
export const writeAnswers = (
  story: Story,
  { chance, number, places }: { chance: Chance; number: number; places: Commune[] },
): Answers => {
  const commune = chance.pick(places);
  const headcount = story.headcount && chance.between(...story.headcount);
  const summary = summaryOf(story, chance);
  const isTold = summary.includes('{n}');
  return {
    ...needsOf(story, chance),
    avancement: { stage: chance.happens(0.03) ? 'unknown' : story.stage },
    vous: { holderKind: chance.pick(story.holders) },
    lieu: { place: commune.name, commune: commune.code, abroad: false },
    activite: {
      ...sectorOf(chance.pick(story.sectors)),
      headcount: isTold || chance.happens(0.9) ? headcount : null,
    },
    projet: {
      title: filled(chance.pick(story.titles), commune, headcount),
      summary: filled(summary, commune, headcount),
      link: null,
    },
    entreprise: { organisation: someOrganisation(chance, story.organisations), siret: null },
    'deja-en-contact': { partners: ['none'] },
    contact: {
      ...someone(chance, number),
      when: [],
      consent: 'yes',
    },
  };
};
