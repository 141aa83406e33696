import fc from 'fast-check';
import { FEWEST, protect, type Shown } from '../../../src/domain/statistics/protect.js';

const S: Shown = 'shown';
const small: Shown = 'small';
const W: Shown = 'withheld';

/** One column, and what becomes of its lines, because … */
const CASES: [why: string, lines: number[], shown: Shown[]][] = [
  ['nothing is under 5', [12, 5, 30], [S, S, S]],
  ['4 alone is 24 less 20: the smallest other line goes too', [20, 4, 9], [S, small, W]],
  ['4 and 3 make 7: either could be 3', [20, 4, 3], [S, small, small]],
  ['two that make 8 can only be 4 and 4', [20, 4, 4, 11], [S, small, small, W]],
  ['two that make 0 can only be 0 and 0', [20, 0, 0, 11], [S, small, small, W]],
  // 4 + 10 = 14, and whoever is hidden second is at most 10: 14 less 10 leaves 4 only. So both tens go: 4, with 20 for two.
  ['lines of the same size as the second', [4, 10, 10, 40], [small, W, W, S]],
  ['nothing is left to hide: none is said to be small', [4, 4], [W, W]],
  ['a line of its own, under 5, is known by the total: nothing is said of it', [3], [W]],
];

describe('which lines are published', () => {
  it.each(CASES)('%s', (_why, lines, shown) => {
    expect(protect([lines])).toEqual(shown);
  });

  it('hides a line when those that are not in are few, as when those that are in are', () => {
    const inTime = [18, 30, 40];
    const late = [2, 30, 40];
    expect(protect([inTime, late])).toEqual([small, W, S]);
  });

  it('leaves lines that are out already out, and does not take them for small ones', () => {
    expect(protect([[12, 30, 40]], [true, false, false])).toEqual([W, S, S]);
  });
});

/**
 * What a reader can tell of a table of three or four lines: every way to fill in what is hidden that agrees with the totals
 * and with the signs on the page.
 */
const readings = (lines: number[], shown: Shown[]): number[][] => {
  const total = lines.reduce((sum, value) => sum + value, 0);
  // When every line is withheld, the page says that some of them may be small.
  const nothingSaid = shown.every((state) => state === W);
  const choices = lines.map((value, line) => {
    if (shown[line] === S) return [value];
    const [from, to] = shown[line] === small ? [0, FEWEST - 1] : [nothingSaid ? 0 : FEWEST, total];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step);
  });
  const fill = ([first = [], ...rest]: number[][], left: number): number[][] => {
    if (rest.length === 0) return first.includes(left) ? [[left]] : [];
    return first.flatMap((value) => (value > left ? [] : fill(rest, left - value).map((more) => [value, ...more])));
  };
  return fill(choices, total);
};

describe('a published table', () => {
  it('never shows a count under 5, nor leaves one that can be computed from the total', () => {
    const table = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        table.filter((lines) => lines.reduce((sum, value) => sum + value, 0) >= 20),
        (lines) => {
          const shown = protect([lines]);
          const ways = readings(lines, shown);
          lines.forEach((value, line) => {
            if (value >= FEWEST) return;
            expect(shown[line]).not.toBe(S);
            expect(new Set(ways.map((way) => way[line])).size).toBeGreaterThan(1);
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('shows everything when nothing is small', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: FEWEST, max: 500 }), { minLength: 1, maxLength: 9 }), (lines) => {
        expect(protect([lines])).toEqual(lines.map(() => S));
      }),
    );
  });
});
