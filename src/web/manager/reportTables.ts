import type { PartnerPart, ReportContent, ReportGroup, ReportTable } from '../../domain/statistics/report.js';
import { changeInWords, figureInWords } from '../../domain/statistics/words.js';
import { capital, frenchTypography } from '../../domain/territory/typography.js';
import { number } from '../charts/drawing.js';

/** As views/components/table.ejs has it. */
export interface TableModel {
  caption: string;
  columns: { label: string; isNumber?: boolean }[];
  rows: string[][];
}

type Compared = Pick<ReportContent, 'before' | 'yearBefore' | 'isUnderWay'>;

/** Nothing to count on either side says nothing. */
const isKnown = ({ figure, before, yearBefore }: ReportGroup['figures'][number]): boolean =>
  [figure, before, yearBefore].some(({ value }) => value !== null);

/** All figures under their headings, beside those that they are compared with, where there were any. */
export const figuresTable = (
  groups: ReportGroup[],
  { before, yearBefore, isUnderWay }: Compared,
): { columns: TableModel['columns']; groups: { title: string; rows: string[][] }[] } => {
  const isCompared = (unit: string): boolean => !isUnderWay || unit !== 'count';
  const rowOf = ({ label, unit, figure, before: then, yearBefore: yearThen }: ReportGroup['figures'][number]) => {
    const change = isCompared(unit) ? changeInWords(unit, figure, then) : null;
    return [
      label,
      figureInWords(unit, figure),
      ...(before ? [figureInWords(unit, then), change?.text ?? '–'] : []),
      ...(yearBefore ? [figureInWords(unit, yearThen)] : []),
    ];
  };
  return {
    columns: [
      { label: 'Chiffre' },
      ...[
        'Ce trimestre',
        ...(before ? ['Trimestre d’avant', 'Écart'] : []),
        ...(yearBefore ? ['Un an plus tôt'] : []),
      ].map((label) => ({ label, isNumber: true })),
    ],
    groups: groups
      .map(({ title, figures }) => ({ title, rows: figures.filter(isKnown).map(rowOf) }))
      .filter(({ rows }) => rows.length > 0),
  };
};

/** One table of lines; `most`: lines at most, the others in one sentence under it. */
export const linesTable = ({ title, of, columns, rows }: ReportTable, most = Number.POSITIVE_INFINITY) => ({
  title: capital(title),
  caption: capital(title),
  columns: [{ label: of }, ...columns.map(({ label }) => ({ label, isNumber: true }))],
  rows: rows
    .slice(0, most)
    .map(({ label, figures }) => [
      frenchTypography(label),
      ...figures.map((figure, place) => figureInWords(columns[place]?.unit ?? 'count', figure)),
    ]),
  more: Math.max(0, rows.length - most),
});

export const reasonsTable = (reasons: ReportContent['reasons']): TableModel | null =>
  reasons.length === 0
    ? null
    : {
        caption: 'Raisons des refus',
        columns: [{ label: 'Raison' }, { label: 'Refus', isNumber: true }],
        rows: reasons.map(({ label, projects }) => [label, number(projects)]),
      };

export const rulesTable = (rules: ReportContent['rules']): TableModel | null =>
  rules.length === 0
    ? null
    : {
        caption: 'Les règles dont le choix a été corrigé',
        columns: [
          { label: 'Règle' },
          ...['Projets envoyés', 'Envoyés ailleurs par une personne', 'Réorientés', 'Refusés'].map((label) => ({
            label,
            isNumber: true,
          })),
        ],
        rows: rules.map(({ label, sent, overridden, rerouted, declined }) => [
          frenchTypography(label),
          ...[sent, overridden, rerouted, declined].map(number),
        ]),
      };

export const lacksTable = ({ needs }: ReportContent['lacks']): TableModel | null =>
  needs.length === 0
    ? null
    : {
        caption: 'Besoins sans réponse, ou refusés',
        columns: [
          { label: 'Besoin' },
          ...['Projets', 'Pris en charge', 'Sans solution', 'Terminés sans partenaire', 'Refusés'].map((label) => ({
            label,
            isNumber: true,
          })),
        ],
        rows: needs.map(({ label, projects, taken, noSolution, withoutPartner, declined }) => [
          frenchTypography(label),
          ...[projects, taken, noSolution, withoutPartner, declined].map(number),
        ]),
      };

export const hasProjects = ({ groups }: Pick<PartnerPart, 'groups'>): boolean =>
  groups.some(({ figures }) =>
    figures.some(({ id, figure }) => (id === 'submitted' || id === 'declined') && (figure.value ?? 0) > 0),
  );
