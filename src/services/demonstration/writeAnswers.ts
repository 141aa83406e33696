import type { SectorAnswer, Story } from '../../data/demonstration.js';
import type { Answers } from '../../domain/questionnaire/answers.js';
import { deskChoices } from '../../domain/questionnaire/deskChoices.js';
import type { Commune, Territory } from '../../domain/territory/territory.js';
import { capital } from '../../domain/territory/typography.js';
import { type Chance, chanceOf } from './chance.js';
import { someOrganisation, someone, someSiret } from './people.js';
import { at, of } from './places.js';

const GREETINGS = ['Bonjour. ', 'Bonjour à vous. '] as const;
const THANKS = [' Merci.', ' Merci d’avance pour votre aide.'] as const;

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

const HAS_SIRET = 0.6;
const IN_TOUCH = 0.18;
const HAS_PAGE = 0.12;
const CALL_TIMES = ['morning', 'midday', 'afternoon'] as const;

/** Of this desk or that: what those who are sent here by a partner answer. */
const inTouchWith = (commune: Commune, territory: Territory, chance: Chance): string[] => {
  const desks = deskChoices(commune.code, territory).map(({ value }) => value);
  return chance.happens(IN_TOUCH) ? [chance.pick([...desks, 'other'])] : ['none'];
};

/** One telling of a story, in one of these places, answered as its holder would in the questionnaire. */
export const writeAnswers = (
  story: Story,
  { chance, number, places, territory }: { chance: Chance; number: number; places: Commune[]; territory: Territory },
): Answers => {
  const commune = chance.pick(places);
  const headcount = story.headcount && chance.between(...story.headcount);
  const summary = summaryOf(story, chance);
  const isTold = summary.includes('{n}');
  // Drawn apart, so that what is asked since changes nothing of what the stories told before.
  const aside = chanceOf(`aside ${number}`);
  const telling: Answers = {
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
      link: aside.happens(HAS_PAGE) ? `https://projet-${number}.example.org/` : null,
    },
  };
  const person = someone(chance, number);
  const organisation = someOrganisation(chance, story.organisations);
  return {
    ...telling,
    entreprise: { organisation, siret: organisation && aside.happens(HAS_SIRET) ? someSiret(number) : null },
    'deja-en-contact': { partners: inTouchWith(commune, territory, aside) },
    contact: {
      ...person,
      when: CALL_TIMES.filter(() => aside.happens(0.2)),
      consent: 'yes',
    },
  };
};
