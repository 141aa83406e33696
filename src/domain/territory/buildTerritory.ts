import { prepareSearch } from './communeSearch.js';
import { type PartnerEntry, readPartners } from './readPartners.js';
import type { Commune, Epci, Partner, Territory } from './territory.js';
import type { TerritoryWords } from './territoryWords.js';

/** One commune as build-communes.mjs writes it: code, name, département, postal codes separated by spaces, SIREN of its EPCI or 0, population, former names, former codes. */
export type CommuneRow = [
  code: string,
  name: string,
  department: string,
  postalCodes: string,
  epci: string | 0,
  population: number,
  formerNames?: string[],
  formerCodes?: string[],
];

/** One EPCI as epci.json writes it. */
export interface EpciEntry {
  siren: string;
  name: string;
  departement: string;
  inPoleMetropolitain: boolean;
  isMetropole: boolean;
  territoireIndustrie: string | null;
}

/** The parsed files of a territory's folder. */
export interface TerritoryFiles {
  communes: { rows: CommuneRow[] };
  epcis: EpciEntry[];
  partners: PartnerEntry[];
  words: TerritoryWords;
}

/**
 * Builds the directory from the parsed files. Pure: same files, same directory.
 * Throws BadSettings, naming the partner and the word, when partners.json holds a word that is not ours.
 * `commune` also answers to the code of a commune merged since: it gives the commune of today.
 */
export function buildTerritory(files: TerritoryFiles): Territory {
  const communes = files.communes.rows.map(communeOf);
  const epcis = files.epcis.map((entry) => epciOf(entry, communes));
  const partners = readPartners(files.partners);
  const byCode = codesOf(communes, files.communes.rows);
  const bySiren = new Map(epcis.map((epci) => [epci.siren, epci]));
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  return {
    words: files.words,
    communes,
    places: placesOf(epcis, files.words),
    commune: (code) => byCode.get(code),
    searchCommunes: prepareSearch(communes),
    epci: (siren) => bySiren.get(siren),
    epcis,
    partner: (id) => byId.get(id),
    partners,
    serves,
  };
}

function communeOf(row: CommuneRow): Commune {
  const [code, name, department, postalCodes, epci, population, formerNames] = row;
  return {
    code,
    name: name.replaceAll("'", '’'),
    department,
    postalCodes: postalCodes === '' ? [] : postalCodes.split(' '),
    epci: epci === 0 ? null : epci,
    formerNames: formerNames ?? [],
    population,
  };
}

function epciOf(entry: EpciEntry, communes: Commune[]): Epci {
  const own = communes.filter(({ epci }) => epci === entry.siren);
  return {
    siren: entry.siren,
    name: entry.name.replaceAll("'", '’'),
    department: entry.departement,
    inPole: entry.inPoleMetropolitain,
    isMetropole: entry.isMetropole,
    territoireIndustrie: entry.territoireIndustrie,
    population: own.reduce((sum, { population }) => sum + population, 0),
  };
}

/** What the perimeter holds of these, and no other: a rule about a place that is not there is refused. */
function placesOf(epcis: Epci[], { perimeter, alliances }: TerritoryWords): Record<string, string> {
  const metropole = epcis.find(({ isMetropole }) => isMetropole);
  const ids = Object.keys(alliances);
  return {
    perimeter,
    ...(epcis.some(({ inPole }) => inPole) ? { pole: 'le Pôle métropolitain' } : {}),
    ...(metropole ? { metropole: metropole.name } : {}),
    ...(ids.length > 0 ? { 'territoire-industrie': 'un Territoire d’industrie' } : {}),
    ...Object.fromEntries(ids.map((id) => [id, `le Territoire d’industrie ${shortAlliance(alliances[id] ?? id)}`])),
  };
}

/** Without what is in brackets. */
export const shortAlliance = (name: string): string => name.replace(/ \(.*/, '');

/** Current codes win over former ones: a few codes were given again after a commune was split. */
function codesOf(communes: Commune[], rows: CommuneRow[]): Map<string, Commune> {
  const byCode = new Map<string, Commune>();
  communes.forEach((commune, position) => {
    for (const code of rows[position]?.[7] ?? []) byCode.set(code, commune);
  });
  for (const commune of communes) byCode.set(commune.code, commune);
  return byCode;
}

function serves(partner: Partner, commune: Commune): boolean {
  return (
    partner.serves.includes(commune.department) ||
    (commune.epci !== null && partner.serves.includes(commune.epci)) ||
    partner.servesCommunes.includes(commune.code)
  );
}
