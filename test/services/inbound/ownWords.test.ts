import { ownWords } from '../../../src/services/inbound/ownWords.js';

const QUOTED = '> Votre projet est pris en charge.\n>\n> Suivre mon projet';

describe('of a reply', () => {
  it.each([
    [
      'Gmail in French',
      `Oui, jeudi.\n\nLe lun. 23 nov. 2026 à 09:31, Porte d’entrée <r@example.org> a écrit :\n\n${QUOTED}`,
    ],
    [
      'broken over three lines',
      `Oui, jeudi.\n\nLe lundi 23 novembre 2026 à 09:31, Porte d’entrée\ninnovation <\nr@example.org> a écrit\u00a0:\n${QUOTED}`,
    ],
    ['Gmail in English', `Oui, jeudi.\n\nOn Mon, Nov 23, 2026 at 9:31 AM Porte <r@example.org> wrote:\n\n${QUOTED}`],
    [
      'Apple, quoted without signs',
      'Oui, jeudi.\n\nLe 23 nov. 2026 à 09:31, Porte <r@example.org> a écrit :\n\nVotre projet est pris en charge.',
    ],
    [
      'Outlook',
      'Oui, jeudi.\n\nDe : Porte d’entrée <r@example.org>\nEnvoyé : lundi 23 novembre 2026 09:31\nÀ : Camille\nObjet : Votre projet\n\nVotre projet…',
    ],
    [
      'Outlook in English',
      'Oui, jeudi.\n________________________________\nFrom: Porte <r@example.org>\nSent: Monday, November 23, 2026 9:31 AM\nTo: Camille\nSubject: x\n\nVotre projet…',
    ],
    ['Thunderbird in French', `Oui, jeudi.\n\nLe 23/11/2026 à 09:31, Porte d’entrée a écrit :\n${QUOTED}`],
    ['an original message', 'Oui, jeudi.\n\n-----Message d’origine-----\nDe : Porte\nVotre projet…'],
    ['an original message in English', 'Oui, jeudi.\n\n-----Original Message-----\nVotre projet…'],
    ['a signature', 'Oui, jeudi.\n\n-- \nCamille R.\n06 39 98 12 34'],
    [
      'a telephone',
      'Oui, jeudi.\n\nEnvoyé de mon iPhone\n\nLe 23 nov. 2026 à 09:31, Porte <r@example.org> a écrit :\n\n> Votre projet',
    ],
    ['a telephone in English', 'Oui, jeudi.\n\nGet Outlook for Android'],
    ['under the quote', `On Mon, Nov 23, 2026 at 9:31 AM Porte <r@example.org> wrote:\n${QUOTED}\n\nOui, jeudi.`],
  ])('keeps what the person wrote: %s', (_shape, text) => {
    expect(ownWords(text)).toBe('Oui, jeudi.');
  });

  it('keeps answers between quoted lines', () => {
    const text = 'Le 23/11/2026 à 09:31, Porte a écrit :\n> Quel jour ?\nJeudi.\n> À quelle heure ?\n14 h.';
    expect(ownWords(text)).toBe('Jeudi.\n14 h.');
  });

  it.each([
    'Le maire a écrit :\nvenez jeudi.',
    'De : moi\nÀ faire : un devis',
    'Bonjour\n\n- un point\n-- deux points',
    'On wrote: nothing.\nEnvoyé par la poste.',
  ])('cuts no sentence that only looks like a quote: %j', (text) => {
    expect(ownWords(text)).toBe(text);
  });

  it('is empty when there is nothing but quotes', () => {
    expect(ownWords(QUOTED)).toBe('');
    expect(ownWords('-- \nCamille')).toBe('');
  });

  it('is read in no time, whatever it is', () => {
    for (const text of ['Le '.repeat(60_000), '\n>'.repeat(90_000), 'Le \n'.repeat(50_000), ' '.repeat(200_000)]) {
      const since = performance.now();
      ownWords(text);
      expect(performance.now() - since).toBeLessThan(1500);
    }
  });
});
