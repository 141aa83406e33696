import { dateInWords, timeInWords } from '../../../domain/calendar/words.js';
import { DECLINE_REASONS, type DeclineReason } from '../../../domain/referrals/lifecycle.js';
import { BREAKDOWNS, type Breakdown, COLUMNS } from '../../../domain/statistics/breakdowns.js';
import { FILTERS, type Filters } from '../../../domain/statistics/filters.js';
import { GROUPED } from '../../../domain/statistics/groups.js';
import { type Kpi, type KpiId, kpi, type Unit } from '../../../domain/statistics/kpis.js';
import type { Names } from '../../../domain/statistics/names.js';
import { monthsInWords } from '../../../domain/statistics/period.js';
import { type Sheet, type SheetColumn, type SheetValue, share } from '../../../domain/statistics/sheets.js';
import type { Figure } from '../../../domain/statistics/tally.js';
import type { Figures } from '../readFigures.js';

/** What a file says of itself beside its rows: what it is about, and what its words mean. */
export interface About {
  /** The words of each filter that is set, with its label. */
  filters: { label: string; value: string }[];
  names: Names;
}

const UNITS: Record<Unit, string> = { count: 'projets', share: '%', hours: 'heures ouvrées' };
const GOOD: Record<'up' | 'down', string> = { up: 'plus haut', down: 'plus bas' };
export const goodOf = ({ good }: Pick<Kpi, 'good'>): string | null => good && GOOD[good];

const SMALL = 13;
const column = (label: string, width = SMALL): SheetColumn => ({ label, width });

/** As a spreadsheet types it: a share is a percentage, what is unknown is empty. */
const typed = (id: KpiId, { value }: Figure): SheetValue => (kpi(id).unit === 'share' ? share(value) : value);

const whole = ({ figures }: Figures): Sheet => ({
  name: 'Chiffres',
  columns: [
    column('Rubrique', 28),
    column('Chiffre', 30),
    column('Valeur'),
    column('Unité', 16),
    column('Numérateur'),
    column('Dénominateur'),
    column('Période d’avant'),
    column('Année d’avant'),
    column('Bon signe'),
    column('Définition', 90),
  ],
  rows: GROUPED.flatMap(({ title, kpis }) =>
    figures
      .filter(({ id }) => kpis.includes(id))
      .map(({ id, figure, before, yearBefore }) => [
        title,
        kpi(id).label,
        typed(id, figure),
        UNITS[kpi(id).unit],
        figure.numerator,
        figure.denominator,
        typed(id, before),
        typed(id, yearBefore),
        goodOf(kpi(id)),
        kpi(id).sentence,
      ]),
  ),
});

const cut = ({ id, rows }: Breakdown): Sheet => ({
  name: BREAKDOWNS[id].label,
  columns: [column(BREAKDOWNS[id].of, 44), ...COLUMNS.map((kpiId) => column(kpi(kpiId).label, 18)), column('Code', 24)],
  rows: rows.map((row) => [row.label, ...COLUMNS.map((kpiId) => typed(kpiId, row.figures[kpiId])), row.id]),
});

const most = (counts: Record<string, number>): [string, number][] =>
  Object.entries(counts).sort(([, a], [, b]) => b - a);

const reasons = ({ reasons: counts }: Figures): Sheet => ({
  name: 'Motifs de refus',
  columns: [column('Motif', 44), column('Refus'), column('Code', 16)],
  rows: most(counts).map(([code, count]) => [DECLINE_REASONS[code as DeclineReason], count, code]),
});

const rules = ({ rules: tallies }: Figures): Sheet => ({
  name: 'Règles',
  columns: [
    column('Code de la règle', 36),
    column('Projets envoyés'),
    column('Autre choix d’une personne'),
    column('Réorientés'),
    column('Refusés'),
  ],
  rows: Object.entries(tallies)
    .sort(([, a], [, b]) => b.sent - a.sent)
    .map(([rule, { sent, overridden, rerouted, declined }]) => [rule, sent, overridden, rerouted, declined]),
});

/** The parts of "need|partner|outcome", where nothing stands for none. */
const partsOf = (key: string): (string | null)[] => key.split('|').map((part) => part || null);

