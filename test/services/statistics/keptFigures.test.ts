import fc from 'fast-check';
import { DIMENSIONS, type Selected } from '../../../src/domain/statistics/cells.js';
import { KPI_IDS } from '../../../src/domain/statistics/kpis.js';
import { comparedWith, isSettled, monthsOf, untilOf } from '../../../src/domain/statistics/lookedAt.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';
import { addTallies, emptyTally, figureOf, type Tally } from '../../../src/domain/statistics/tally.js';
import { chanceOf } from '../../../src/services/demonstration/chance.js';
import { countedAt } from '../../../src/services/statistics/lastCount.js';
import { readMonths } from '../../../src/services/statistics/readMonths.js';
import { rebuildFacts } from '../../../src/services/statistics/rebuildFacts.js';
import { verifyFacts } from '../../../src/services/statistics/verifyFacts.js';
import { arrivals } from '../../support/arrivals.js';
import { naiveRows, naiveTally } from '../../support/naiveFigures.js';
import {
  CHANNELS,
  COMMUNES,
  type History,
  NEEDS,
  PARTNERS,
  randomHistory,
  STAGES,
} from '../../support/randomHistories.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const BEGIN = new Date('2026-01-01T10:00:00+01:00');
const DAY = 86_400_000;
/** Every run of this test makes the same histories; another number makes others. */
const SEED = 20261122;

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: BEGIN });
});
afterEach(() => desk.stop());

/** What the store knows at an instant: projects that were submitted, and what was written down. */
const teller = (history: History) => {
  let told = BEGIN;
  return async (now: Date): Promise<void> => {
    const isNew = (at: Date | undefined): boolean => at !== undefined && at > told && at <= now;
    const projects = history.projects.filter(({ submittedAt }) => isNew(submittedAt));
    const events = history.events.filter(({ recordedAt }) => isNew(recordedAt));
    if (projects.length > 0) await desk.parts.projects.insertAll(projects);
    if (events.length > 0) await desk.parts.events.insertAll(events);
    told = now;
    desk.clock.now = now;
  };
};

const EPCIS = (): string[] => [
  '',
  ...new Set(COMMUNES.flatMap((commune) => desk.parts.territory.commune(commune ?? '')?.epci ?? [])),
];
const VALUES = (): Selected[] =>
  [
    ...PARTNERS.map((value) => ({ dimension: 'partner', values: [value] })),
    { dimension: 'partner', values: [''] },
    ...EPCIS().map((value) => ({ dimension: 'epci', values: [value] })),
    { dimension: 'epci', values: EPCIS().slice(1) },
    ...NEEDS.map((value) => ({ dimension: 'need', values: [value ?? ''] })),
    ...STAGES.map((value) => ({ dimension: 'stage', values: [value ?? ''] })),
    ...CHANNELS.map((value) => ({ dimension: 'channel', values: [value ?? ''] })),
  ] as Selected[];

/** Every filter alone, and some pairs in both orders. */
const selections = (seed: number): Selected[][] => {
  const chance = chanceOf(`filters ${seed}`);
  const singles = VALUES();
  const pairs = Array.from({ length: 16 }, () => [chance.pick(singles), chance.pick(singles)]);
  const narrow = pairs.filter(([one, other]) => one?.dimension !== other?.dimension);
  return [[], ...singles.map((one) => [one]), ...narrow];
};

const PERIODS = ['12-mois', '2026-01', '2026-T1', '2026-05'];

/** The months of each period and of those that it is compared with, and the month at whose end each is looked at. */
const looks = (): { months: string[]; until: string }[] =>
  PERIODS.flatMap((periode) => {
    const now = desk.clock.now;
    const period = parsePeriod({ periode }, now);
    return [{ months: monthsOf(period), until: untilOf(period, now) }, comparedWith(period, now).before];
  }).map(({ months, until }) => ({ months, until }));

const keptTally = async (look: { months: string[]; until: string }, selected: Selected[]): Promise<Tally> =>
  addTallies((await readMonths(desk.parts)({ ...look, selected })).map(({ all }) => all));

/** Everything that may be asked, by what was asked. */
const answers = async (seed: number): Promise<Map<string, Tally>> => {
  const given = new Map<string, Tally>();
  for (const look of looks())
    for (const selected of selections(seed))
      given.set(JSON.stringify([look, selected]), await keptTally(look, selected));
  return given;
};

