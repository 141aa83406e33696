import { ACCESS, type Account, may } from '../../domain/referrals/access.js';
import { choicesFor, FILTER_IDS, FILTERS, type Filters } from '../../domain/statistics/filters.js';
import { CHOSEN_MONTHS, type Period, periodChoices, printPeriod } from '../../domain/statistics/period.js';
import type { Territory } from '../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { paths } from '../../paths.js';
import type { FigureChoices } from '../../services/statistics/readFigureChoices.js';
import { type AskedFigures, fieldOf, isOwnOnly, printFigures } from './figureQuery.js';

interface Directory extends FigureChoices {
  reader: Account;
  territory: Territory;
  now: Date;
  /** Where the form leads; the page of figures when left out. */
  action?: string;
}

const periodGroups = (period: Period, { now, named }: Directory) => {
  const groups = periodChoices(now, named).map(({ title, periods }) => ({
    title,
    choices: periods.map(({ code, label }) => ({ code, label: capital(label), isChosen: code === period.code })),
  }));
  const isListed = groups.some(({ choices }) => choices.some(({ isChosen }) => isChosen));
  if (isListed) return groups;
  const shown = { code: period.code, label: capital(period.label), isChosen: true };
  return [{ title: 'Période affichée', choices: [shown] }, ...groups];
};

const filterFields = ({ filters, errors }: AskedFigures, directory: Directory) =>
  FILTER_IDS.filter((id) => id !== 'partenaire' || !isOwnOnly(directory.reader)).map((id) => ({
    id: fieldOf(id),
    name: id,
    label: FILTERS[id].label,
    error: errors[fieldOf(id)] ?? null,
    choices: choicesFor(id, directory).map(({ value, label }) => ({
      value,
      label: capital(frenchTypography(label)),
      isChosen: filters[id] === value,
    })),
  }));

/** What another form must send again, so that the address keeps it. */
const hidden = (entries: object): { name: string; value: string }[] =>
  Object.entries(entries).flatMap(([name, value]) => (value ? [{ name, value: String(value) }] : []));

const countOf = (filters: Filters): string => {
  const set = Object.values(filters).length;
  return set === 0 ? '' : ` (${set})`;
};

/** The chooser, ready for views/manager/periodForm.ejs: a list of periods and filters, and two months for any other. */
export const periodForm = (asked: AskedFigures, directory: Directory) => {
  const { query, filters, months, errors } = asked;
  const { period } = query;
  const { periode: _, ...ownMonths } = printPeriod(period);
  const action = directory.action ?? paths.figures();
  const isMonthsAsked = errors['du'] !== undefined || errors['au'] !== undefined;
  return {
    action,
    groups: periodGroups(period, directory),
    filters: filterFields(asked, directory),
    filtersTitle: `Filtrer${countOf(filters)}`,
    areFiltersOpen: Object.keys(filters).length > 0,
    clear: Object.keys(filters).length > 0 ? `${action}?${printFigures({ period, filters: {} })}` : null,
    keepMonths: hidden(ownMonths),
    monthsCode: CHOSEN_MONTHS,
    months: [
      { name: 'du', label: 'Du mois de', value: isMonthsAsked ? months.du : period.first.slice(0, 7) },
      { name: 'au', label: 'Au mois de (inclus)', value: isMonthsAsked ? months.au : period.last.slice(0, 7) },
    ].map((month) => ({ ...month, error: errors[month.name] ?? null })),
    keepFilters: hidden(filters),
    areMonthsOpen: isMonthsAsked || period.code === CHOSEN_MONTHS,
    periods: may(directory.reader, 'namePeriods') ? paths.periods() : null,
  };
};

/** Is this page of one partner only? Its name; null for all figures. */
export const ownPartner = ({ role, partner }: Account): string | null =>
  ACCESS.seeFigures[role] === 'own' ? partner : null;
