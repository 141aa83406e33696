import fc from 'fast-check';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { MonthTally } from '../../../src/domain/statistics/breakdowns.js';
import { FEWEST } from '../../../src/domain/statistics/protect.js';
import { type PublicRow, type Published, publicTables } from '../../../src/domain/statistics/publicFigures.js';
import { emptyTally, type Tally } from '../../../src/domain/statistics/tally.js';

const territory = loadTerritory();
const METROPOLE = '246300701';
const RIOM = '200070753';
const THIERS = '200070712';

interface Counted {
  submitted: number;
  /** The promise is over, and was kept. */
  over: number;
  kept: number;
  helped: number;
  hours: number[];
}

const tally = ({ submitted, over, kept, helped, hours }: Counted): Tally => {
  const spread: Record<string, number> = {};
  for (const hour of hours) spread[hour] = (spread[hour] ?? 0) + 1;
  return {
    ...emptyTally(),
    counts: { submitted, promiseOver: over, takenWithin2: kept, helped },
    spreads: { hoursToTake: spread, hoursOpen: {} },
  };
};

const month = (name: string, all: Counted, byEpci: Record<string, Counted> = {}): MonthTally => ({
  month: name,
  all: tally(all),
  by: { epci: Object.fromEntries(Object.entries(byEpci).map(([siren, one]) => [siren, tally(one)])) },
});
const NONE: Counted = { submitted: 0, over: 0, kept: 0, helped: 0, hours: [] };
const hours = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

const line = (rows: PublicRow[], id: string): PublicRow['figures'] => {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Error(`no line ${id}`);
  return found.figures;
};

describe('what is published of a share', () => {
  const shareOf = (over: number, kept: number): Published =>
    publicTables([month('2026-11', { ...NONE, submitted: 60, over, kept })], territory).figures.takenWithin2;

  it.each<[over: number, kept: number, is: Published, why: string]>([
    [40, 30, { is: 'exact', value: 0.75, base: 40 }, '30 are in, 10 are not'],
    [40, 4, { is: 'under', value: 0.13, base: 40 }, '4 are in: under 5 of 40, 12.5 %, rounded up'],
    [40, 0, { is: 'under', value: 0.13, base: 40 }, 'none is in: the same as 4'],
    [40, 38, { is: 'over', value: 0.87, base: 40 }, '2 are not in: over 35 of 40, 87.5 %, rounded down'],
    [8, 4, { is: 'few' }, '4 are in and 4 are not'],
    [4, 2, { is: 'few' }, 'it counts 4 only'],
    [0, 0, { is: 'few' }, 'it counts nothing'],
  ])('%i over, %i in time: %j, because %s', (over, kept, is) => {
    expect(shareOf(over, kept)).toEqual(is);
  });
});

