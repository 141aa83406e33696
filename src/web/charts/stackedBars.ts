import { sum } from 'd3-array';
import {
  type Drawing,
  inLines,
  linesAt,
  type Mark,
  NARROW,
  number,
  type Pattern,
  projects,
  rectAt,
  textWidth,
  WIDE,
} from './drawing.js';

/** A part of a bar: how many projects, in words, and how it is filled. */
export interface Part {
  words: string;
  projects: number;
  look: string;
  pattern?: Pattern;
}
export interface Bar {
  label: string;
  parts: Part[];
}

const BAR = 20;
const LINE = 15;
const GAP = 22;
const LABEL_WIDTH = 190;
/** A sample of a fill, before its words. */
const SAMPLE = 14;

/** Each part named under its bar, behind a sample of its fill: `12 aidés`, as many lines as it takes. */
const named = (parts: Part[], { x: left, y: top, width }: { x: number; y: number; width: number }) => {
  const marks: Mark[] = [];
  let [x, y] = [left, top];
  for (const { words, projects: count, look, pattern } of parts) {
    const text = `${number(count)} ${words}`;
    const needed = SAMPLE + textWidth(text) + 12;
    if (x > left && x + needed - 12 > left + width) [x, y] = [left, y + LINE + 2];
    const lines = inLines(text, width - SAMPLE);
    marks.push(rectAt({ x: x + 0.5, y: y - 9, width: 9, height: 9 }, look, pattern));
    marks.push(...linesAt(lines, { x: x + SAMPLE, y }, LINE));
    y += (lines.length - 1) * LINE;
    x += needed;
  }
  return { marks, height: y - top };
};

const barMarks = ({ parts }: Bar, { x: left, y, width }: { x: number; y: number; width: number }): Mark[] => {
  const total = sum(parts, ({ projects: count }) => count);
  let x = left;
  return parts.map(({ projects: count, look, pattern }) => {
    const own = (count / total) * width;
    const mark = rectAt({ x, y, width: Math.max(1, own - 2), height: BAR }, look, pattern);
    x += own;
    return mark;
  });
};

/** Bars of the same length, whatever their number: how each is made up. The number of each bar is beside its name. */
export const stackedBars = (bars: Bar[], size: 'wide' | 'narrow'): Drawing => {
  const isWide = size === 'wide';
  const width = isWide ? WIDE : NARROW;
  const left = isWide ? LABEL_WIDTH + 16 : 0;
  const marks: Mark[] = [];
  let y = 0;
  for (const bar of bars) {
    const total = projects(sum(bar.parts, ({ projects: count }) => count));
    const lines = inLines(`${bar.label}\u00a0: ${total}`, isWide ? LABEL_WIDTH : NARROW, 14);
    marks.push(...linesAt(lines, { x: 0, y: y + 14, look: 'name' }, 18));
    const top = isWide ? y : y + lines.length * 18 + 2;
    marks.push(...barMarks(bar, { x: left, y: top, width: width - left }));
    const names = named(bar.parts, { x: left, y: top + BAR + 15, width: width - left });
    marks.push(...names.marks);
    y = Math.max(y + lines.length * 18, top + BAR + 15 + names.height) + GAP;
  }
  return { size, width, height: Math.max(1, y - GAP + 6), marks };
};
