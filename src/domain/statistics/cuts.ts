import { shortAlliance } from '../territory/buildTerritory.js';
import { AXES, type Axis, NEED_IDS, NEEDS, type Need } from '../territory/needs.js';
import type { Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import type { Tally } from './tally.js';

/** What has become of projects, from the best to what is not known yet. */
export const FATES = {
  helped: { one: 'aidé', many: 'aidés' },
  no_solution: { one: 'sans solution', many: 'sans solution' },
  unreachable: { one: 'injoignable', many: 'injoignables' },
  in_progress: { one: 'en cours', many: 'en cours' },
  waiting: { one: 'à prendre', many: 'à prendre' },
  triage: { one: 'à orienter', many: 'à orienter' },
  withdrawn: { one: 'retiré', many: 'retirés' },
  closed: { one: 'clos sans partenaire', many: 'clos sans partenaire' },
  out_of_territory: { one: 'hors du territoire', many: 'hors du territoire' },
} as const;
export type Fate = keyof typeof FATES;
export const FATE_IDS = Object.keys(FATES) as Fate[];

/** How many projects with this need went to this partner and had this fate; null: none, or not known. */
export interface Flow {
  need: Need | null;
  partner: string | null;
  fate: Fate;
  projects: number;
}

export const flowsOf = (flows: Tally['flows']): Flow[] =>
  Object.entries(flows).flatMap(([key, projects]) => {
    const [need = '', partner = '', fate = ''] = key.split('|');
    if (!Object.hasOwn(FATES, fate)) return [];
    return [{ need: (need || null) as Need | null, partner: partner || null, fate: fate as Fate, projects }];
  });

/** The axis of a need; none: neither the convention nor the charter names it, or the need is not known. */
export const axisOf = (need: Need | null): Axis | null => need && NEEDS[need].axis;

export const axisLabel = (axis: Axis | null): string => (axis ? AXES[axis] : 'Hors des axes');

/** How many projects came from each EPCI; the key '' is out of the territory, or not known. */
export const byEpci = (places: Tally['places']): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [key, projects] of Object.entries(places)) {
    const epci = key.split('|')[1] ?? '';
    sums.set(epci, (sums.get(epci) ?? 0) + projects);
  }
  return sums;
};

/** A column of the table of needs by territory. */
interface Place {
  label: string;
  includes: (epci: string) => boolean;
}

const placesOf = ({ epcis, words }: Pick<Territory, 'epcis' | 'words'>): Place[] => {
  const those = (isOne: (epci: Territory['epcis'][number]) => boolean) => {
    const sirens = new Set(epcis.filter(isOne).map(({ siren }) => siren));
    return (epci: string): boolean => sirens.has(epci);
  };
  return [
    { label: 'Métropole', includes: those(({ isMetropole }) => isMetropole) },
    ...Object.entries(words.alliances).map(([id, label]) => ({
      label: shortAlliance(label),
      includes: those(({ territoireIndustrie }) => territoireIndustrie === id),
    })),
    {
      label: 'Autres du Pôle',
      includes: those(({ isMetropole, territoireIndustrie }) => !isMetropole && territoireIndustrie === null),
    },
    { label: 'Ailleurs, inconnu', includes: (epci) => epci === '' },
  ];
};

export interface NeedsByPlace {
  places: string[];
  /** Needs that have projects, most first; `counts` in the order of places. */
  rows: { need: string; total: number; counts: number[] }[];
}

/** Needs by Territoire d'industrie, the Métropole and the rest: what each part of the territory asks for. */
export const needsByPlace = (kept: Tally['places'], territory: Pick<Territory, 'epcis' | 'words'>): NeedsByPlace => {
  const places = placesOf(territory);
  const cells = Object.entries(kept).map(([key, projects]) => {
    const [need = '', epci = ''] = key.split('|');
    return { need, epci, projects };
  });
  const labels: [string, string][] = NEED_IDS.map((id) => [id, capital(NEEDS[id].label)]);
  const rows = [...labels, ['', 'Besoin non précisé'] as [string, string]].map(([id, need]) => {
    const own = cells.filter((cell) => cell.need === id);
    const sum = (of: typeof cells): number => of.reduce((all, { projects }) => all + projects, 0);
    return {
      need,
      total: sum(own),
      counts: places.map(({ includes }) => sum(own.filter((cell) => includes(cell.epci)))),
    };
  });
  return {
    places: places.map(({ label }) => label),
    rows: rows.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total),
  };
};
