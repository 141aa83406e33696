import fc from 'fast-check';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { ATTENTION, type Finding, sectionsOf } from '../../../src/domain/statistics/attention.js';
import {
  contradictedRules,
  silentEpcis,
  slowerPartners,
  untakenNeeds,
} from '../../../src/domain/statistics/attentionInMonths.js';
import {
  lateProjects,
  overloadedPeople,
  type PartnerQueue,
  partnersWithNobody,
  refusedAddresses,
  soonLateProjects,
} from '../../../src/domain/statistics/attentionInQueues.js';
import type { MonthTally } from '../../../src/domain/statistics/breakdowns.js';
import type { Dimension } from '../../../src/domain/statistics/cells.js';
import { aboutToMiss, hoursToTakeOne, paceSince } from '../../../src/domain/statistics/forecast.js';
import { emptyTally, type RuleTally, type Tally } from '../../../src/domain/statistics/tally.js';

const MONTHS = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
/** Monday, at the start of its day; the day before it and the one before that are closed. */
const NOW = new Date('2026-11-23T09:00:00+01:00');

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const tally = (counts: Tally['counts'], hours: number[] = []): Tally => {
  const spread: Record<string, number> = {};
  for (const hour of hours) spread[hour] = (spread[hour] ?? 0) + 1;
  return { ...emptyTally(), counts, spreads: { hoursToTake: spread, hoursOpen: {} } };
};
/** July to November, November being the current month; each month has one line of a dimension. */
const months = (dimension: Dimension, value: string, lines: (Tally | null)[]): MonthTally[] =>
  MONTHS.map((month, place) => {
    const line = lines[place];
    return { month, all: emptyTally(), by: line ? { [dimension]: { [value]: line } } : {} };
  });
const taken = (count: number, hours: number): Tally =>
  tally(
    { taken: count },
    Array.from({ length: count }, () => hours),
  );

describe('partners that slow down', () => {
  const found = (lines: (Tally | null)[]): Finding[] =>
    slowerPartners(months('partner', 'ti-tiltam', lines), ['ti-tiltam']);

  it.each<[why: string, lines: (Tally | null)[], isFound: boolean]>([
    ['12 hours in October, 6 in July to September', [taken(2, 6), taken(2, 6), taken(2, 6), taken(5, 12), null], true],
    ['what November does is not looked at', [taken(2, 6), taken(2, 6), taken(2, 6), taken(5, 6), taken(9, 50)], false],
    ['4 projects in October are too few', [taken(2, 6), taken(2, 6), taken(2, 6), taken(4, 12), null], false],
    ['4 projects in the three months before are too few', [taken(4, 6), null, null, taken(5, 12), null], false],
    ['7 hours after 6 are 1 hour more: nobody would see it', [taken(5, 6), null, null, taken(5, 7), null], false],
    ['22 hours after 20 are 10 % more', [taken(5, 20), null, null, taken(5, 22), null], false],
    ['25 hours after 20 are 25 % more', [taken(5, 20), null, null, taken(5, 25), null], true],
    ['faster is no matter', [taken(5, 20), null, null, taken(5, 2), null], false],
  ])('%s', (_why, lines, isFound) => {
    expect(found(lines)).toHaveLength(isFound ? 1 : 0);
  });

  it('say by how much, on how many projects, and since when', () => {
    const [finding] = found([taken(2, 6), taken(2, 6), taken(2, 6), taken(5, 12), null]);
    expect(finding?.numbers).toEqual({ now: 12, before: 6, taken: 5, takenBefore: 6 });
    expect(plain(finding?.why ?? '')).toBe(
      '1 jour et 5 heures en octobre 2026 (5 projets pris), contre 6 heures les 3 mois d’avant (6).',
    );
    expect(finding?.since).toBe('Depuis octobre 2026');
  });
});

describe('needs that nobody takes', () => {
  const found = (counts: Tally['counts']): Finding[] =>
    untakenNeeds(months('need', 'water', [null, tally(counts), null, null, tally({ inTerritory: 50, waiting: 50 })]));

  it.each<[why: string, counts: Tally['counts'], isFound: boolean]>([
    ['3 of 10 wait', { inTerritory: 10, waiting: 2, inTriage: 1 }, true],
    ['2 of 10 wait', { inTerritory: 10, waiting: 1, inTriage: 1 }, false],
    ['4 of 10 were declined', { inTerritory: 10, declined: 4 }, true],
    ['3 of 10 were declined', { inTerritory: 10, declined: 3 }, false],
    ['4 projects in all are too few', { inTerritory: 4, waiting: 4 }, false],
  ])('%s', (_why, counts, isFound) => {
    expect(found(counts)).toHaveLength(isFound ? 1 : 0);
  });

  it('count the three months that are over, not the current one', () => {
    const [finding] = found({ inTerritory: 10, waiting: 2, inTriage: 1, declined: 1 });
    expect(finding?.numbers).toEqual({ projects: 10, untaken: 3, declined: 1 });
    expect(plain(finding?.why ?? '')).toBe('Sur 10 projets, 3 attendent encore (30 %) et 1 a été refusé (10 %).');
    expect(finding?.since).toBe('Depuis août 2026');
  });
});

