import type { Unit } from '../../../src/domain/statistics/kpis.js';
import { baseInWords, changeInWords, figureInWords } from '../../../src/domain/statistics/words.js';

const figure = (value: number | null) => ({ value, numerator: null, denominator: null });
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('figures in words', () => {
  it.each<[Unit, number | null, string]>([
    ['count', 1234, '1 234'],
    ['share', 0.8245, '82 %'],
    ['hours', 11.2, '1 j 4 h'],
    ['hours', 3, '3 h'],
    ['hours', 0.3, '0 h'],
    ['share', null, '–'],
  ])('%s %s', (unit, value, words) => {
    expect(plain(figureInWords(unit, figure(value)))).toBe(words);
  });

  it.each<[Unit, number, number, string, string]>([
    ['count', 12, 9, 'up', '3 de plus'],
    ['count', 9, 9, 'same', 'comme avant'],
    ['share', 0.75, 0.8, 'down', '5 points de moins'],
    ['share', 0.801, 0.8, 'same', 'comme avant'],
    ['hours', 14, 10, 'up', '4 heures de plus'],
    ['hours', 14, 13.6, 'same', 'comme avant'],
  ])('%s: %s after %s is %s', (unit, now, before, arrow, text) => {
    const change = changeInWords(unit, figure(now), figure(before));
    expect({ ...change, text: plain(change?.text ?? '') }).toEqual({ arrow, text });
  });

  it('compare nothing with nothing', () => {
    expect(changeInWords('share', figure(null), figure(0.5))).toBeNull();
    expect(changeInWords('share', figure(0.5), figure(null))).toBeNull();
  });

  it('say what a share is counted on', () => {
    expect(plain(baseInWords({ unit: 'share' }, { value: 0.8, numerator: 4, denominator: 5 }))).toBe('4 sur 5 projets');
    expect(plain(baseInWords({ unit: 'hours' }, { value: 3, numerator: null, denominator: 1 }))).toBe('sur 1 projet');
    expect(baseInWords({ unit: 'count' }, { value: 3, numerator: 3, denominator: 7 })).toBe('');
  });
});
