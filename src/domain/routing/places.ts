import type { Commune, Epci, Partner, Territory } from '../territory/territory.js';

/** What the rules can tell of a place: two communes of the same profile are the same to every rule. */
export interface Profile {
  commune: Commune | null;
  epci: Epci | null;
  /** The places of a condition that hold this commune: its département, EPCI, Territoire d'industrie, and families of places. */
  around: ReadonlySet<string>;
  /** The active partners that serve it, in the directory's order. Nobody when the commune is not known. */
  serving: readonly Partner[];
}

/**
 * Gives the profile of a commune (null: not known). Profiles are kept: one per département, EPCI and set of partners
 * that serve, some 130 for France. `commune` and `epci` are those of the first commune seen with this profile. The same
 * territory has one reader, so that what was read of a project serves several rulesets.
 */
export function profileReader(territory: Territory): ProfileReader {
  let reader = readers.get(territory);
  if (reader === undefined) {
    reader = makeReader(territory);
    readers.set(territory, reader);
  }
  return reader;
}

export type ProfileReader = (commune: Commune | null) => Profile;

const readers = new WeakMap<Territory, ProfileReader>();

function makeReader(territory: Territory): ProfileReader {
  const nowhere: Profile = { commune: null, epci: null, around: new Set(), serving: [] };
  const apart = new Set(territory.partners.flatMap((partner) => partner.servesCommunes));
  const known = new Map<string, Profile>();
  return (commune) => {
    if (commune === null) return nowhere;
    const key = apart.has(commune.code) ? commune.code : `${commune.department}|${commune.epci}`;
    let profile = known.get(key);
    if (profile === undefined) {
      profile = profileOf(commune, territory);
      known.set(key, profile);
    }
    return profile;
  };
}

function profileOf(commune: Commune, territory: Territory): Profile {
  const epci = (commune.epci ? territory.epci(commune.epci) : undefined) ?? null;
  const around = new Set([commune.department]);
  if (commune.epci) around.add(commune.epci);
  if (epci?.territoireIndustrie) around.add(epci.territoireIndustrie).add('territoire-industrie');
  if (epci) around.add('perimeter');
  if (epci?.inPole) around.add('pole');
  if (epci?.isMetropole) around.add('metropole');
  const serving = territory.partners.filter((one) => one.role !== 'inactive' && territory.serves(one, commune));
  return { commune, epci, around, serving };
}
