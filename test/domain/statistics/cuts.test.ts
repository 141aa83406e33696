import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { ROLES } from '../../../src/domain/referrals/access.js';
import { byEpci, flowsOf, needsByPlace } from '../../../src/domain/statistics/cuts.js';
import { filtersFor, selectedBy } from '../../../src/domain/statistics/filters.js';
import { GROUPED } from '../../../src/domain/statistics/groups.js';
import { KPI_IDS } from '../../../src/domain/statistics/kpis.js';
import { addTallies, emptyTally } from '../../../src/domain/statistics/tally.js';
import { timelineOf } from '../../../src/domain/statistics/timeline.js';

const territory = loadTerritory();
const { columns, rows, tiles } = territory.words.map;
const METROPOLE = '246300701';
const RIOM = '200070753';
const VICHY = '200071363';
const BILLOM = '200067627';

describe('flows', () => {
  it('say need, partner and fate, each null when there is none', () => {
    expect(flowsOf({ 'energy|ti-tiltam|helped': 3, '||triage': 2, 'water|x|no longer a state': 1 })).toEqual([
      { need: 'energy', partner: 'ti-tiltam', fate: 'helped', projects: 3 },
      { need: null, partner: null, fate: 'triage', projects: 2 },
    ]);
  });
});

describe('places', () => {
  const kept = {
    [`energy|${RIOM}`]: 2,
    [`energy|${VICHY}`]: 3,
    [`water|${BILLOM}`]: 4,
    'water|': 5,
    [`|${METROPOLE}`]: 1,
  };

  it('add up by EPCI', () => {
    expect(Object.fromEntries(byEpci(kept))).toEqual({ [RIOM]: 2, [VICHY]: 3, [BILLOM]: 4, '': 5, [METROPOLE]: 1 });
    const twice = addTallies([
      { ...emptyTally(), places: kept },
      { ...emptyTally(), places: kept },
    ]);
    expect(byEpci(twice.places).get(BILLOM)).toBe(8);
  });

  it('make one table of needs, most first, by parts of the territory', () => {
    // Riom and Vichy are one Territoire d'industrie (2 + 3); Billom is in the Pôle and in none; '' is elsewhere.
    const { places, rows } = needsByPlace(kept, territory);
    expect(places).toEqual([
      'Métropole',
      'Riom-Vichy',
      'TILTAM',
      'Issoire-Brioude',
      'Autres du Pôle',
      'Ailleurs, inconnu',
    ]);
    expect(rows).toEqual([
      { need: "Gestion de l'eau", total: 9, counts: [0, 0, 0, 0, 4, 5] },
      { need: 'Sobriété et efficacité énergétique', total: 5, counts: [0, 5, 0, 0, 0, 0] },
      { need: 'Besoin non précisé', total: 1, counts: [1, 0, 0, 0, 0, 0] },
    ]);
  });
});

describe('a period in steps', () => {
  const monthsFrom = (year: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const month = `${year + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
      const all = {
        ...emptyTally(),
        counts: { submitted: 1 },
        spreads: { hoursToTake: { [index]: 1 }, hoursOpen: {} },
      };
      return { month, all, by: {} };
    });

  it('is its months, else quarters, else years, with exact middles', () => {
    expect(timelineOf(monthsFrom(2026, 14)).map(({ key }) => key)).toHaveLength(14);
    const quarters = timelineOf(monthsFrom(2025, 24));
    expect(quarters.map(({ key }) => key).slice(0, 5)).toEqual(['2025-T1', '2025-T2', '2025-T3', '2025-T4', '2026-T1']);
    // Hours 3, 4 and 5: the middle is 4, nine of ten is 5.
    expect(quarters[1]?.figures.medianDelay.value).toBe(4);
    expect(quarters[1]?.figures.longDelay.value).toBe(5);
    expect(timelineOf(monthsFrom(2017, 120)).map(({ key }) => key)[0]).toBe('2017');
  });
});

describe('tables', () => {
  it('give each EPCI a tile of its own, and every figure one heading', () => {
    expect(Object.keys(tiles).sort()).toEqual(territory.epcis.map(({ siren }) => siren).sort());
    const places = Object.values(tiles).map(({ column, row }) => `${column} ${row}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { column, row } of Object.values(tiles))
      expect(column < columns && row < rows && column >= 0 && row >= 0).toBe(true);
    expect(GROUPED.flatMap(({ kpis }) => kpis).sort()).toEqual([...KPI_IDS].sort());
  });

  it('hold leads to their own partner, and nobody else', () => {
    const asked = { partenaire: 'cimes', besoin: 'energy' };
    for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
      const filters = filtersFor({ role, partner: 'ti-tiltam' }, asked);
      expect(filters.partenaire).toBe(role === 'lead' ? 'ti-tiltam' : 'cimes');
    }
    expect(selectedBy({ territoire: 'hors' }, { territory })).toEqual([{ dimension: 'epci', values: [''] }]);
  });
});
