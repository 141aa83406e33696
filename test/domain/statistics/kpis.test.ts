import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { breakDown, type MonthTally } from '../../../src/domain/statistics/breakdowns.js';
import { cellsOf, tallyFor } from '../../../src/domain/statistics/cells.js';
import { type ProjectFacts, projectFacts } from '../../../src/domain/statistics/facts.js';
import { KPI_IDS, type KpiId, kpi } from '../../../src/domain/statistics/kpis.js';
import { addTallies, emptyTally, figureOf, placeIn, tallyOf } from '../../../src/domain/statistics/tally.js';
import { aProject, type ProjectTraits, story } from '../../support/stories.js';

const territory = loadTerritory();
const AS_OF = new Date('2026-12-15T10:00:00+01:00');
const MONDAY = '2026-11-02T10:00:00+01:00';
const MANAGER = { role: 'manager', account: 'm' } as const;
type Told = Parameters<typeof story>[1];

const row = (id: string, traits: ProjectTraits, ...told: Told[]): ProjectFacts =>
  projectFacts(
    aProject({ id, submittedAt: new Date(MONDAY), ...traits }),
    story(id, ['submitted', MONDAY], ...told),
    territory,
  );

/**
 * Eight projects of November 2026, looked at on Tuesday 15 December at 10:
 * helped: sent and taken on Monday 2, 3 opening hours later, helped on the 20th; an opinion, and it was launched.
 * late: taken on Thursday 5 at 9:30, 20.5 hours later; in progress, with TI Riom-Vichy beside it.
 * waiting: sent on Monday 2 November, never taken.
 * fresh: kept on 14 December by who entered it, its two days are not over.
 * moved: declined in time by the CCI, sent to TI Riom-Vichy on the 9th, taken an hour later, no solution; it was stopped.
 * passed: taken, then sent on by the CCI on Thursday 5; taken on Friday 13 at 10, 35 hours later (6, 7, 7, 7, none on the
 *   11th, 7, 1); unreachable on the 27th; an opinion all the same.
 * triage: of 30 November; nobody has it. outside: out of the territory.
 */
const helped = row(
  'helped',
  {},
  ['referred', MONDAY],
  ['taken', '2026-11-02T15:00:00+01:00'],
  ['closed', '2026-11-20T10:00:00+01:00', { after: 'helped' }],
  ['surveyed', '2026-12-07T10:00:00+01:00', { after: 'yes:yes' }],
  ['became', '2026-12-08T10:00:00+01:00', { after: 'launched' }],
);
const late = row(
  'late',
  { facts: { needs: ['export'], commune: '63300' } },
  ['referred', MONDAY],
  ['taken', '2026-11-05T09:30:00+01:00'],
  ['brought-in', '2026-11-06T10:00:00+01:00', { to: 'ti-riom-vichy' }],
);
const waiting = row('waiting', {}, ['referred', MONDAY]);
const kept = { reason: 'kept', actor: { role: 'advisor', account: 'a' } } as const;
const fresh = row('fresh', { facts: { needs: [] } }, ['referred', '2026-12-14T10:00:00+01:00', kept]);
const second = { referral: 'r2', partner: 'ti-riom-vichy' };
const moved = row(
  'moved',
  { facts: { commune: '63300', needs: ['industrial-land'] } },
  ['referred', MONDAY],
  ['declined', '2026-11-03T10:00:00+01:00', { reason: 'other-need' }],
  ['referred', '2026-11-09T10:00:00+01:00', { ...second, actor: MANAGER }],
  ['taken', '2026-11-09T11:00:00+01:00', second],
  ['closed', '2026-11-10T11:00:00+01:00', { ...second, after: 'no_solution' }],
  ['became', '2026-12-08T10:00:00+01:00', { after: 'stopped' }],
);
const passed = row(
  'passed',
  {},
  ['referred', MONDAY],
  ['taken', '2026-11-03T10:00:00+01:00'],
  ['rerouted', '2026-11-05T10:00:00+01:00', { to: 'ti-riom-vichy' }],
  ['referred', '2026-11-05T10:00:00+01:00', second],
  ['taken', '2026-11-13T10:00:00+01:00', second],
  ['closed', '2026-11-27T10:00:00+01:00', { ...second, after: 'unreachable' }],
  ['surveyed', '2026-12-14T10:00:00+01:00', { after: 'no:no' }],
);
const triage = row('triage', {
  submittedAt: new Date('2026-11-30T10:00:00+01:00'),
  decision: { outcome: 'triage', main: null },
});
const outside = row('outside', {
  decision: { outcome: 'out_of_territory', main: null },
  facts: { commune: '75056' },
});
const FACTS = [helped, late, waiting, fresh, moved, passed, triage, outside];