const figures = (tally: Tally) => Object.fromEntries(KPI_IDS.map((id) => [id, figureOf(id, tally)]));

/** Every answer beside a recount of every project, and every line of every cut beside the answer to both filters. */
const holdAgainstRecount = async (seed: number): Promise<void> => {
  const now = desk.clock.now;
  for (const look of looks()) {
    const rows = await naiveRows(desk.parts, look);
    for (const selected of selections(seed)) {
      const kept = await keptTally(look, selected);
      const naive = naiveTally(rows, selected, look.until, now);
      expect({ look, selected, ...figures(kept) }).toEqual({ look, selected, ...figures(naive) });
      expect({ look, selected, kept }).toEqual({ look, selected, kept: naive });
    }
    const cut = await readMonths(desk.parts)({ ...look, selected: [] });
    for (const dimension of DIMENSIONS) {
      for (const value of new Set(cut.flatMap(({ by }) => Object.keys(by[dimension] ?? {})))) {
        const { counts, spreads } = addTallies(cut.map(({ by }) => by[dimension]?.[value] ?? emptyTally()));
        const naive = naiveTally(rows, [{ dimension, values: [value] }], look.until, now);
        expect({ look, value, counts, spreads }).toEqual({ look, value, counts: naive.counts, spreads: naive.spreads });
      }
    }
  }
};

const settledOnly = (given: Map<string, Tally>, now: Date): [string, Tally][] =>
  [...given].filter(([asked]) => isSettled(JSON.parse(asked)[0].until, now));

test('on random histories, kept figures are those of a recount, are made anew the same, and settle for ever', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async (seed) => {
      const chance = chanceOf(`counts ${seed}`);
      const history = randomHistory(seed, BEGIN, { projects: 200, events: 1400 });
      const tell = teller(history);
      let settled: [string, Tally][] = [];
      const days = [...new Set(Array.from({ length: 8 }, () => chance.between(5, 330)))].sort((a, b) => a - b);
      for (const [place, day] of days.entries()) {
        await tell(new Date(BEGIN.getTime() + day * DAY + chance.between(0, DAY)));
        await desk.services.refreshFacts();
        if (place % 4 !== 3) continue;
        await holdAgainstRecount(seed);
        const given = await answers(seed);
        for (const [asked, tally] of settled.filter(([asked]) => given.has(asked)))
          expect(given.get(asked)).toEqual(tally);
        settled = settledOnly(given, desk.clock.now);
      }
      const last = await answers(seed);
      expect((await verifyFacts(desk.parts)())?.differences).toEqual([]);
      const { cells, projectFacts, referralFacts } = desk.parts;
      const undated = (rows: object[]) => rows.map((row) => ({ ...row, countedAt: null }));
      const keptRows = async () => [
        undated(await projectFacts.model.find().sort({ _id: 1 }).lean()),
        undated(await referralFacts.model.find().sort({ _id: 1 }).lean()),
      ];
      const rows = await keptRows();
      await Promise.all([cells.model.deleteMany(), projectFacts.model.deleteMany(), referralFacts.model.deleteMany()]);
      expect((await verifyFacts(desk.parts)())?.differences.length).toBeGreaterThan(200);
      await rebuildFacts(desk.parts)();
      expect(await answers(seed)).toEqual(last);
      expect(await keptRows()).toEqual(rows);
      expect((await verifyFacts(desk.parts)())?.differences).toEqual([]);
      expect(await countedAt(desk.parts)).toEqual(desk.clock.now);
    }),
    { seed: SEED, numRuns: 1, endOnFailure: true },
  );
});

test('figures made anew and cut short are made by the next count', async () => {
  await arrivals(desk).arrives();
  await desk.services.refreshFacts();
  const { cells } = desk.parts;
  const killed = { ...desk.parts, cells: { ...cells, write: () => Promise.reject(new Error('killed')) } };
  await expect(rebuildFacts(killed)()).rejects.toThrow('killed');
  expect(await cells.months()).toEqual([]);
  await desk.services.refreshFacts();
  expect(await cells.months()).toEqual(['2026-01']);
  expect((await verifyFacts(desk.parts)())?.differences).toEqual([]);
});
