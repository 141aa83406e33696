import type { Whereabouts } from '../../data/demonstration.js';
import type { Commune, Territory } from '../../domain/territory/territory.js';

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

/** Where a story may take place. The rules answer the same in communes of one situation: département and kind of EPCI. */
export const placesOf = (where: Whereabouts, territory: Territory): Commune[] => {
  if ('among' in where) return where.among.map((code) => communeOf(code, territory));
  const model = communeOf(where.like, territory);
  return territory.communes
    .filter(({ department }) => department === model.department)
    .filter((commune) => situationOf(commune, territory) === situationOf(model, territory))
    .sort((a, b) => b.population - a.population || a.code.localeCompare(b.code))
    .slice(0, MOST);
};

/** "à Dijon", "au Creusot", "aux Andelys". */
export const at = ({ name }: Commune): string => {
  if (name.startsWith('Le ')) return `au ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `aux ${name.slice(4)}`;
  return `à ${name}`;
};

/** "de Dijon", "d’Autun", "du Creusot", "des Andelys". */
export const of = ({ name }: Commune): string => {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`;
  return /^[AEIOUYÉÈÊÎÔ]/.test(name) ? `d’${name}` : `de ${name}`;
};
