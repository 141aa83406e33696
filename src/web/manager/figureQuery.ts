import { ACCESS, type Account } from '../../domain/referrals/access.js';
import {
  choicesFor,
  FILTER_IDS,
  FILTERS,
  type FilterId,
  type Filters,
  filtersFor,
  filtersProblem,
  parseFilters,
} from '../../domain/statistics/filters.js';
import {
  CHOSEN_DATES,
  CHOSEN_MONTHS,
  monthsProblem,
  type Period,
  type PeriodQuery,
  parsePeriod,
  printPeriod,
} from '../../domain/statistics/period.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import type { FigureChoices } from '../../services/statistics/readFigureChoices.js';
import type { FigureQuery } from '../../services/statistics/readFigures.js';
import type { FieldErrors } from '../parseForm.js';

/** What an address asks for, and what is wrong with it: then the query is the nearest that can be counted. */
export interface AskedFigures {
  query: FigureQuery;
  /** As asked for, also when they cannot be counted together. */
  filters: Filters;
  months: { du: string; au: string };
  errors: FieldErrors;
}

export interface Directory extends FigureChoices {
  reader: Account;
  territory: Territory;
  now: Date;
}

/** What an address says, or a form. */
interface Query {
  query: Record<string, unknown>;
}

const textOf = ({ query }: Query, name: string): string => (typeof query[name] === 'string' ? query[name] : '');

/** Figures are counted by whole months: two days of an address kept from before stand for their months. */
const periodAsked = (req: Query): Required<PeriodQuery> => {
  const [periode, du, au] = [textOf(req, 'periode'), textOf(req, 'du'), textOf(req, 'au')];
  return periode === CHOSEN_DATES
    ? { periode: CHOSEN_MONTHS, du: du.slice(0, 7), au: au.slice(0, 7) }
    : { periode, du, au };
};

const MONTHS = {
  missing: { field: 'du', text: 'Choisissez deux mois.' },
  reversed: { field: 'au', text: 'Le dernier mois vient avant le premier. Changez l’un des deux.' },
  'too long': { field: 'au', text: 'Choisissez deux mois que dix ans au plus séparent.' },
} as const;

const monthErrors = ({ periode, du, au }: Required<PeriodQuery>): FieldErrors => {
  const problem = periode === CHOSEN_MONTHS ? monthsProblem({ du, au }) : null;
  if (!problem) return {};
  const field = problem === 'missing' && du ? 'au' : MONTHS[problem].field;
  return { [field]: MONTHS[problem].text };
};

/** Has the reader only the figures of one partner, which is then a filter already set? */
export const isOwnOnly = ({ role }: Pick<Account, 'role'>): boolean => ACCESS.seeFigures[role] === 'own';

const setIn = (filters: Filters): FilterId[] => FILTER_IDS.filter((id) => filters[id] !== undefined);

/** The id of a filter's field: one called `axe` would hide whatever scripts keep under that name. */
export const fieldOf = (id: FilterId): string => `filtre-${id}`;

const filterErrors = (reader: Account, filters: Filters): FieldErrors => {
  const problem = filtersProblem(filtersFor(reader, filters));
  const last = setIn(filters).at(-1);
  if (!problem || !last) return {};
  if (problem === 'same dimension')
    return { [fieldOf('axe')]: 'L’axe et le besoin se recouvrent\u00a0: gardez l’un des deux.' };
  return {
    [fieldOf(last)]: isOwnOnly(reader)
      ? 'Choisissez un seul filtre\u00a0: votre partenaire en est déjà un.'
      : 'Choisissez deux filtres au plus\u00a0: au-delà, les chiffres ne sont pas gardés.',
  };
};

/** The figures that a request asks for. A lead's own partner is no filter of the address: the service adds it. */
export const figuresAsked = (req: Query, directory: Directory): AskedFigures => {
  const asked = periodAsked(req);
  const { partenaire, ...others } = parseFilters(req.query, directory);
  const isOwn = isOwnOnly(directory.reader);
  const filters = isOwn || partenaire === undefined ? others : { partenaire, ...others };
  const wrong = filterErrors(directory.reader, filters);
  return {
    query: {
      period: parsePeriod(asked, directory.now, directory.named),
      filters: Object.keys(wrong).length > 0 ? {} : filters,
    },
    filters,
    months: { du: asked.du, au: asked.au },
    errors: { ...monthErrors(asked), ...wrong },
  };
};

/** The end of an address that asks for these figures. */
export const printFigures = ({ period, filters }: { period: Period; filters: Filters }): string =>
  new URLSearchParams({ ...printPeriod(period), ...filters }).toString();

/** "Partenaire : INPI", for each filter that is set. */
export const filtersInWords = (
  filters: Filters,
  directory: { territory: Territory; channels: FigureChoices['channels'] },
): string[] =>
  setIn(filters).map((id) => {
    const found = choicesFor(id, directory).find(({ value }) => value === filters[id]);
    return `${FILTERS[id].label}\u00a0: ${capital(frenchTypography(found?.label ?? String(filters[id])))}`;
  });
