/**
 * What a chart is made of: a drawing for wide pages and paper, another for telephones, each in its own pixels, so that words
 * keep their size; and the same data as a table. Drawn by views/components/charts. Colours and fills are classes of the
 * stylesheet, told apart in grey and by patterns.
 */
export type Pattern = 'stripes' | 'dots' | 'lines';

export type Mark =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; look: string; pattern?: Pattern }
  | { kind: 'path'; d: string; look: string; thickness: number }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; look: string }
  | { kind: 'dot'; x: number; y: number; radius: number; look: string }
  | { kind: 'text'; x: number; y: number; text: string; look: string; anchor: 'start' | 'middle' | 'end' };

export interface Drawing {
  size: 'wide' | 'narrow' | 'any';
  width: number;
  height: number;
  marks: Mark[];
}

/** As views/components/table.ejs has it. */
export interface ChartTable {
  caption: string;
  columns: { label: string; isNumber?: boolean }[];
  rows: string[][];
}

export interface Chart {
  /** In the page: the ids of its parts begin with it. */
  id: string;
  title: string;
  /** Read aloud instead of the drawing. */
  description: string;
  /** Printed beside it: how to read it. */
  help: string;
  drawings: Drawing[];
  table: ChartTable;
}

export const WIDE = 720;
/** What a telephone 360 pixels wide leaves. */
export const NARROW = 312;

type Size = 12 | 14;

/** Atkinson Hyperlegible, in thousandths of its size; a little more than real, so that nothing is cut. */
const WIDTHS: [RegExp, number][] = [
  [/[\s.,;:’'!|()ijlItf\-\u00a0\u202f]/, 370],
  [/[mwMW%]/, 880],
  [/[A-ZÀ-Ý]/, 690],
  [/./, 570],
];

export const textWidth = (text: string, size: Size = 12): number =>
  [...text].reduce((sum, sign) => sum + (WIDTHS.find(([signs]) => signs.test(sign))?.[1] ?? 570), 0) * (size / 1000);

/** A text in lines that are no wider, cut between words. */
export const inLines = (text: string, width: number, size: Size = 12): string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

type Place = { x: number; y: number; anchor?: 'start' | 'middle' | 'end'; look?: string };

export const textAt = (text: string, { x, y, anchor = 'start', look = 'label' }: Place): Mark => ({
  kind: 'text',
  x: Math.round(x * 10) / 10,
  y: Math.round(y * 10) / 10,
  text,
  anchor,
  look,
});

/** Lines under one another; `y`: of the first. */
export const linesAt = (lines: string[], place: Place, step = 15): Mark[] =>
  lines.map((line, index) => textAt(line, { ...place, y: place.y + index * step }));

export const round = (value: number): number => Math.round(value * 10) / 10;

export const rectAt = (
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  look: string,
  pattern?: Pattern,
): Mark => ({
  kind: 'rect',
  x: round(x),
  y: round(y),
  width: round(Math.max(0, width)),
  height: round(Math.max(0, height)),
  look,
  ...(pattern && { pattern }),
});

const NUMBER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
export const number = (value: number): string => NUMBER.format(value);
export const projects = (count: number): string => `${number(count)}\u00a0projet${count > 1 ? 's' : ''}`;
