import { searchWords, soughtWords } from '../../../src/domain/referrals/searchWords.js';

describe('the words that a search indexes', () => {
  it('are each once, without accents, apostrophes and hyphens, and hold a reference in one piece', () => {
    expect(searchWords('26-K7QF3', 'L’atelier d’Émaillage', 'Zoé Dupré-Lagrange', null, 'St-Étienne, atelier')).toEqual(
      ['26k7qf3', '26', 'k7qf3', 'atelier', 'emaillage', 'zoe', 'dupre', 'lagrange', 'saint', 'etienne'],
    );
  });

  it('are some hundred at most, the first texts first', () => {
    const long = Array.from({ length: 900 }, (_, i) => `mot${i}`).join(' ');
    const words = searchWords('Un titre', long);
    expect(words).toHaveLength(400);
    expect(words.slice(0, 2)).toEqual(['un', 'titre']);
  });
});

describe('what a typed search asks for', () => {
  it.each([
    ['thiers', [{ whole: [], begun: 'thiers' }]],
    ['Émaux de Thi', [{ whole: ['emaux', 'de'], begun: 'thi' }]],
    ['four four', [{ whole: [], begun: 'four' }]],
    ['  ', []],
    ['a !', []],
    [
      '26-K7QF3',
      [
        { whole: ['26k7qf3'], begun: null },
        { whole: ['26'], begun: 'k7qf3' },
      ],
    ],
    [
      '26 k7 qf3',
      [
        { whole: ['26k7qf3'], begun: null },
        { whole: ['26', 'k7'], begun: 'qf3' },
      ],
    ],
    [
      '26K7QF3',
      [
        { whole: ['26k7qf3'], begun: null },
        { whole: [], begun: '26k7qf3' },
      ],
    ],
    [
      '26 agent',
      [
        { whole: ['26agent'], begun: null },
        { whole: ['26'], begun: 'agent' },
      ],
    ],
  ])('%s', (typed, expected) => {
    expect(soughtWords(typed)).toEqual(expected);
  });

  it('is six words at most', () => {
    expect(soughtWords('un deux trois quatre cinq six sept huit')).toEqual([
      { whole: ['un', 'deux', 'trois', 'quatre', 'cinq'], begun: 'six' },
    ]);
  });
});
