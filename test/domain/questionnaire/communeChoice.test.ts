import { loadTerritory } from '../../../src/data/territoryFiles.js';
import {
  communeCandidates,
  communeInWords,
  findCommune,
  suggestedCommunes,
} from '../../../src/domain/questionnaire/communeChoice.js';

const territory = loadTerritory();
const meant = (typed: string) => communeCandidates(territory, typed).map((commune) => communeInWords(commune));

test.each([
  ['Lyon', '69123'],
  ['Paris', '75056'],
  ['Thiers', '63430'],
  ['dallet', '63226'],
])('%s, a whole name, means one commune', (typed, code) => {
  expect(communeCandidates(territory, typed).map((commune) => commune.code)).toEqual([code]);
  expect(suggestedCommunes(territory, typed, 8)[0]?.code).toBe(code);
});

test('a whole name of elsewhere may be the beginning of one of ours', () => {
  const found = communeCandidates(territory, 'Clermont');
  expect(found[0]?.name).toBe('Clermont-Ferrand');
  expect(found.every(({ name, epci }) => name.startsWith('Clermont') || epci === null)).toBe(true);
  expect(found.map(({ name }) => name)).toContain('Clermont');
});

test('two communes of the same name remain a choice', () => {
  expect(meant('Beaumont')).toEqual(
    expect.arrayContaining([expect.stringContaining('Puy-de-Dôme'), expect.stringContaining('Haute-Loire')]),
  );
});

test('an earlier choice does not outlive another whole name', () => {
  const cognat = communeCandidates(territory, 'Cognat-Lyonne')[0];
  expect(findCommune(territory, 'Lyon', cognat?.code)?.code).toBe('69123');
});