describe('rules often contradicted', () => {
  const found = (rule: RuleTally, inForce = ['a-rule']): Finding[] =>
    contradictedRules(
      MONTHS.map((month, place) => ({
        month,
        all: { ...emptyTally(), rules: place === 4 ? { 'a-rule': rule } : {} },
        by: {},
      })),
      inForce,
    );

  it.each<[why: string, rule: RuleTally, isFound: boolean]>([
    ['2 of 10 were overridden', { sent: 10, overridden: 2, rerouted: 0, declined: 0 }, true],
    ['2 of 10 were rerouted', { sent: 10, overridden: 0, rerouted: 2, declined: 0 }, true],
    ['1 and 1 of 10 may be the same project', { sent: 10, overridden: 1, rerouted: 1, declined: 0 }, false],
    ['9 projects are too few', { sent: 9, overridden: 9, rerouted: 0, declined: 0 }, false],
  ])('%s', (_why, rule, isFound) => {
    expect(found(rule)).toHaveLength(isFound ? 1 : 0);
  });

  it('leave out a rule that is no longer in force: there is nothing to change', () => {
    expect(found({ sent: 10, overridden: 9, rerouted: 0, declined: 0 }, [])).toEqual([]);
  });
});

describe('EPCI that send nothing', () => {
  const found = (place: number | null): Finding[] =>
    silentEpcis(
      months(
        'epci',
        '200070712',
        MONTHS.map((_, at) => (at === place ? tally({ submitted: 1 }) : null)),
      ),
      [{ siren: '200070712', population: 38_000 }],
    );

  it('are those without a project in the current month nor the three before', () => {
    // August is the third full month before November; July is too long ago.
    expect([4, 3, 2, 1].map((place) => found(place).length)).toEqual([0, 0, 0, 0]);
    expect(found(0)).toHaveLength(1);
    expect(found(null)).toHaveLength(1);
  });

  it('say how many people live there and since when nothing came', () => {
    const [last] = found(0);
    expect(plain(last?.why ?? '')).toBe('38 000 habitants, et aucun projet en 4 mois.');
    expect(last?.since).toBe('Depuis août 2026 : le dernier projet est de juillet 2026');
    expect(found(null)[0]?.since).toBe('Au moins depuis juillet 2026');
  });

  it('have as many people as their communes', () => {
    const metropole = loadTerritory().epcis.find(({ isMetropole }) => isMetropole);
    expect(metropole?.population).toBeGreaterThan(250_000);
    expect(metropole?.population).toBeLessThan(350_000);
  });
});

const due = (time: string) => ({ project: time, reference: `26-${time}`, title: 'Un atelier', callBy: new Date(time) });
const LATE = due('2026-11-20T18:00:00+01:00');
const TODAY = due('2026-11-23T18:00:00+01:00');
const TOMORROW = due('2026-11-24T18:00:00+01:00');
const TOMORROW_TOO = { ...TOMORROW, project: 'second' };

