import { loadTerritory } from '../../src/data/territoryFiles.js';

const territory = loadTerritory();

const SHORT = [
  'clermont',
  'vichy',
  'auvergne',
  'tiltam',
  'issoire',
  'riom',
  'brioude',
  'thiers',
  'ambert',
  'lezoux',
  'puy-de-dôme',
  'allier',
  'haute-loire',
  'cantal',
  '63000',
];

const NAMES = [
  ...SHORT,
  ...territory.epcis.flatMap(({ name, siren }) => [name, siren]),
  ...territory.partners.map(({ id }) => id).filter((id) => id.includes('-')),
];
/** Ids that are also words of the country ("inpi") count only where they stand alone between quotation marks. */
const QUOTED = territory.partners.map(({ id }) => id).filter((id) => !id.includes('-'));

const oneOf = (names: string[]): string => names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const PLACES = new RegExp(`(?<![\\p{L}\\d])(?:${oneOf(NAMES)})(?![\\p{L}\\d])`, 'giu');
const IDS = new RegExp(`['"\`](?:${oneOf(QUOTED)})['"\`]`, 'g');

/** What a text says of the first territory: its places, its EPCI, its partners. It stands in its folder, and nowhere else. */
export const firstPlacesIn = (text: string): string[] => [...(text.match(PLACES) ?? []), ...(text.match(IDS) ?? [])];
