import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTerritory, territoryFolder } from '../../../src/data/territoryFiles.js';
import { readPartners } from '../../../src/domain/territory/readPartners.js';
import { BadSettings } from '../../../src/errors.js';

const territory = loadTerritory();
const partnersFile = JSON.parse(readFileSync(join(territoryFolder(), 'partners.json'), 'utf8'));
const commune = (code: string) => territory.commune(code)!;
const partner = (id: string) => territory.partner(id)!;

describe('the directory', () => {
  test('holds the perimeter as the sources count it', () => {
    expect(territory.epcis).toHaveLength(16);
    expect(territory.epcis.filter((epci) => epci.inPole)).toHaveLength(11);
    expect(territory.partners).toHaveLength(32);
    expect(territory.partners.filter((one) => one.role === 'desk')).toHaveLength(9);
  });

  test('knows the EPCI of a commune in the perimeter, and only there', () => {
    expect(territory.epci(commune('63430').epci!)?.territoireIndustrie).toBe('tiltam');
    expect(commune('63338').epci).toBeNull();
    expect(commune('75056').epci).toBeNull();
    expect(commune('63113')).toMatchObject({
      name: 'Clermont-Ferrand',
      department: '63',
      postalCodes: ['63000', '63100'],
    });
  });

  test('gives the commune of today for the code of a merged one', () => {
    expect(commune('63133').name).toBe('Mur-sur-Allier');
    expect(territory.commune('00000')).toBeUndefined();
  });

  test('knows the communes elsewhere, in Corsica and overseas too, by their code of today or an earlier one', () => {
    expect(commune('2A004')).toMatchObject({ name: 'Ajaccio', department: '2A', epci: null });
    expect(commune('97411')).toMatchObject({ name: 'Saint-Denis', department: '974', epci: null });
    // Arbignieu is in Arboys en Bugey since 2016.
    expect(commune('01015')).toBe(commune('01340'));
    expect(commune('01015').formerNames).toContain('Saint-Bois');
    for (const none of ['99999', '2C001', 'toString', '']) expect(territory.commune(none)).toBeUndefined();
  });

  test('lists every commune once, and answers to the code of each', () => {
    expect(territory.communes.length).toBeGreaterThan(34_000);
    expect(new Set(territory.communes.map(({ code }) => code)).size).toBe(territory.communes.length);
    expect(territory.communes.filter((one) => territory.commune(one.code) !== one)).toEqual([]);
  });

  test('knows which départements there are', () => {
    expect(['63', '2B', '974'].map(territory.isDepartment)).toEqual([true, true, true]);
    expect(['20', '97', '', 'toString'].map(territory.isDepartment)).toEqual([false, false, false, false]);
  });

  test.each([
    ['cci-puy-de-dome', '63338', true, 'a CCI serves its whole département'],
    ['cci-puy-de-dome', '03310', false, 'and nothing else'],
    ['clermont-auvergne-metropole', '63014', true, 'Aubière is in the Métropole'],
    ['clermont-auvergne-metropole', '63430', false, 'Thiers is not'],
    ['ti-tiltam', '42147', true, 'Montbrison is in TILTAM, though in the Loire'],
    ['smtc-ac', '63226', true, 'Mur-sur-Allier is served beside the Métropole'],
    ['smtc-ac', '63040', false, 'Billom is not'],
    ['le-bivouac', '63113', false, 'a closed body serves nobody'],
  ])('%s serves %s: %s, %s', (id, code, expected) => {
    expect(territory.serves(partner(id), commune(code))).toBe(expected);
  });

  test('speaks the project’s words', () => {
    expect(partner('universite-clermont-auvergne')).toMatchObject({ kind: 'university', role: 'desk' });
    expect(partner('le-bivouac').role).toBe('inactive');
    expect(partner('cci-puy-de-dome').fallbackNeeds).toContain('industrial-land');
    expect(partner('cci-allier').name).toBe('CCI de l’Allier');
  });

  test.each([
    ['kind', { kind: 'mairie' }],
    ['role', { role: 'chef' }],
    ['competences', { competences: ['tricot'] }],
    ['competencesRepli', { competencesRepli: ['tricot'] }],
    ['stages', { stages: ['retraite'] }],
  ])('refuses an unknown word in %s, naming the partner', (field, change) => {
    const file = [{ ...partnersFile[0], ...change }];
    expect(() => readPartners(file)).toThrow(BadSettings);
    expect(() => readPartners(file)).toThrow(new RegExp(`cci-puy-de-dome.*${field}`));
  });

  test('says which file is missing', () => {
    expect(() => loadTerritory('/nowhere')).toThrow(/communes\.json.*build-communes/);
    expect(() => territoryFolder('/')).toThrow(BadSettings);
  });
});
