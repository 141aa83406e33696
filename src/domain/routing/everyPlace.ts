import { departmentName } from '../questionnaire/departments.js';
import type { Commune, Territory } from '../territory/territory.js';
import { type Profile, profileReader } from './places.js';

/** One kind of place that rules can tell from the others, with a commune of it. */
export interface PlaceKind {
  profile: Profile;
  commune: Commune;
  /** "dans Creusot Montceau (…, par exemple)", "dans le département Cher, hors du territoire (…, par exemple)". */
  label: string;
}

/**
 * Every kind of place of France: each EPCI of the perimeter (in each of its départements), each département outside, and
 * the communes that a partner serves by name. The perimeter first. Some 130; kept for as long as the territory is.
 */
export function everyPlace(territory: Territory): readonly PlaceKind[] {
  let found = known.get(territory);
  if (found === undefined) {
    found = findPlaces(territory);
    known.set(territory, found);
  }
  return found;
}

const known = new WeakMap<Territory, readonly PlaceKind[]>();

function findPlaces(territory: Territory): PlaceKind[] {
  const profileOf = profileReader(territory);
  const communes = new Map<Profile, Commune>();
  for (const commune of [...territory.communes].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const profile = profileOf(commune);
    const largest = communes.get(profile);
    if (largest === undefined || commune.population > largest.population) communes.set(profile, commune);
  }
  const kinds = [...communes].map(([profile, commune]) => ({ profile, commune, label: labelOf(profile, commune) }));
  return kinds.sort((a, b) => isOutside(a) - isOutside(b));
}

const isOutside = ({ profile }: PlaceKind): number => (profile.epci === null ? 1 : 0);

function labelOf({ epci }: Profile, { department, name }: Commune): string {
  if (epci === null)
    return `dans le département ${departmentName(department)}, hors du territoire (${name}, par exemple)`;
  const where = epci.department === department ? '' : `, côté ${departmentName(department)}`;
  return `dans ${epci.name}${where} (${name}, par exemple)`;
}