const EXPECTED: Record<KpiId, [value: number | null, numerator: number | null, denominator: number | null]> = {
  submitted: [8, 8, 8],
  // All but outside: 7; the rules sent all of them but triage.
  routed: [6 / 7, 6, 7],
  triage: [1, 1, 8],
  outOfTerritory: [1, 1, 8],
  // fresh, of the 6 that reached a partner.
  overridden: [1 / 6, 1, 6],
  // helped, late, moved, passed.
  taken: [4, 4, 8],
  // The promise is over for helped (yes), late (no), waiting (no), moved and passed at their second partner (yes, no: until
  // Monday 9 at 18); not for fresh.
  takenWithin2: [2 / 5, 2, 5],
  // Until Monday 9 at 18 for helped, late (yes) and waiting (no); the 17th for moved (yes); the 13th at 18 for passed (yes).
  takenWithin5: [4 / 5, 4, 5],
  // 1 (moved), 3 (helped), 21 (late, 20.5), 35 (passed): between 3 and 21.
  medianDelay: [12, null, 4],
  // Nine in ten of four are all four.
  longDelay: [35, null, 4],
  // moved; passed; late.
  declined: [1, 1, 8],
  rerouted: [1, 1, 8],
  associated: [1, 1, 8],
  // helped, moved, passed: one of each.
  closed: [3, 3, 8],
  helped: [1, 1, 8],
  noSolution: [1, 1, 8],
  unreachable: [1, 1, 8],
  // Sent more than 30 days before 15 December: helped, moved, passed (yes), late, waiting (no); fresh was sent yesterday.
  closedLoop: [3 / 5, 3, 5],
  // late, waiting, fresh, triage.
  backlog: [4, 4, 8],
  // fresh: 6 on Monday 14, 1 on Tuesday 15: 7. triage: 6 on 30 November, 4 x 7, 5 x 7, 7, 1: 77. late and waiting since 2
  // November at 10: 6, 4 x 7, 4 x 7 (the 11th is closed), 5 x 7 twice, then 35 + 35 + 7 + 1: 210. Between 77 and 210.
  backlogAge: [143.5, null, 4],
  // Ended 10 business days ago: helped (opinion), moved (none), passed (opinion).
  responses: [2 / 3, 2, 3],
  // helped yes, passed no.
  calledBack: [1 / 2, 1, 2],
  useful: [1 / 2, 1, 2],
  // helped is launched, moved is stopped.
  goesOn: [1 / 2, 1, 2],
};

describe('the figures', () => {
  it.each(KPI_IDS)('count %s', (id) => {
    const [value, numerator, denominator] = EXPECTED[id];
    expect(figureOf(id, tallyOf(FACTS, AS_OF))).toEqual({ value, numerator, denominator });
  });

  it.each(KPI_IDS)('of nothing: %s is 0 or unknown, never a division by zero', (id) => {
    expect(figureOf(id, emptyTally()).value).toBe(kpi(id).unit === 'count' ? 0 : null);
  });

  it.each(KPI_IDS)('count %s the same on sets that add up', (id) => {
    const parts = [FACTS.slice(0, 3), FACTS.slice(3, 4), FACTS.slice(4)].map((rows) => tallyOf(rows, AS_OF));
    expect(figureOf(id, addTallies(parts))).toEqual(figureOf(id, tallyOf(FACTS, AS_OF)));
  });

  it('each say in one sentence how they are counted', () => {
    for (const id of KPI_IDS) expect(kpi(id).sentence).toMatch(/^\p{Lu}.{30,}\.$/u);
  });

  it('count refusals by reason', () => {
    expect(tallyOf(FACTS, AS_OF).reasons).toEqual({ 'other-need': 1 });
  });
});

describe('a place in a spread', () => {
  // Ten projects: 1 hour four times, 2 hours five times, 40 hours once.
  const spread = { 1: 4, 2: 5, 40: 1 };
  it.each<[string, Record<string, number>, number, number | null]>([
    ['the middle of an odd number', { 3: 1, 1: 1, 21: 1 }, 0.5, 3],
    ['between the two middle ones of an even number', { 1: 1, 4: 1 }, 0.5, 2.5],
    ['the 5th and the 6th of ten', spread, 0.5, 2],
    ['the 9th of ten', spread, 0.9, 2],
    ['of eleven, nine in ten are ten: the 10th', { ...spread, 3: 1 }, 0.9, 3],
    ['of one', { 5: 1 }, 0.9, 5],
    ['of none', {}, 0.5, null],
  ])('%s', (_case, hours, at, expected) => {
    expect(placeIn(hours, at)).toBe(expected);
  });
});

describe('the breakdowns', () => {
  const monthOf = (month: string, rows: ProjectFacts[]): MonthTally => ({
    month,
    ...tallyFor(
      cellsOf(rows, AS_OF).filter(({ dimension }) => dimension === null),
      [],
    ),
  });
  const cuts = breakDown([monthOf('2026-11', FACTS)], { territory, channels: [] });
  const rowsOf = (id: string) =>
    cuts
      .find((cut) => cut.id === id)
      ?.rows.map(({ id: line, figures }) => [line, figures.submitted.value, figures.declined.value]);

  it('by partner: where projects are now, but refusals where they were made', () => {
    expect(rowsOf('partner')).toEqual([
      ['cci-puy-de-dome', 4, 1],
      ['ti-riom-vichy', 2, 0],
      [null, 2, 0],
    ]);
  });

  it('by need, most frequent first, then what has none', () => {
    expect(rowsOf('need')).toEqual([
      ['business-creation', 5, 0],
      ['export', 1, 0],
      ['industrial-land', 1, 1],
      [null, 1, 0],
    ]);
  });

  it('by place', () => {
    expect(rowsOf('territoireIndustrie')).toEqual([
      ['riom-vichy', 2, 1],
      [null, 6, 0],
    ]);
    expect(rowsOf('epci')?.map(([, count]) => count)).toEqual([5, 2, 1]);
  });

  it('by month, with the months that had nothing', () => {
    const autumn = [monthOf('2026-10', []), monthOf('2026-11', FACTS), monthOf('2026-12', [])];
    const months = breakDown(autumn, { territory, channels: [] }).find(({ id }) => id === 'month');
    expect(months?.rows.map(({ id, figures }) => [id, figures.submitted.value])).toEqual([
      ['2026-10', 0],
      ['2026-11', 8],
      ['2026-12', 0],
    ]);
  });

  it('sum to the whole', () => {
    for (const { rows } of cuts) {
      expect(rows.reduce((sum, { figures }) => sum + (figures.submitted.value ?? 0), 0)).toBe(FACTS.length);
    }
  });
});
