import type { ProjectFacts } from './facts.js';
import { addTallies, count, emptyTally, type Tally } from './tally.js';

/** By what projects are counted; the value '' is none. Axes and Territoires d'industrie are sums of needs and of EPCI. */
export const DIMENSIONS = ['partner', 'epci', 'need', 'stage', 'channel'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * The counts of the projects of one month that have one value of one dimension (null: of all of them), and the same cut by
 * every other dimension. A few dozen a month, however many projects there are.
 */
export interface Cell {
  dimension: Dimension | null;
  value: string;
  all: Tally;
  by: Partial<Record<Dimension, Record<string, Tally>>>;
}

/** A row as one partner's figures see it: refusals and reroutes are those of this partner, wherever the project is now. */
const asSeenBy = (row: ProjectFacts, partner: string): ProjectFacts => ({
  ...row,
  declinedBy: row.declinedBy.filter((by) => by === partner),
  declineReasons: row.declineReasons.filter((_, place) => row.declinedBy[place] === partner),
  reroutedBy: row.reroutedBy.filter((by) => by === partner),
});

/** Of what a partner refused or sent on, only that is counted for it: the rest belongs to who has the project now. */
const onlyItsActs = (row: ProjectFacts, partner: string, asOf: Date): Tally => {
  const whole = emptyTally();
  count(whole, asSeenBy(row, partner), asOf);
  const { declined, rerouted } = whole.counts;
  return {
    ...emptyTally(),
    counts: { ...(declined && { declined }), ...(rerouted && { rerouted }) },
    reasons: whole.reasons,
  };
};

/** Every value of a dimension that a row counts under, with what it adds there. */
const partsOf = (row: ProjectFacts, dimension: Dimension): { value: string; isActsOnly: boolean }[] => {
  if (dimension !== 'partner') {
    const own = { epci: row.epci, need: row.mainNeed, stage: row.stage, channel: row.channel }[dimension];
    return [{ value: own ?? '', isActsOnly: false }];
  }
  const current = row.currentPartner ?? '';
  const others = new Set([...row.declinedBy, ...row.reroutedBy].filter((partner) => partner !== current));
  return [{ value: current, isActsOnly: false }, ...[...others].map((value) => ({ value, isActsOnly: true }))];
};

type Adding = (tally: Tally) => void;

/** How a row is counted where it has this partner, or where no partner is asked for. */
const adding = (row: ProjectFacts, partner: { value: string; isActsOnly: boolean } | null, asOf: Date): Adding => {
  if (partner?.isActsOnly) {
    const acts = onlyItsActs(row, partner.value, asOf);
    return (tally) => void Object.assign(tally, addTallies([tally, acts]));
  }
  const seen = partner ? asSeenBy(row, partner.value) : row;
  return (tally) => count(tally, seen, asOf);
};

/** Every cell of a set of projects (those of one month, without spam), as they stand at `asOf`. */
export const cellsOf = (rows: ProjectFacts[], asOf: Date): Cell[] => {
  const cells = new Map<string, Cell>();
  const cellAt = (dimension: Dimension | null, value: string): Cell => {
    const key = `${dimension ?? ''}=${value}`;
    const there = cells.get(key);
    if (there) return there;
    const cell: Cell = { dimension, value, all: emptyTally(), by: {} };
    cells.set(key, cell);
    return cell;
  };
  const lineOf = (cell: Cell, dimension: Dimension, value: string): Tally => {
    cell.by[dimension] ??= {};
    const lines = cell.by[dimension] as Record<string, Tally>;
    lines[value] ??= emptyTally();
    return lines[value] as Tally;
  };
  for (const row of rows) {
    for (const dimension of [null, ...DIMENSIONS]) {
      const parts = dimension ? partsOf(row, dimension) : [{ value: '', isActsOnly: false }];
      for (const part of parts) {
        const cell = cellAt(dimension, part.value);
        const own = dimension === 'partner' ? part : null;
        adding(row, own, asOf)(cell.all);
        for (const other of DIMENSIONS.filter((one) => one !== dimension)) {
          for (const line of partsOf(row, other)) {
            const partner = other === 'partner' ? line : own;
            adding(row, partner, asOf)(lineOf(cell, other, line.value));
          }
        }
      }
    }
  }
  return [...cells.values()];
};

/** What to count: values of one dimension, then of another (FILTERS). Empty: everything. */
export interface Selected {
  dimension: Dimension;
  values: string[];
}

/** The cells that a selection is read from: all of a month, or those of the first dimension. */
export const cellsFor = ([first]: Selected[]): { dimension: Dimension | null; values: string[] } =>
  first ? { dimension: first.dimension, values: first.values } : { dimension: null, values: [''] };

const mergedBy = (cells: Pick<Cell, 'by'>[]): Cell['by'] => {
  const merged: Partial<Record<Dimension, Record<string, Tally>>> = {};
  for (const dimension of DIMENSIONS) {
    const lines = new Map<string, Tally[]>();
    for (const { by } of cells)
      for (const [value, tally] of Object.entries(by[dimension] ?? {}))
        lines.set(value, [...(lines.get(value) ?? []), tally]);
    if (lines.size > 0)
      merged[dimension] = Object.fromEntries([...lines].map(([value, tallies]) => [value, addTallies(tallies)]));
  }
  return merged;
};

/** The counts of one month under a selection, from its cells (`cellsFor`). With two dimensions there is no further cut. */
export const tallyFor = (cells: Pick<Cell, 'all' | 'by'>[], [, second]: Selected[]): Pick<Cell, 'all' | 'by'> => {
  if (!second) return { all: addTallies(cells.map(({ all }) => all)), by: mergedBy(cells) };
  const lines = cells.flatMap(({ by }) => second.values.flatMap((value) => by[second.dimension]?.[value] ?? []));
  return { all: addTallies(lines), by: {} };
};
