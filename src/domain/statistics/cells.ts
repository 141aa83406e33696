import type { ProjectFacts } from './facts.js';
import { addInto, addTallies, count, emptyTally, laterBy, type Tally } from './tally.js';

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

/** Where a row counts in a dimension. Under a partner it counts as this one sees it, or with its acts alone. */
interface Part {
  value: string;
  partner?: 'has it' | 'had it';
}

const partsOf = (row: ProjectFacts, dimension: Dimension | null): Part[] => {
  if (dimension === null) return [{ value: '' }];
  if (dimension !== 'partner') {
    const own = { epci: row.epci, need: row.mainNeed, stage: row.stage, channel: row.channel }[dimension];
    return [{ value: own ?? '' }];
  }
  const current = row.currentPartner ?? '';
  const others = new Set([...row.declinedBy, ...row.reroutedBy].filter((partner) => partner !== current));
  return [{ value: current, partner: 'has it' }, ...[...others].map((value): Part => ({ value, partner: 'had it' }))];
};

/** What a row adds where it counts so. */
const addedBy = (row: ProjectFacts, { value, partner }: Part, asOf: Date): Tally => {
  if (partner === 'had it') return onlyItsActs(row, value, asOf);
  const own = emptyTally();
  count(own, partner ? asSeenBy(row, value) : row, asOf);
  return own;
};

/** Counts projects one by one into the cells of their month: it holds no project, however many there are. */
export const cellCounter = (asOf: Date) => {
  const cells = new Map<string, Cell>();
  const cellAt = (dimension: Dimension | null, value: string): Cell => {
    const key = `${dimension ?? ''}=${value}`;
    const cell = cells.get(key) ?? { dimension, value, all: emptyTally(), by: {} };
    cells.set(key, cell);
    return cell;
  };
  const lineOf = ({ by }: Cell, dimension: Dimension, value: string): Tally => {
    const lines = by[dimension] ?? {};
    by[dimension] = lines;
    const line = lines[value] ?? emptyTally();
    lines[value] = line;
    return line;
  };
  return {
    add(row: ProjectFacts): void {
      const whole = addedBy(row, { value: '' }, asOf);
      const parts = [null, ...DIMENSIONS].flatMap((dimension) =>
        partsOf(row, dimension).map((part) => ({
          dimension,
          part,
          added: part.partner ? addedBy(row, part, asOf) : whole,
        })),
      );
      for (const { dimension, part, added } of parts) {
        const cell = cellAt(dimension, part.value);
        addInto(cell.all, added);
        for (const other of parts) {
          if (other.dimension === null || other.dimension === dimension) continue;
          addInto(lineOf(cell, other.dimension, other.part.value), other.part.partner ? other.added : added);
        }
      }
    },
    cells: (): Cell[] => [...cells.values()],
  };
};

/** Every cell of a set of projects (those of one month, without spam), as they stand at `asOf`. */
export const cellsOf = (rows: ProjectFacts[], asOf: Date): Cell[] => {
  const counter = cellCounter(asOf);
  for (const row of rows) counter.add(row);
  return counter.cells();
};

/** A cell as it stands so many opening hours later, when nothing happened meanwhile. */
export const cellLaterBy = <Some extends Pick<Cell, 'all' | 'by'>>(cell: Some, hours: number): Some => ({
  ...cell,
  all: laterBy(cell.all, hours),
  by: Object.fromEntries(
    Object.entries(cell.by).map(([dimension, lines]) => [
      dimension,
      Object.fromEntries(Object.entries(lines).map(([value, tally]) => [value, laterBy(tally, hours)])),
    ]),
  ),
});

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
