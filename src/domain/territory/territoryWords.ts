import type { Language, Words } from './language.js';

/** One EPCI on the map of the perimeter. `label`: in lines that fit a tile on a telephone. */
export interface Tile {
  column: number;
  row: number;
  label: string[];
}

/**
 * The perimeter as tiles, one an EPCI (by SIREN), north up, placed by hand so that neighbours stay neighbours as far as the
 * columns allow. No outline of the EPCI can be had without a service of others, and equal tiles do not make large
 * communes look important.
 */
export interface TileMap {
  columns: number;
  rows: number;
  tiles: Record<string, Tile>;
}

/** What the page on the charter and the agreement says of them, beside what this service does for each. */
export type CharterWords = Record<
  | 'title'
  | 'description'
  | 'lead'
  | 'charterTitle'
  | 'charterAbout'
  | 'agreementTitle'
  | 'agreementAbout'
  | 'agreementNow',
  Words
>;

/** With what the previews of e-mails and the hints of forms are filled in. */
export interface TerritoryExamples {
  /** Title of a project, as a holder may write it. */
  title: Words;
  /** A signatory of the charter with its date, as the form reads it. */
  signatory: string;
  /** INSEE code. */
  commune: string;
  /** "à …": where a project is, as a sentence of a rule says it. */
  place: string;
  /** Two partners that are desks. */
  desk: string;
  otherDesk: string;
  /** Title of a project in digests. */
  projectTitle: string;
  /** Whom to call instead: "Appelez …". */
  elsewhere: Words;
  /** Why the first desk receives a project. */
  reason: Words;
}

/** How a territory is said, and what else its pages need to be told: territory.json of its folder, word for word. */
export interface TerritoryWords {
  /** As it stands beside the name of the service, without an article. */
  name: string;
  /** Name of the service. */
  service: Words;
  /** Within a sentence, with its article: "du territoire …", "dans le territoire …". */
  ofTerritory: Words;
  inTerritory: Words;
  /** Between which towns projects are welcome: "entre …, … et …". */
  between: Words;
  /** Who runs the service, and who answers its projects: a sentence each. */
  runBy: Words;
  whoAnswers: Words;
  /** Where the list of partners comes from, and the sentence that dates it. */
  partnersFrom: Words;
  partnersListed: Words;
  charter: CharterWords;
  examples: TerritoryExamples;
  /** The perimeter, as a rule names it. */
  perimeter: string;
  /** Territoires d'industrie of the perimeter, by id (epci.json): the names that people say. */
  alliances: Record<string, string>;
  /** Départements that a rule may need to name, nearest first. */
  nearby: string[];
  /** What everybody here would put in a password first: lower case, no accents. */
  passwordWords: string[];
  map: TileMap;
}

/** What pages and e-mails of one language say of their territory. */
export type OurWords = ReturnType<typeof wordsIn>;

/** The words of a territory in one language. */
export const wordsIn = (words: TerritoryWords, language: Language) => ({
  name: words.name,
  service: words.service[language],
  /** As its French readers know it. */
  frenchService: words.service.fr,
  ofTerritory: words.ofTerritory[language],
  inTerritory: words.inTerritory[language],
  between: words.between[language],
  runBy: words.runBy[language],
  whoAnswers: words.whoAnswers[language],
  partnersFrom: words.partnersFrom[language],
  partnersListed: words.partnersListed[language],
  charter: Object.fromEntries(Object.entries(words.charter).map(([name, text]) => [name, text[language]])) as Record<
    keyof CharterWords,
    string
  >,
});
