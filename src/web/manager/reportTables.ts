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

/** Figures under one heading, beside those that they are compared with, where there were any. */
export const groupTable = (
  { title, figures }: ReportGroup,
  { before, yearBefore, isUnderWay }: Compared,
): TableModel => {
  const isCompared = (unit: string): boolean => !isUnderWay || unit !== 'count';
  return {
    caption: title,
    columns: [
      { label: 'Chiffre' },
      { label: 'Ce trimestre', isNumber: true },
      ...(before
        ? [
            { label: 'Trimestre d’avant', isNumber: true },
            { label: 'Écart', isNumber: true },
          ]
        : []),
      ...(yearBefore ? [{ label: 'Un an plus tôt', isNumber: true }] : []),
    ],
    rows: figures.map((row) => {
      const change = isCompared(row.unit) ? changeInWords(row.unit, row.figure, row.before) : null;
      return [
        row.label,
        figureInWords(row.unit, row.figure),
        ...(before ? [figureInWords(row.unit, row.before), change?.text ?? '–'] : []),
        ...(yearBefore ? [figureInWords(row.unit, row.yearBefore)] : []),
      ];
    }),
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
