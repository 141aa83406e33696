import { classifySector, readSector } from '../../../src/domain/routing/sectors.js';

describe('classifying a sector written freely', () => {
  test.each([
    'coutellerie, travail des métaux',
    'agroalimentaire, lait',
    'aéronautique, usinage',
    'électronique, santé au travail',
    'cosmétique',
    'chimie, matériaux',
    'Boissons',
    'textile technique',
    'plasturgie, organisation professionnelle',
    'forge',
    'verre',
    'chaudronnerie',
    'industrie pharmaceutique',
    'fabrication de meubles',
    'sous-traitance industrielle',
    'Fromagerie',
    'mécanique de précision',
    'imprimerie',
    'Industrie',
    'équipementier automobile',
    'dispositifs médicaux',
    'PLASTURGIE',
  ])('%s: manufacturing', (sector) => expect(classifySector(sector)).toBe('manufacturing'));

  test.each([
    'commerce de détail',
    'commerce de meubles',
    'négoce de matériaux',
    'logiciel, santé',
    'logiciels pour l’industrie',
    'conseil en mécanique',
    'services, association d’entreprises',
    'collectivité',
    'restauration',
    'tourisme',
    'logistique, réparation',
    'immobilier industriel',
    'formation aux métiers du bois',
    'garage, mécanique automobile',
    'industries culturelles',
    'boulangerie',
    'économie sociale et solidaire, réemploi',
    'vente de pneus',
    'transport routier',
    'agriculture',
  ])('%s: other', (sector) => expect(classifySector(sector)).toBe('other'));

  test.each([null, '', 'non précisé', 'divers', 'pharmacie', 'recyclage', 'je ne sais pas', ',,,', '😀'])(
    '%j: not known',
    (sector) => expect(classifySector(sector)).toBeNull(),
  );

  test('knows the trades of the crafts register', () => {
    expect(readSector('menuiserie').craft).toBe(true);
    expect(readSector('services à la personne').craft).toBe(true);
    expect(readSector('logiciel').craft).toBe(false);
    expect(readSector(null).craft).toBeNull();
  });
});
