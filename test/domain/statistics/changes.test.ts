import { type ComparedFigure, changesIn, changesOfLines, isChange } from '../../../src/domain/statistics/changes.js';
import type { KpiId } from '../../../src/domain/statistics/kpis.js';
import type { Figure } from '../../../src/domain/statistics/tally.js';

const count = (value: number, submitted = value): Figure => ({ value, numerator: value, denominator: submitted });
const share = (numerator: number, denominator: number): Figure => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});
const hours = (value: number, projects: number): Figure => ({ value, numerator: null, denominator: projects });
const row = (id: KpiId, figure: Figure, before: Figure, yearBefore: Figure = before): ComparedFigure => ({
  id,
  figure,
  before,
  yearBefore,
});
const texts = (rows: ComparedFigure[], isUnderWay = false): string[] =>
  changesIn(rows, isUnderWay).map(({ text }) => text.replace(/[\u00a0\u202f]/g, ' '));

describe('a change is worth a sentence', () => {
  it.each<[string, KpiId, Figure, Figure, boolean]>([
    ['5 more of 20 (25 %)', 'submitted', count(25), count(20), true],
    ['4 more of 20', 'submitted', count(24), count(20), false],
    ['5 more of 30 (17 %)', 'submitted', count(35), count(30), false],
    ['nothing before', 'submitted', count(12), count(0), false],
    ['11 declined of 30 instead of 6 of 30', 'declined', count(11, 30), count(6, 30), true],
    // Twice as many came, and twice as many were declined: 10 of 60 is the same part as 5 of 30.
    ['as many more declined as came', 'declined', count(10, 60), count(5, 30), false],
    ['5 points, each of 20', 'takenWithin2', share(12, 20), share(11, 20), true],
    ['4 points, each of 100', 'takenWithin2', share(64, 100), share(60, 100), false],
    ['20 points, one of 9 projects', 'takenWithin2', share(9, 9), share(8, 10), false],
    ['4 hours, each of 10 projects', 'medianDelay', hours(11, 10), hours(7, 10), true],
    ['3 hours', 'medianDelay', hours(10, 40), hours(7, 40), false],
    ['unknown before', 'useful', share(10, 10), share(0, 0), false],
  ])('%s', (_, id, now, then, expected) => {
    expect(isChange(id, now, then)).toBe(expected);
  });
});

describe('what changed', () => {
  it('is said against the quarter before and the year before, at once when both say the same', () => {
    expect(texts([row('submitted', count(30), count(20), count(15))])).toEqual([
      'Plus de projets sont arrivés : 30, contre 20 au trimestre d’avant et 15 un an plus tôt.',
    ]);
    expect(texts([row('submitted', count(30), count(20), count(60))])).toEqual([
      'Plus de projets sont arrivés : 30, contre 20 au trimestre d’avant.',
      'Moins de projets sont arrivés : 30, contre 60 un an plus tôt.',
    ]);
  });

  it('says of which number a number is a part, and whether it is good news', () => {
    const [declined, faster] = changesIn(
      [row('medianDelay', hours(5, 12), hours(9, 12)), row('declined', count(11, 30), count(6, 30))],
      false,
    )
      .toSorted((a, b) => a.text.localeCompare(b.text, 'fr'))
      .toReversed();
    expect(declined).toEqual({
      isGood: false,
      text: 'Plus de projets ont été refusés par un partenaire\u00a0: 11 sur 30, contre 6 sur 30 au trimestre d’avant et 6 sur 30 un an plus tôt.',
    });
    expect(faster?.isGood).toBe(true);
    expect(faster?.text).toContain('La prise en charge est plus rapide');
  });

  it('says nothing of numbers while projects still come in', () => {
    const rows = [row('submitted', count(30), count(20)), row('takenWithin2', share(20, 20), share(10, 20))];
    expect(texts(rows, true)).toEqual([
      'Les projets sont plus souvent pris en charge en deux jours ouvrés : 100 %, contre 50 % au trimestre d’avant et 50 % un an plus tôt.',
    ]);
  });

  it('names needs and places, the largest change first', () => {
    const lines = [
      { label: 'Eau', now: 9, before: 4 },
      { label: 'Export', now: 2, before: 12 },
      { label: 'Artisanat', now: 5, before: 3 },
    ];
    expect(changesOfLines(lines, (label, isMore) => `${label} ${isMore ? 'plus' : 'moins'}`)).toEqual([
      { isGood: null, text: 'Export moins\u00a0: 2, contre 12 au trimestre d’avant.' },
      { isGood: null, text: 'Eau plus\u00a0: 9, contre 4 au trimestre d’avant.' },
    ]);
  });
});
