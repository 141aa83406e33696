import { type Channel, COUNTER_CHANNELS } from '../questionnaire/channel.js';
import { ACCESS, type Account } from '../referrals/access.js';
import { AXES, type Axis, NEED_IDS, NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';
import type { Territory } from '../territory/territory.js';
import type { Dimension, Selected } from './cells.js';

/** What a page of figures may be narrowed to, beside its period; the address keeps the names. */
export const FILTERS = {
  partenaire: { label: 'Partenaire', dimension: 'partner' },
  territoire: { label: 'Territoire', dimension: 'epci' },
  besoin: { label: 'Besoin principal', dimension: 'need' },
  axe: { label: 'Axe', dimension: 'need' },
  avancement: { label: 'Avancement', dimension: 'stage' },
  lien: { label: 'Lien d’entrée', dimension: 'channel' },
} as const satisfies Record<string, { label: string; dimension: Dimension }>;
export type FilterId = keyof typeof FILTERS;
export const FILTER_IDS = Object.keys(FILTERS) as FilterId[];

/** At most so many at a time: counts are kept by month, one value, and what goes with it, not for every combination. */
export const MOST_FILTERS = 2;

/** A value of each filter that is set. */
export type Filters = Partial<Record<FilterId, string>>;

type Directory = { territory: Territory; channels: Pick<Channel, 'code' | 'label'>[] };
type Choice = { value: string; label: string };

/** Of a territory: nowhere in the perimeter, or not known. */
const ELSEWHERE = 'hors';

/** What a filter offers, in order. Territoires d'industrie come before the EPCI; "hors" is the value for none. */
export const choicesFor = (id: FilterId, { territory, channels }: Directory): Choice[] => {
  switch (id) {
    case 'partenaire':
      return territory.partners
        .filter(({ role }) => role === 'desk')
        .map(({ id: value, name: label }) => ({ value, label }));
    case 'territoire':
      return [
        ...Object.entries(territory.words.alliances).map(([value, label]) => ({
          value,
          label: `Territoire d’industrie ${label}`,
        })),
        ...territory.epcis.map(({ siren, name }) => ({ value: siren, label: name })),
        { value: ELSEWHERE, label: 'Hors du territoire ou non précisé' },
      ];
    case 'besoin':
      return NEED_IDS.map((value) => ({ value, label: NEEDS[value].label }));
    case 'axe':
      return Object.entries(AXES).map(([value, label]) => ({ value, label }));
    case 'avancement':
      return Object.entries(STAGES).map(([value, { label }]) => ({ value, label }));
    case 'lien':
      return [
        ...Object.entries(COUNTER_CHANNELS).map(([value, label]) => ({ value, label })),
        ...channels.map(({ code: value, label }) => ({ value, label })),
      ];
  }
};

const valuesOf = (id: FilterId, value: string, { territory }: Pick<Directory, 'territory'>): string[] => {
  if (id === 'axe') return NEED_IDS.filter((need) => NEEDS[need].axis === (value as Axis));
  if (id === 'territoire' && value === ELSEWHERE) return [''];
  const isTerritoire = id === 'territoire' && Object.hasOwn(territory.words.alliances, value);
  if (!isTerritoire) return [value];
  return territory.epcis.filter(({ territoireIndustrie }) => territoireIndustrie === value).map(({ siren }) => siren);
};

/** What is to be counted with these filters, which share no dimension (`filtersProblem`). */
export const selectedBy = (filters: Filters, directory: Pick<Directory, 'territory'>): Selected[] =>
  FILTER_IDS.flatMap((id) => {
    const value = filters[id];
    return value === undefined ? [] : [{ dimension: FILTERS[id].dimension, values: valuesOf(id, value, directory) }];
  });

/** The filters of a reader: leads read the figures of their own partner, whatever they ask for. */
export const filtersFor = ({ role, partner }: Pick<Account, 'role' | 'partner'>, filters: Filters): Filters =>
  ACCESS.seeFigures[role] === 'own' ? { ...filters, partenaire: partner ?? 'none' } : filters;

/** Why these filters cannot be counted together; null when they can. */
export const filtersProblem = (filters: Filters): 'too many' | 'same dimension' | null => {
  const set = FILTER_IDS.filter((id) => filters[id] !== undefined);
  if (set.length > MOST_FILTERS) return 'too many';
  return new Set(set.map((id) => FILTERS[id].dimension)).size < set.length ? 'same dimension' : null;
};

/** The filters that an address asks for: values that no filter offers are left out. */
export const parseFilters = (query: Record<string, unknown>, directory: Directory): Filters =>
  Object.fromEntries(
    FILTER_IDS.flatMap((id) => {
      const value = query[id];
      const isOffered = typeof value === 'string' && choicesFor(id, directory).some((choice) => choice.value === value);
      return isOffered ? [[id, value]] : [];
    }),
  );
