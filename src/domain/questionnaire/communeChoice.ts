import { plainName } from '../territory/placeNames.js';
import type { Commune, Territory } from '../territory/territory.js';
import { departmentName } from './departments.js';

const MOST_SHOWN = 20;
const MOST_POSTAL_CODES = 3;

/** What tells a commune from its homonyms: "Puy-de-Dôme, 63300". */
export const communeDetail = (commune: Commune): string => {
  const codes = commune.postalCodes;
  const shown = codes.length > MOST_POSTAL_CODES ? [`${codes[0]} à ${codes.at(-1)}`] : codes;
  return [departmentName(commune.department), ...shown].join(', ');
};

/** "Thiers (Puy-de-Dôme, 63300)" */
export const communeInWords = (commune: Commune): string => `${commune.name} (${communeDetail(commune)})`;

const isCalled = (commune: Commune, name: string): boolean =>
  [commune.name, ...commune.formerNames].some((known) => plainName(known) === name);

/** The territory's own communes come first: "Clermont" is a commune of the Oise, and Clermont-Ferrand is meant. */
const nearbyFirst = (communes: Commune[]): Commune[] => [
  ...communes.filter((commune) => commune.epci !== null),
  ...communes.filter((commune) => commune.epci === null),
];

/** What is offered while somebody types. */
export const suggestedCommunes = (territory: Territory, typed: string, limit: number): Commune[] =>
  nearbyFirst(territory.searchCommunes(typed, MOST_SHOWN)).slice(0, limit);

/** The communes that a typed name or postal code may mean; only those of that very name when one of them is ours. */
export const communeCandidates = (territory: Territory, typed: string): Commune[] => {
  const found = territory.searchCommunes(typed, MOST_SHOWN);
  const exact = found.filter((commune) => isCalled(commune, plainName(typed)));
  const nearbyElsewhere = found.some((commune) => commune.epci !== null && !exact.includes(commune));
  const settled = exact.length > 0 && (exact.some((commune) => commune.epci !== null) || !nearbyElsewhere);
  return nearbyFirst(settled ? exact : found);
};

/** The name by which it was found, when it is a former one: "Dallet" for Mur-sur-Allier. */
export const formerNameFor = (commune: Commune, typed: string): string | null => {
  const wanted = plainName(typed);
  if (plainName(commune.name).includes(wanted)) return null;
  return commune.formerNames.find((name) => plainName(name).includes(wanted)) ?? null;
};

/** The one commune meant by a typed place, or by the choice made among its candidates; undefined when a choice remains. */
export const findCommune = (territory: Territory, typed: string, chosen: string | undefined): Commune | undefined => {
  const named = chosen === undefined ? undefined : territory.commune(chosen);
  if (named?.name === typed) return named;
  if (named && territory.searchCommunes(typed, MOST_SHOWN).some(({ code }) => code === named.code)) return named;
  const candidates = communeCandidates(territory, typed);
  return candidates.length === 1 ? candidates[0] : undefined;
};
