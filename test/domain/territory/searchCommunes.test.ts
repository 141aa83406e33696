import { loadTerritory } from '../../../src/data/territoryFiles.js';

const territory = loadTerritory();
const codes = (query: string, limit?: number) => territory.searchCommunes(query, limit).map((commune) => commune.code);

describe('searching a commune', () => {
  test.each([
    ['Clermont-Ferrand', '63113', 'the whole name'],
    ['clermont ferrand', '63113', 'case and hyphens are forgiven'],
    ['CLERMONT-FERR', '63113', 'the start of the name'],
    ['chatel guyon', '63103', 'accents are forgiven'],
    ['Châtel-Guyon', '63103', 'accents may be there'],
    ['st eloy les mines', '63338', '"st" stands for "saint"'],
    ['Ste Florine', '43185', '"ste" stands for "sainte"'],
    ['ancizes', '63004', 'a word within the name'],
    ['Clermont-Fd', '63113', '"Fd" stands for "Ferrand"'],
    ['clermont fd', '63113', 'in small letters too'],
    ['l’isle d’abeau', '38193', 'curly apostrophes'],
    ["l'isle d'abeau", '38193', 'straight apostrophes'],
    ['just st rambert', '42279', 'the middle of the name'],
    ['rambert just', '42279', 'words out of order'],
    ['Dallet', '63226', 'a commune merged since: Mur-sur-Allier'],
    ['Saint-Beauzire 43', '43170', 'the département tells homonyms apart'],
    ['63360 saint-beauzire', '63322', 'so does the postal code'],
    ['  thiers  ', '63430', 'spaces around'],
    ['Thiers (63)', '63430', 'the département between brackets'],
    ['Lyon', '69123', 'all of France is there'],
  ])('%s finds %s first: %s', (query, code) => {
    expect(codes(query)[0]).toBe(code);
  });

  test('homonyms are all given, those of the perimeter first', () => {
    expect(codes('Saint-Beauzire')).toEqual(expect.arrayContaining(['63322', '43170']));
    expect(codes('beaumont').slice(0, 2).sort()).toEqual(['43022', '63032']);
    expect(codes('Sainte-Colombe', 1).length).toBeGreaterThan(10);
  });

  test('a postal code gives every commune that has it, the first digits give more', () => {
    expect(codes('63800', 50)).toEqual(expect.arrayContaining(['63124', '63273']));
    expect(codes('63115')).toContain('63226');
    expect(codes('638', 100).length).toBeGreaterThan(codes('63800', 100).length);
  });

  test.each(['', '   ', '63', '12345678', 'xyzzyq', '’', '%$!', '\n', 'a'.repeat(10_000)])(
    '%j finds nothing',
    (query) => {
      expect(codes(query)).toEqual([]);
    },
  );

  test('gives at most the limit', () => {
    expect(codes('saint', 7)).toHaveLength(7);
  });

  test('takes less than 5 ms of the processor on average', () => {
    const queries = [
      's',
      'sa',
      'saint',
      'st martin',
      'clermont',
      '63',
      '630',
      '63000',
      'vichy',
      'zz',
      'la',
      'just rambert',
    ];
    // Not the clock on the wall: other work of the machine does not count.
    const start = process.cpuUsage();
    for (let round = 0; round < 10; round += 1) for (const query of queries) territory.searchCommunes(query);
    const { user, system } = process.cpuUsage(start);
    const average = (user + system) / 1000 / (10 * queries.length);
    console.info(`search: ${average.toFixed(2)} ms on average`);
    expect(average).toBeLessThan(5);
  });
});
