import { rollups, sum } from 'd3-array';
import { linkHorizontal } from 'd3-shape';
import { inLines, linesAt, type Mark, number, rectAt, round, textWidth } from './drawing.js';

/** So many projects, by the names of what they pass through, one a column. */
export interface Passage {
  through: string[];
  projects: number;
}

export interface Column {
  /** Left edge of its nodes. */
  x: number;
  /** Every node, from the top; those without projects are left out. */
  order: string[];
  /** Where words are: before the node, or after it. */
  side: 'before' | 'after';
  /** How wide they may be. */
  room: number;
}

interface Node {
  name: string;
  projects: number;
  lines: string[];
  /** Height of the node itself, and of what it takes with its words. */
  height: number;
  slot: number;
  y: number;
  x: number;
}

const NODE = 10;
const LINE = 14;
const GAP = 9;
/** What all projects together take. */
const WHOLE = 300;

const totalOf = (passages: Passage[]): number => sum(passages, ({ projects }) => projects);

const nodesOf = (passages: Passage[], column: Column, place: number): Node[] => {
  const perProject = WHOLE / totalOf(passages);
  return column.order.flatMap((name) => {
    const projects = totalOf(passages.filter(({ through }) => through[place] === name));
    if (projects === 0) return [];
    const lines = inLines(`${name}\u00a0: ${number(projects)}`, column.room);
    const height = Math.max(1.5, projects * perProject);
    return [{ name, projects, lines, height, slot: Math.max(height, lines.length * LINE + 2), y: 0, x: column.x }];
  });
};

const heightOf = (nodes: Node[]): number => sum(nodes, ({ slot }) => slot) + GAP * (nodes.length - 1);

/** Spread over the height, each node in the middle of the room that its words take. */
const placed = (nodes: Node[], { top, height }: { top: number; height: number }): Node[] => {
  const gap = nodes.length > 1 ? GAP + (height - heightOf(nodes)) / (nodes.length - 1) : 0;
  let y = top;
  return nodes.map((node) => {
    const own = { ...node, y: y + (node.slot - node.height) / 2 };
    y += node.slot + gap;
    return own;
  });
};

const link = linkHorizontal<{ source: [number, number]; target: [number, number] }, [number, number]>();

/** Ribbons from one column to the next, stacked at both ends in the order of the nodes that they join. */
const ribbons = (passages: Passage[], place: number, [from, to]: [Node[], Node[]], lookOf: LookOf): Mark[] => {
  const perProject = WHOLE / totalOf(passages);
  const used = new Map<Node, number>();
  const startAt = (node: Node, thickness: number): number => {
    const before = used.get(node) ?? 0;
    used.set(node, before + thickness);
    return round(node.y + before + thickness / 2);
  };
  const sums = new Map(
    rollups(
      passages,
      totalOf,
      ({ through }) => through[place] ?? '',
      ({ through }) => through[place + 1] ?? '',
    ).map(([name, targets]) => [name, new Map(targets)]),
  );
  return from.flatMap((source) =>
    to.flatMap((target): Mark[] => {
      const projects = sums.get(source.name)?.get(target.name) ?? 0;
      if (projects === 0) return [];
      const thickness = projects * perProject;
      const start: [number, number] = [source.x + NODE, startAt(source, thickness)];
      const end: [number, number] = [target.x, startAt(target, thickness)];
      const d = link({ source: start, target: end }) ?? '';
      return [{ kind: 'path', d, look: lookOf(place, target.name), thickness: round(Math.max(0.8, thickness)) }];
    }),
  );
};

/** Behind the words that stand after a node, where ribbons pass. */
const veils = (words: Mark[]): Mark[] =>
  words.flatMap((word) => {
    if (word.kind !== 'text' || word.anchor !== 'start') return [];
    const width = textWidth(word.text) + 2;
    return [rectAt({ x: word.x - 3, y: word.y - 11, width, height: LINE }, 'veil')];
  });

/** How the ribbons that come into a node are drawn. */
type LookOf = (place: number, target: string) => string;

/** A flow through columns of nodes; `top`: where it begins. Gives its marks and where it ends. */
export const sankey = (passages: Passage[], columns: Column[], top: number, lookOf: LookOf) => {
  const found = columns.map((column, place) => nodesOf(passages, column, place));
  const height = Math.max(...found.map(heightOf));
  const nodes = found.map((own) => placed(own, { top, height }));
  const links = columns
    .slice(1)
    .flatMap((_, place) => ribbons(passages, place, [nodes[place] ?? [], nodes[place + 1] ?? []], lookOf));
  const boxes = nodes.flat().map(({ x, y, height: own }) => rectAt({ x, y, width: NODE, height: own }, 'node'));
  const words = nodes.flatMap((own, place) =>
    own.flatMap(({ lines, x, y, height: tall }) => {
      const isBefore = columns[place]?.side === 'before';
      return linesAt(
        lines,
        {
          x: isBefore ? x - 6 : x + NODE + 6,
          y: y + tall / 2 - ((lines.length - 1) * LINE) / 2 + 4,
          anchor: isBefore ? 'end' : 'start',
          look: 'label halo',
        },
        LINE,
      );
    }),
  );
  return { marks: [...links, ...boxes, ...veils(words), ...words], bottom: top + height };
};
