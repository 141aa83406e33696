import type { Need } from './needs.js';
import type { Stage } from './stages.js';
import type { TerritoryWords } from './territoryWords.js';

/** A current commune of France. `code` is INSEE's; `epci` is the SIREN of its EPCI when that EPCI is in the perimeter. */
export interface Commune {
  code: string;
  name: string;
  /** Département, two or three characters ("63", "2A", "971"). */
  department: string;
  postalCodes: string[];
  epci: string | null;
  /** Names of communes merged into this one, still known to people. */
  formerNames: string[];
  population: number;
}

/** An EPCI of the perimeter: member of the Pôle métropolitain or of one of its Territoires d'industrie. */
export interface Epci {
  siren: string;
  name: string;
  department: string;
  inPole: boolean;
  isMetropole: boolean;
  /** Id of its Territoire d'industrie, a key of the territory's `alliances`. */
  territoireIndustrie: string | null;
  /** People, that is those of its communes. */
  population: number;
}

export type PartnerKind = 'cci' | 'metropole' | 'university' | 'territoire-industrie' | 'other';

/** desk: may be the main answer; relay: only associated; inactive: never proposed. */
export type PartnerRole = 'desk' | 'relay' | 'inactive';

export interface Partner {
  id: string;
  name: string;
  kind: PartnerKind;
  role: PartnerRole;
  /** SIREN of EPCI (9 digits) or département (2 characters). */
  serves: string[];
  /** INSEE codes served beside `serves`. */
  servesCommunes: string[];
  needs: Need[];
  /** Needs it takes only when no more direct desk serves the commune. */
  fallbackNeeds: Need[];
  /** What stands before its name within a sentence ("l’", "le "), when its first word does not tell. */
  article: string | null;
  /** Stages it is made for; another stage lowers the confidence, never excludes. Empty: all. */
  stages: Stage[];
}

/** The directory: every look-up that routing, questionnaire and statistics make. Built once by `buildTerritory`. */
export interface Territory {
  /** How it is said, and what its pages need beside the directory. */
  words: TerritoryWords;
  /** Every commune, those of the perimeter first. */
  communes: readonly Commune[];
  /** Places that a condition may name beside départements and EPCI, in French: "un Territoire d’industrie". */
  places: Readonly<Record<string, string>>;
  commune(code: string): Commune | undefined;
  /** Is it a département, one with communes? */
  isDepartment(id: string): boolean;
  /** Communes matching a name or a postal code, accents, hyphens, case and former names forgiven; best first. */
  searchCommunes(query: string, limit?: number): Commune[];
  epci(siren: string): Epci | undefined;
  epcis: Epci[];
  partner(id: string): Partner | undefined;
  partners: Partner[];
  /** Does this partner serve this commune? */
  serves(partner: Partner, commune: Commune): boolean;
}