const flows = ({ flows: counts }: Figures, names: Names): Sheet => ({
  name: 'Du besoin à l’issue',
  columns: [column('Besoin', 40), column('Partenaire', 44), column('Issue ou état', 18), column('Projets')],
  rows: most(counts).map(([key, count]) => {
    const [need = null, partner = null, end = null] = partsOf(key);
    return [names.need(need), names.partner(partner), names.end(end), count];
  }),
});

const places = ({ places: counts }: Figures, names: Names): Sheet => ({
  name: 'Besoins par territoire',
  columns: [column('Besoin', 40), column('Intercommunalité', 44), column('Projets')],
  rows: most(counts).map(([key, count]) => {
    const [need = null, epci = null] = partsOf(key);
    return [names.need(need), names.epci(epci), count];
  }),
});

const asOfInWords = ({ asOf }: Figures): string => `${dateInWords(asOf)} à ${timeInWords(asOf)}`;
const monthsOf = ({ first, last }: { first: string; last: string }): string =>
  monthsInWords(first.slice(0, 7), last.slice(0, 7));

/** The words of filters, for files that carry them. */
export const filtersInWords = (filters: Filters, wordsOf: (id: keyof Filters, value: string) => string) =>
  (Object.entries(filters) as [keyof Filters, string][]).map(([id, value]) => ({
    label: FILTERS[id].label,
    value: wordsOf(id, value),
  }));

const definitions = (figures: Figures, { filters }: About): Sheet => ({
  name: 'Définitions',
  columns: [column('Mot', 34), column('Ce qu’il veut dire', 110), column('Unité', 16), column('Bon signe')],
  rows: [
    ['Période', figures.period.label, null, null],
    ['Données au', asOfInWords(figures), null, null],
    ['Période d’avant', monthsOf(figures.before), null, null],
    ['Année d’avant', monthsOf(figures.yearBefore), null, null],
    ...filters.map(({ label, value }) => [`Filtre : ${label}`, value, null, null]),
    ...figures.figures.map(({ id }) => [kpi(id).label, kpi(id).sentence, UNITS[kpi(id).unit], goodOf(kpi(id))]),
  ],
});

/** The figures of a page as a workbook: a sheet a table, and one of definitions. */
export const figureSheets = (figures: Figures, about: About): Sheet[] =>
  [
    whole(figures),
    ...figures.breakdowns.map(cut),
    reasons(figures),
    rules(figures),
    flows(figures, about.names),
    places(figures, about.names),
    definitions(figures, about),
  ].filter(({ rows }) => (rows as SheetValue[][]).length > 0);

/** Shares as percentages in a column of numbers, with their unit beside. */
const plain = (id: KpiId, { value }: Figure): number | null =>
  kpi(id).unit === 'share' && value !== null ? value * 100 : value;

/** The same as one table, one line a figure, so that a spreadsheet may sort and sum them as it likes. */
export const figureTable = (figures: Figures, { filters }: About): Sheet => {
  const lines = [
    ...figures.figures.map((row) => ({ table: 'Ensemble', line: 'Ensemble', ...row })),
    ...figures.breakdowns.flatMap((one) =>
      one.rows.flatMap((row) =>
        COLUMNS.map((id) => ({ table: BREAKDOWNS[one.id].label, line: row.label, id, figure: row.figures[id] })),
      ),
    ),
  ].map((line) => ({ before: null, yearBefore: null, ...line }));
  const narrowed = filters.map(({ label, value }) => `${label} : ${value}`).join(' | ');
  return {
    name: 'Chiffres',
    columns: [
      'Période',
      'Données au',
      'Tableau',
      'Ligne',
      'Chiffre',
      'Valeur',
      'Unité',
      'Numérateur',
      'Dénominateur',
      'Période d’avant',
      'Année d’avant',
      'Bon signe',
      'Filtres',
      'Définition',
    ].map((label) => column(label)),
    rows: lines.map(({ table, line, id, figure, before, yearBefore }) => [
      figures.period.label,
      asOfInWords(figures),
      table,
      line,
      kpi(id).label,
      plain(id, figure),
      UNITS[kpi(id).unit],
      figure.numerator,
      figure.denominator,
      before && plain(id, before),
      yearBefore && plain(id, yearBefore),
      goodOf(kpi(id)),
      narrowed,
      kpi(id).sentence,
    ]),
  };
};
