import { readSiret } from '../../../src/domain/questionnaire/siret.js';

/** Head offices of La Poste and of INSEE, as they publish them, and the usual example of the key. */
describe('a SIRET', () => {
  test.each([
    ['35600000000048', '35600000000048'],
    ['356 000 000 00048', '35600000000048'],
    ['120.027.016.00563', '12002701600563'],
    ['120 027 016\u00a000563 ', '12002701600563'],
    ['732-829-320-00074', '73282932000074'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(readSiret(typed)).toEqual({ siret: kept });
  });

  test.each([
    ['35600000049837', 'multiple of 5, not of Luhn'],
    ['35600000009075', 'the same'],
  ])('%s of La Poste passes: %s', (typed) => {
    const figures = [...typed].map(Number).reduce((sum, figure) => sum + figure, 0);
    expect([figures % 5, readSiret(typed)]).toEqual([0, { siret: typed }]);
  });

  test.each([
    ['73282932000075', 'key'],
    ['35600000000049', 'key'],
    ['00000000000000', 'key'],
    ['732829320', 'siren'],
    ['732 829 320', 'siren'],
    ['7328293200007', 'length'],
    ['732829320000745', 'length'],
    ['FR 73282932000074', 'length'],
    ['aucun', 'length'],
    ['٣٥٦٠٠٠٠٠٠٠٠٠٤٨', 'length'],
  ])('%s is refused: %s', (typed, fault) => {
    expect(readSiret(typed)).toEqual({ fault });
  });

  test('any single figure typed wrong is found out', () => {
    const sound = '73282932000074';
    const slips = [...sound].flatMap((figure, at) =>
      [...'0123456789']
        .filter((other) => other !== figure)
        .map((other) => sound.slice(0, at) + other + sound.slice(at + 1)),
    );
    expect(slips.filter((slip) => readSiret(slip).siret)).toEqual([]);
  });
});
