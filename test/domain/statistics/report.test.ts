import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { breakDown, type MonthTally } from '../../../src/domain/statistics/breakdowns.js';
import { KPI_IDS } from '../../../src/domain/statistics/kpis.js';
import { quarterNamed } from '../../../src/domain/statistics/quarters.js';
import { type Counted, figureIn, makeReport } from '../../../src/domain/statistics/report.js';
import { addTallies, emptyTally, figureOf, type Tally } from '../../../src/domain/statistics/tally.js';

const territory = loadTerritory();
const EPCIS = territory.epcis.map(({ siren }) => siren);
const HERE = EPCIS[0] ?? '';

type Line = { need: string; fate: string; projects: number; taken?: number; declined?: number };

/** Projects of one need that all went the same way, at TILTAM unless they have no partner. */
const lineOf = ({ need, fate, projects, taken = 0, declined = 0 }: Line): Tally => ({
  ...emptyTally(),
  counts: { submitted: projects, inTerritory: projects, promiseOver: projects, taken, declined },
  flows: { [`${need}|${fate === 'closed' ? '' : 'ti-tiltam'}|${fate}`]: projects },
});

const counted = (lines: Line[], was: Line[] = []): Counted => {
  const [now, before] = [lines, was].map((some) => addTallies(some.map(lineOf))) as [Tally, Tally];
  const need: Record<string, Tally> = {};
  for (const line of lines) need[line.need] = addTallies([need[line.need] ?? emptyTally(), lineOf(line)]);
  const months: MonthTally[] = [{ month: '2026-10', all: now, by: { need, epci: { [HERE]: now } } }];
  return {
    period: quarterNamed('2026-T4'),
    asOf: new Date('2027-01-04T09:00:00+01:00'),
    isSettled: false,
    isUnderWay: false,
    before: { first: '2026-07-01', last: '2026-09-30' },
    yearBefore: { first: '2025-10-01', last: '2025-12-31' },
    figures: KPI_IDS.map((id) => ({
      id,
      figure: figureOf(id, now),
      before: figureOf(id, before),
      yearBefore: figureOf(id, emptyTally()),
    })),
    breakdowns: breakDown(months, { territory, channels: [] }),
    reasons: now.reasons,
    rules: now.rules,
    flows: now.flows,
    places: now.places,
  };
};

const report = (lines: Line[], was: Line[] = [], more: Partial<Parameters<typeof makeReport>[0]> = {}) => {
  const whole = counted(lines, was);
  return makeReport({ whole, previous: counted(was), trend: [], partners: [], ruleNames: {}, territory, ...more });
};

const LINES: Line[] = [
  { need: 'water', fate: 'no_solution', projects: 3, taken: 3 },
  { need: 'water', fate: 'helped', projects: 4, taken: 4 },
  { need: 'export', fate: 'closed', projects: 2 },
  { need: 'skills', fate: 'waiting', projects: 1, declined: 1 },
  { need: 'crafts', fate: 'helped', projects: 9, taken: 9 },
];

describe('the report of a quarter', () => {
  it('says what the territory lacks: needs without an answer, that nobody took, or refused; places that send nothing', () => {
    const { lacks } = report(LINES);
    expect(lacks.needs).toEqual([
      { label: "Gestion de l'eau", projects: 7, taken: 7, noSolution: 3, withoutPartner: 0, declined: 0 },
      { label: 'Développement international', projects: 2, taken: 0, noSolution: 0, withoutPartner: 2, declined: 0 },
      { label: 'Formation et compétences', projects: 1, taken: 0, noSolution: 0, withoutPartner: 0, declined: 1 },
    ]);
    expect(lacks.untaken).toEqual(['Développement international', 'Formation et compétences']);
    expect(lacks.unasked).toHaveLength(26 - 4);
    expect(lacks.silentEpcis).toEqual(territory.epcis.slice(1).map(({ name }) => name));
  });

  it('names the needs that more people come with, and compares with nothing where there was nothing', () => {
    const was: Line[] = [{ need: 'crafts', fate: 'helped', projects: 3, taken: 3 }];
    const { changes, before, yearBefore } = report(LINES, was);
    expect(changes.map(({ text }) => text)).toContain(
      'Le besoin «\u00a0Artisanat\u00a0» est plus demandé\u00a0: 9, contre 3 au trimestre d’avant.',
    );
    expect(before).toEqual({ first: '2026-07-01', last: '2026-09-30' });
    expect(yearBefore).toBeNull();
    expect(report(LINES)).toMatchObject({ before: null, changes: [] });
  });

  it('holds its words, its definitions and the names of what it counts', () => {
    const content = report(LINES);
    const submitted = figureIn(content, 'submitted');
    expect(submitted).toMatchObject({ label: 'Projets reçus', unit: 'count', figure: { value: 19 } });
    expect(submitted?.sentence).toContain('Questionnaires envoyés');
    expect(content.groups.flatMap(({ figures }) => figures)).toHaveLength(KPI_IDS.length);
    expect(content.names.epcis).toHaveLength(territory.epcis.length);
    expect(content.tables.map(({ id }) => id).slice(0, 2)).toEqual(['axis', 'territoireIndustrie']);
  });

  it('is plain data: it comes back from JSON as it went', () => {
    const content = report(LINES);
    expect(JSON.parse(JSON.stringify(content))).toEqual(content);
  });

  it('lists the rules that were most often put right, the others left out', () => {
    const whole = counted(LINES);
    whole.rules = {
      good: { sent: 40, overridden: 0, rerouted: 0, declined: 0 },
      a: { sent: 4, overridden: 1, rerouted: 0, declined: 0 },
      b: { sent: 9, overridden: 1, rerouted: 1, declined: 1 },
    };
    const { rules } = report(LINES, [], { whole, ruleNames: { b: 'L’industrie va à TILTAM' } });
    expect(rules).toEqual([
      { label: 'L’industrie va à TILTAM', sent: 9, overridden: 1, rerouted: 1, declined: 1 },
      { label: 'Règle retirée depuis', sent: 4, overridden: 1, rerouted: 0, declined: 0 },
    ]);
  });

  it('has a part for each partner, without what the rules decide for all', () => {
    const { partners } = report(LINES, [], {
      partners: [{ id: 'ti-tiltam', name: 'TILTAM', counted: counted(LINES) }],
    });
    expect(partners[0]).toMatchObject({ id: 'ti-tiltam', name: 'TILTAM', needs: { of: 'Besoin' } });
    const ids = partners[0]?.groups.flatMap(({ figures }) => figures.map(({ id }) => id)) ?? [];
    expect(ids).toContain('takenWithin2');
    expect(ids).not.toContain('routed');
  });
});
