import type { Commune, Territory } from '../../domain/territory/territory.js';
import type { Whereabouts } from './story.js';

/** Communes of one situation that the demonstration speaks of at most: the most populated, as in life. */
const MOST = 14;

const communeOf = (code: string, territory: Territory): Commune => {
  const commune = territory.commune(code);
  if (!commune) throw new Error(`The demonstration names commune ${code}, which is not in the directory`);
  return commune;
};

const situationOf = (commune: Commune, territory: Territory): string => {
  const epci = commune.epci ? territory.epci(commune.epci) : undefined;
  const within = epci ? (epci.isMetropole ? 'metropole' : (epci.territoireIndustrie ?? 'perimeter')) : 'outside';
  return `${commune.department} ${within}`;
};

/** Through the postal codes, which start with the number of the département (none of ours is in Corsica or overseas). */
const communesOfDepartment = (department: string, territory: Territory): Commune[] => {
  const prefixes = Array.from({ length: 10 }, (_, figure) => `${department}${figure}`);
  const found = prefixes.flatMap((prefix) => territory.searchCommunes(prefix, 1000));
  return [...new Set(found)].filter((commune) => commune.department === department);
};

/** Where a story may take place. The rules answer the same in communes of one situation: département and kind of EPCI. */
export const placesOf = (where: Whereabouts, territory: Territory): Commune[] => {
  if ('among' in where) return where.among.map((code) => communeOf(code, territory));
  const model = communeOf(where.like, territory);
  return communesOfDepartment(model.department, territory)
    .filter((commune) => situationOf(commune, territory) === situationOf(model, territory))
    .sort((a, b) => b.population - a.population || a.code.localeCompare(b.code))
    .slice(0, MOST);
};

/** "à Thiers", "au Cendre", "aux Ancizes-Comps". */
export const at = ({ name }: Commune): string => {
  if (name.startsWith('Le ')) return `au ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `aux ${name.slice(4)}`;
  return `à ${name}`;
};

/** "de Thiers", "d’Issoire", "du Cendre", "des Ancizes-Comps". */
export const of = ({ name }: Commune): string => {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`;
  return /^[AEIOUYÉÈÊÎÔ]/.test(name) ? `d’${name}` : `de ${name}`;
};
