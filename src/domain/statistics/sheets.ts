/** A cell of a file: a text, a number, a share (0.82 is 82 %), a day in Paris ("2026-12-08"), or nothing. */
export type SheetValue = string | number | null | { share: number } | { day: string };

export interface SheetColumn {
  label: string;
  /** In characters, as spreadsheets count them. */
  width: number;
}

/** A table of a file. Its rows may be many, and come by batches then: whoever writes them keeps none. */
export interface Sheet {
  name: string;
  columns: SheetColumn[];
  rows: SheetValue[][] | AsyncIterable<SheetValue[][]>;
}

/** The rows of a table by batches, as they come: one, when they are all there. */
export const batchesOf = ({ rows }: Sheet): Iterable<SheetValue[][]> | AsyncIterable<SheetValue[][]> =>
  Array.isArray(rows) ? [rows] : rows;

/** The formats that files are made in. */
export const FORMATS = {
  xlsx: {
    label: 'Classeur (XLSX)',
    hint: 'S’ouvre dans Excel ou LibreOffice, avec une feuille de définitions',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  csv: {
    label: 'Texte (CSV)',
    hint: 'Points-virgules et virgules décimales, pour un autre logiciel',
    type: 'text/csv; charset=utf-8',
  },
} as const satisfies Record<string, { label: string; hint: string; type: string }>;
export type Format = keyof typeof FORMATS;

export const share = (value: number | null): SheetValue => (value === null ? null : { share: value });
export const day = (value: string | null): SheetValue => (value === null ? null : { day: value });