describe('the forecast of dates that will be missed', () => {
  // 7 hours are left today, 14 until tomorrow evening.
  it.each<[why: string, line: (typeof LATE)[], hoursEach: number | null, missed: (typeof LATE)[]]>([
    ['one in 7 hours: one today and one tomorrow', [TODAY, TOMORROW], 7, []],
    ['one in 7 hours: the third comes the day after', [TODAY, TOMORROW, TOMORROW_TOO], 7, [TOMORROW_TOO]],
    ['those that are late come first, and are late already', [LATE, TODAY, TOMORROW], 7, [TODAY, TOMORROW]],
    ['two a day', [LATE, TODAY, TOMORROW, TOMORROW_TOO], 3.5, []],
    ['nobody took anything', [LATE, TODAY, TOMORROW], null, [TODAY, TOMORROW]],
    ['nobody waits', [], null, []],
  ])('%s', (_why, line, hoursEach, missed) => {
    expect(aboutToMiss(line, { hoursEach, now: NOW })).toEqual(missed);
  });

  it('counts the hours of the partner: closed tomorrow, it takes one until then', () => {
    const closures = new Set(['2026-11-24']);
    expect(aboutToMiss([TODAY, TOMORROW], { hoursEach: 7, now: NOW, closures })).toEqual([TOMORROW]);
  });

  it.each<[why: string, waits: [string, string][], hours: number | null]>([
    ['none was taken', [], null],
    ['one that waited 3 hours', [['16T09:00', '16T12:00']], 3],
    [
      'two that waited together, 3 hours in all',
      [
        ['16T09:00', '16T11:00'],
        ['16T10:00', '16T12:00'],
      ],
      1.5,
    ],
    [
      'one within the wait of another',
      [
        ['16T09:00', '16T12:00'],
        ['16T10:00', '16T11:00'],
      ],
      1.5,
    ],
    [
      'the days between, without any project, do not count',
      [
        ['16T09:00', '16T11:00'],
        ['19T09:00', '19T11:00'],
      ],
      2,
    ],
    ['nor do nights', [['16T17:00', '17T10:00']], 2],
  ])('the hours to take one: %s', (_why, waits, hours) => {
    const at = (time: string): Date => new Date(`2026-11-${time}:00+01:00`);
    expect(hoursToTakeOne(waits.map(([sentAt, takenAt]) => ({ sentAt: at(sentAt), takenAt: at(takenAt) })))).toBe(
      hours,
    );
  });

  it('measures the pace over 20 business days: since 23 October, 11 November being closed', () => {
    expect(paceSince(NOW).toISOString().slice(0, 10)).toBe('2026-10-23');
    expect(
      paceSince(NOW, new Set(['2026-11-20']))
        .toISOString()
        .slice(0, 10),
    ).toBe('2026-10-22');
  });
});

const queue = (traits: Partial<PartnerQueue> = {}): PartnerQueue => ({
  partner: 'ti-tiltam',
  closures: new Set(),
  line: [],
  late: 0,
  open: 0,
  // One in 7 hours.
  taken: [{ sentAt: new Date('2026-11-20T09:00:00+01:00'), takenAt: new Date('2026-11-20T18:00:00+01:00') }],
  team: [
    { account: 'anne', role: 'advisor', open: 0, oldest: null },
    { account: 'bruno', role: 'advisor', open: 0, oldest: null },
    { account: 'lea', role: 'lead', open: 0, oldest: null },
  ],
  ...traits,
});
const team = (...open: number[]): PartnerQueue['team'] =>
  open.map((count, place) => ({ account: `a${place}`, role: 'advisor', open: count, oldest: NOW }));

describe('what is open at a partner', () => {
  it('says which projects are late, the first of them with their date', () => {
    const [finding] = lateProjects(queue({ line: [LATE, TODAY], late: 1, open: 4 }), NOW);
    expect(finding?.numbers).toEqual({ late: 1, open: 4 });
    expect(plain(finding?.why ?? '')).toBe(
      '1 projet en retard, sur 4 ouverts. Le plus ancien est en retard de moins d’une heure.',
    );
    expect(finding?.projects.map(({ project }) => project)).toEqual([LATE.project]);
    expect(lateProjects(queue({ line: [TODAY], open: 1 }), NOW)).toEqual([]);
  });

  it('says which will be late, at which pace', () => {
    const [finding] = soonLateProjects(queue({ line: [TODAY, TOMORROW, TOMORROW_TOO] }), NOW);
    expect(finding?.numbers).toEqual({ projects: 1, line: 3, taken: 1 });
    expect(plain(finding?.why ?? '')).toBe(
      '1 sur 3 projets à prendre ; 1 pris en 20 jours ouvrés, un par tranche de 1 jour d’attente.',
    );
    expect(soonLateProjects(queue({ line: [TODAY] }), NOW)).toEqual([]);
  });

  it.each<[why: string, open: number[], found: string[]]>([
    ['12 beside 2: the middle is 7, once and a half is 10.5', [12, 2], ['a0']],
    ['10 beside 2: the middle is 6, once and a half is 9', [10, 2], ['a0']],
    ['10 beside 8: nobody has much more than the other', [10, 8], []],
    ['7 beside 0 are not much', [7, 0], []],
    ['alone, there is no team to compare with', [40], []],
  ])('people: %s', (_why, open, found) => {
    expect(overloadedPeople(queue({ team: team(...open) }), NOW).map(({ about }) => about)).toEqual(found);
  });

  it('says who is missing; most of all where nobody is', () => {
    expect(partnersWithNobody(queue())).toEqual([]);
    const [alone] = partnersWithNobody(queue({ team: [] }));
    const [withoutLead] = partnersWithNobody(queue({ team: team(0, 0) }));
    expect(alone?.numbers).toEqual({ advisors: 0, leads: 0, open: 0 });
    expect(withoutLead?.numbers).toEqual({ advisors: 2, leads: 0, open: 0 });
    expect(alone?.weight).toBeGreaterThan(withoutLead?.weight ?? 0);
  });
});

