/** Counts below this are never published: they could tell of one person. */
export const FEWEST = 5;

/** Of a line of a published table: `small`, a count of it is under FEWEST; `withheld`, it would give a small one away. */
export type Shown = 'shown' | 'small' | 'withheld';

interface Range {
  value: number;
  from: number;
  to: number;
}

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

const isSmall = (value: number): boolean => value < FEWEST;

/** Does the total, less what is shown, leave one value only for one of the small counts? */
const givesAway = (hidden: Range[]): boolean => {
  const rest = sumOf(hidden.map(({ value }) => value));
  const [least, most] = [sumOf(hidden.map(({ from }) => from)), sumOf(hidden.map(({ to }) => to))];
  return hidden.some(({ value, from, to }) => {
    const lowest = Math.max(from, rest - (most - to));
    const highest = Math.min(to, rest - (least - from));
    return isSmall(value) && lowest === highest;
  });
};

/**
 * Which lines of a table may be published beside the totals of its columns (`columns[column][line]`; one column for a count,
 * two for a share: those that are in and those that are not). Complementary suppression: where one small count alone is
 * hidden, the total gives it away, so the smallest other line is hidden too, and more as long as a small count has one
 * possible value, even for a reader who knows this rule. When hiding every line is not enough, none is said to be small.
 * `out`: lines hidden already, for another reason.
 */
export const protect = (columns: number[][], out: boolean[] = []): Shown[] => {
  const lines = (columns[0] ?? []).map((_, line) => columns.map((column) => column[line] ?? 0));
  const shown = lines.map((values, line): Shown => {
    if (values.some(isSmall)) return 'small';
    return out[line] ? 'withheld' : 'shown';
  });
  const sizeOf = (line: number): number => sumOf(lines[line] ?? []);
  const isKnown = (): boolean => {
    const places = [...lines.keys()];
    const hidden = places.filter((line) => shown[line] !== 'shown');
    const open = places.filter((line) => shown[line] === 'shown');
    const bound = Math.min(...open.map(sizeOf));
    return columns.some((_, column) =>
      givesAway(
        hidden.map((line) => {
          const value = lines[line]?.[column] ?? 0;
          if (isSmall(value)) return { value, from: 0, to: FEWEST - 1 };
          // Lines are hidden smallest first, so a hidden one is no larger than any that is shown.
          return {
            value,
            from: FEWEST,
            to: shown[line] === 'withheld' && !out[line] ? bound : Number.MAX_SAFE_INTEGER,
          };
        }),
      ),
    );
  };
  while (isKnown()) {
    const next = [...lines.keys()].filter((line) => shown[line] === 'shown').sort((a, b) => sizeOf(a) - sizeOf(b))[0];
    if (next === undefined) return shown.map(() => 'withheld');
    shown[next] = 'withheld';
  }
  return shown;
};
