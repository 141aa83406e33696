import { inLanguage, type Language } from '../territory/language.js';
import { plainName } from '../territory/placeNames.js';
import type { Commune, Territory } from '../territory/territory.js';
import { departmentName } from './departments.js';

const MOST_SHOWN = 20;
const MOST_POSTAL_CODES = 3;

/** What tells a commune from its homonyms: "Côte-d’Or, 21000". */
export const communeDetail = (commune: Commune, language: Language = 'fr'): string => {
  const codes = commune.postalCodes;
  const to = inLanguage(language)({ fr: 'à', en: 'to' });
  const shown = codes.length > MOST_POSTAL_CODES ? [`${codes[0]} ${to} ${codes.at(-1)}`] : codes;
  return [departmentName(commune.department), ...shown].join(', ');
};

/** "Dijon (Côte-d’Or, 21000)" */
export const communeInWords = (commune: Commune, language: Language = 'fr'): string =>
  `${commune.name} (${communeDetail(commune, language)})`;

const isCalled = (commune: Commune, name: string): boolean =>
  [commune.name, ...commune.formerNames].some((known) => plainName(known) === name);

const isOurs = (commune: Commune): boolean => commune.epci !== null;
const opensWith = (commune: Commune, name: string): boolean => plainName(commune.name).startsWith(name);

/** Best first. The beginning of a name of ours may be the whole name of a commune elsewhere, and ours is meant. */
const likeliestFirst = (communes: Commune[], typed: string): Commune[] => {
  const name = plainName(typed);
  const ranks: ((commune: Commune) => boolean)[] = [
    (commune) => isOurs(commune) && isCalled(commune, name),
    (commune) => isOurs(commune) && opensWith(commune, name),
    (commune) => isCalled(commune, name),
    isOurs,
    () => true,
  ];
  const rank = (commune: Commune): number => ranks.findIndex((holds) => holds(commune));
  return communes
    .map((commune) => ({ commune, at: rank(commune) }))
    .sort((a, b) => a.at - b.at)
    .map(({ commune }) => commune);
};

/** What is offered while somebody types. */
export const suggestedCommunes = (territory: Territory, typed: string, limit: number): Commune[] =>
  likeliestFirst(territory.searchCommunes(typed, MOST_SHOWN), typed).slice(0, limit);

/**
 * The communes that a typed name or postal code may mean. A whole name means the communes of that very name; when none of
 * them is ours, also those of ours whose name begins so.
 */
export const communeCandidates = (territory: Territory, typed: string): Commune[] => {
  const name = plainName(typed);
  const found = likeliestFirst(territory.searchCommunes(typed, MOST_SHOWN), typed);
  const exact = found.filter((commune) => isCalled(commune, name));
  if (exact.length === 0) return found;
  if (exact.some(isOurs)) return exact;
  return found.filter((commune) => exact.includes(commune) || (isOurs(commune) && opensWith(commune, name)));
};

/** The name by which it was found, when it is a former one: as people still say it. */
export const formerNameFor = (commune: Commune, typed: string): string | null => {
  const wanted = plainName(typed);
  if (plainName(commune.name).includes(wanted)) return null;
  return commune.formerNames.find((name) => plainName(name).includes(wanted)) ?? null;
};

/** The one commune meant by a typed place, or by the choice made among its candidates; undefined when a choice remains. */
export const findCommune = (territory: Territory, typed: string, chosen: string | undefined): Commune | undefined => {
  const named = chosen === undefined ? undefined : territory.commune(chosen);
  if (named?.name === typed) return named;
  const candidates = communeCandidates(territory, typed);
  if (named && candidates.some(({ code }) => code === named.code)) return named;
  return candidates.length === 1 ? candidates[0] : undefined;
};