describe('addresses that refuse', () => {
  it('are one finding for projects, and one for each person of the desk', () => {
    const at = new Date('2026-11-16T10:00:00+01:00');
    const project = { project: 'p', reference: '26-A', title: 'Un atelier', due: null, at };
    const findings = refusedAddresses(
      { projects: [project, { ...project, at: NOW }], accounts: [{ account: 'anne', at }] },
      NOW,
    );
    expect(findings.map(({ about, numbers }) => [about, numbers])).toEqual([
      ['anne', { addresses: 1 }],
      ['', { projects: 2 }],
    ]);
    expect(plain(findings[1]?.since ?? '')).toBe('Depuis lundi 16 novembre');
    expect(refusedAddresses({ projects: [], accounts: [] }, NOW)).toEqual([]);
  });
});

describe('the list', () => {
  const finding = (kind: Finding['kind'], about: string, weight: number): Finding => ({
    kind,
    about,
    weight,
    numbers: { n: 1 },
    why: '1',
    since: 'Depuis hier',
    projects: [],
  });

  it('is in the order of weights: headings by their heaviest, findings under them', () => {
    const sections = sectionsOf([
      finding('silent', 'a', 1),
      finding('late', 'b', 6),
      finding('silent', 'c', 9),
      finding('late', 'd', 7),
    ]);
    expect(sections.map(({ id, findings }) => [id, findings.map(({ about }) => about)])).toEqual([
      ['silent', ['c', 'a']],
      ['late', ['d', 'b']],
    ]);
  });

  it('has for every kind a title, a sentence and an act', () => {
    for (const { title, sentence, act, urgency } of Object.values(ATTENTION)) {
      expect([title, sentence, act].every((text) => text.length > 3)).toBe(true);
      expect(urgency).toBeGreaterThan(0);
    }
  });

  it('never has a finding without its numbers', () => {
    const count = fc.integer({ min: 0, max: 30 });
    const line = fc.array(fc.integer({ min: -80, max: 80 }), { maxLength: 8 });
    const anything = fc.record({
      line,
      taken: count,
      loads: fc.array(count, { maxLength: 5 }),
      counts: fc.array(count, { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(anything, ({ line: hours, taken: pace, loads, counts }) => {
        const waiting = hours
          .map((hour) => ({ ...TODAY, callBy: new Date(NOW.getTime() + hour * 3_600_000) }))
          .sort((a, b) => a.callBy.getTime() - b.callBy.getTime());
        const own = queue({
          line: waiting,
          late: waiting.filter(({ callBy }) => callBy < NOW).length,
          open: waiting.length,
          taken: Array.from({ length: pace }, () => ({ sentAt: LATE.callBy, takenAt: NOW })),
          team: team(...loads),
        });
        const kept = MONTHS.map((month, place) => {
          const some = counts[place] ?? 0;
          const one: Tally = {
            ...tally(
              { submitted: some, inTerritory: some, waiting: Math.floor(some / 2), declined: Math.floor(some / 3) },
              Array.from({ length: some }, (_, hour) => hour * place),
            ),
            rules: { r: { sent: some, overridden: Math.floor(some / 3), rerouted: Math.floor(some / 4), declined: 0 } },
          };
          return { month, all: one, by: { partner: { p: one }, need: { water: one }, epci: { e: one } } };
        });
        const findings = [
          ...lateProjects(own, NOW),
          ...soonLateProjects(own, NOW),
          ...partnersWithNobody(own),
          ...overloadedPeople(own, NOW),
          ...slowerPartners(kept, ['p']),
          ...untakenNeeds(kept),
          ...contradictedRules(kept, ['r']),
          ...silentEpcis(kept, [{ siren: 'e', population: 1000 }]),
        ];
        for (const { numbers, why, since, weight, projects } of findings) {
          expect(Object.keys(numbers).length).toBeGreaterThan(0);
          expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
          expect(why).toMatch(/\d/);
          expect(since).not.toBe('');
          expect(weight).toBeGreaterThan(0);
          expect(projects.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 150 },
    );
  });
});
