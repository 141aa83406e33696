import { prepareSearch } from './communeSearch.js';
import { type CommunesFile, readCommunes } from './communes.js';
import { type PartnerEntry, readPartners } from './readPartners.js';
import type { Commune, Epci, Partner, Territory } from './territory.js';
import type { TerritoryWords } from './territoryWords.js';

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
  communes: CommunesFile;
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
  const communes = readCommunes(files.communes);
  const epcis = files.epcis.map((entry) => epciOf(entry, communes.written));
  const partners = readPartners(files.partners);
  const bySiren = new Map(epcis.map((epci) => [epci.siren, epci]));
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  return {
    words: files.words,
    get communes() {
      return communes.all();
    },
    isDepartment: communes.isDepartment,
    places: placesOf(epcis, files.words),
    commune: communes.byCode,
    searchCommunes: prepareSearch(communes.all),
    epci: (siren) => bySiren.get(siren),
    epcis,
    partner: (id) => byId.get(id),
    partners,
    serves,
  };
}

function epciOf(entry: EpciEntry, communes: readonly Commune[]): Epci {
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

function serves(partner: Partner, commune: Commune): boolean {
  return (
    partner.serves.includes(commune.department) ||
    (commune.epci !== null && partner.serves.includes(commune.epci)) ||
    partner.servesCommunes.includes(commune.code)
  );
}