describe('the published tables', () => {
  const months = [
    month(
      '2026-09',
      { submitted: 33, over: 33, kept: 20, helped: 12, hours: hours(30, 6) },
      {
        [METROPOLE]: { submitted: 20, over: 20, kept: 12, helped: 7, hours: hours(18, 6) },
        [THIERS]: { submitted: 13, over: 13, kept: 8, helped: 5, hours: hours(12, 6) },
      },
    ),
    month(
      '2026-10',
      { submitted: 14, over: 14, kept: 7, helped: 3, hours: hours(10, 9) },
      {
        [METROPOLE]: { submitted: 10, over: 10, kept: 5, helped: 2, hours: hours(7, 9) },
        [RIOM]: { submitted: 4, over: 4, kept: 2, helped: 1, hours: hours(3, 9) },
      },
    ),
  ];
  const { figures, byTerritory, byQuarter } = publicTables(months, territory);

  it('have the four territories and the rest, and the quarters of the calendar', () => {
    expect(byTerritory.map(({ id }) => id)).toEqual([
      'metropole',
      'riom-vichy',
      'tiltam',
      'issoire-brioude',
      'elsewhere',
    ]);
    expect(byQuarter.map(({ id, months: own }) => [id, own])).toEqual([
      ['2026-T3', { first: '2026-09', last: '2026-09' }],
      ['2026-T4', { first: '2026-10', last: '2026-10' }],
    ]);
    expect(figures.submitted).toEqual({ is: 'exact', value: 47, base: null });
  });

  it('show what is large enough, and nothing else of a line whose projects are hidden', () => {
    // Territories: 30, 4, 13, 0, 0. Three small ones make 4: none can be told.
    expect(line(byTerritory, 'metropole')).toEqual({
      submitted: { is: 'exact', value: 30, base: null },
      // 17 of 30 and 8 of 13 in time; 13 and 5 not.
      takenWithin2: { is: 'exact', value: 0.57, base: null },
      medianDelay: { is: 'exact', value: 6, base: null },
      helped: { is: 'exact', value: 9, base: null },
    });
    expect(line(byTerritory, 'riom-vichy')).toEqual({
      submitted: { is: 'under', value: 5, base: null },
      takenWithin2: { is: 'withheld' },
      medianDelay: { is: 'withheld' },
      helped: { is: 'withheld' },
    });
    // Quarters: helped 12 and 3 make 15, and one small one alone would be told: both are hidden.
    expect(line(byQuarter, '2026-T3').helped).toEqual({ is: 'withheld' });
    expect(line(byQuarter, '2026-T4').helped).toEqual({ is: 'under', value: 5, base: null });
  });

  it('never hold a count under 5, nor a share of fewer than 5', () => {
    const count = fc.integer({ min: 0, max: 12 });
    const counted = fc
      .record({ submitted: count, over: count, kept: count, helped: count, taken: count })
      .map((one) => {
        const over = Math.min(one.over, one.submitted);
        const base = { ...one, over, kept: Math.min(one.kept, over), helped: Math.min(one.helped, one.submitted) };
        return { ...base, hours: hours(Math.min(one.taken, one.submitted), 4) };
      });
    const year = fc.array(fc.tuple(counted, counted, counted), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(year, (cells) => {
        const sum = (ones: Counted[]): Counted => ({
          submitted: ones.reduce((total, one) => total + one.submitted, 0),
          over: ones.reduce((total, one) => total + one.over, 0),
          kept: ones.reduce((total, one) => total + one.kept, 0),
          helped: ones.reduce((total, one) => total + one.helped, 0),
          hours: ones.flatMap((one) => one.hours),
        });
        const all = cells.map(([a, b, c], place) =>
          month(`2026-0${place + 1}`, sum([a, b, c]), { [METROPOLE]: a, [RIOM]: b, [THIERS]: c }),
        );
        const published = publicTables(all, territory);
        const wholes: Counted[] = cells.map((three) => sum(three));
        const quarters = [sum(wholes.slice(0, 3)), sum(wholes.slice(3))];
        const places = [0, 1, 2].map((place) => sum(cells.map((three) => three[place] as Counted)));
        const lines: [PublicRow['figures'], Counted][] = [
          ...published.byQuarter.map(({ figures: own }, place) => [own, quarters[place]] as [never, Counted]),
          ...published.byTerritory
            .slice(0, 3)
            .map(({ figures: own }, place) => [own, places[place]] as [never, Counted]),
        ];
        for (const [own, truth] of lines) {
          if (truth.submitted < FEWEST) expect(own.submitted.is).not.toBe('exact');
          if (truth.helped < FEWEST) expect(own.helped.is).not.toBe('exact');
          if (truth.kept < FEWEST || truth.over - truth.kept < FEWEST) expect(own.takenWithin2.is).not.toBe('exact');
          if (truth.hours.length < FEWEST) expect(own.medianDelay.is).not.toBe('exact');
        }
        // Of lines that add up to the total, one hidden alone is told by it.
        for (const rows of [published.byQuarter, published.byTerritory])
          for (const column of ['submitted', 'takenWithin2', 'helped'] as const)
            expect(rows.filter(({ figures: own }) => own[column].is !== 'exact')).not.toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });
});
