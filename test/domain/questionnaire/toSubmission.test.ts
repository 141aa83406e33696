import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { toSubmission } from '../../../src/domain/questionnaire/toSubmission.js';
import { Invalid } from '../../../src/errors.js';
import { answersBefore, completeAnswers } from '../../support/answers.js';

const territory = loadTerritory();
/** La Poste's own: public, and sound. */
const SIRET = '35600000000048';
const factsOf = (changes = {}) => toSubmission(completeAnswers(changes), territory, 'fr').facts;

describe('a submission', () => {
  test('holds what routing reads, the main need first', () => {
    expect(factsOf()).toEqual({
      needs: ['water', 'energy'],
      stage: 'growth',
      commune: '63430',
      holderKind: 'company',
      sector: 'Agroalimentaire, boissons',
      headcount: 52,
      title: 'Une laiterie qui pompe trop',
      summary: 'Nous cherchons à recycler les eaux de rinçage.',
    });
  });

  test('says "not known" by an empty list or null, never by a word', () => {
    expect(factsOf({ besoins: { needs: ['unknown'] } }).needs).toEqual([]);
    expect(factsOf({ avancement: { stage: 'unknown' } }).stage).toBeNull();
    expect(factsOf({ lieu: { place: '', commune: null, abroad: true } }).commune).toBeNull();
  });

  test('forgets a main need that is no longer asked', () => {
    expect(factsOf({ besoins: { needs: ['energy'] } }).needs).toEqual(['energy']);
  });

  test('gives the holder’s own words for another activity', () => {
    const activite = { sector: 'other', otherSector: 'Horlogerie', headcount: null };
    expect(factsOf({ activite }).sector).toBe('Horlogerie');
  });

  test('keeps each question and answer in the words of that day', () => {
    const { answers, contact, language } = toSubmission(completeAnswers(), territory, 'fr');
    expect(answers).toContainEqual({
      step: 'besoin-principal',
      field: 'mainNeed',
      question: 'Lequel compte le plus aujourd’hui\u00a0?',
      value: 'water',
      answer: 'Mon procédé consomme trop d’eau',
    });
    expect(answers).toContainEqual({
      step: 'lieu',
      field: 'commune',
      question: 'Commune du projet',
      value: '63430',
      answer: 'Thiers (Puy-de-Dôme, 63300)',
    });
    expect(answers.find(({ field }) => field === 'organisation')).toMatchObject({ value: null, answer: 'Non précisé' });
    expect(answers.some(({ field }) => field === 'otherSector')).toBe(false);
    expect(contact).toEqual({ name: 'Camille R.', email: 'camille@example.org', phone: '06 39 98 12 34', when: [] });
    expect(language).toBe('fr');
  });

  test('keeps what goes with the project: link, organisation, SIRET, who knows it already', () => {
    const answers = completeAnswers({
      projet: { ...completeAnswers().projet!, link: 'https://laiterie.example.org/' },
      entreprise: { organisation: 'Laiterie du Pont', siret: SIRET },
      'deja-en-contact': { partners: ['ti-tiltam', 'other'] },
      contact: { ...completeAnswers().contact!, when: ['morning', 'midday'] },
    });
    const submission = toSubmission(answers, territory, 'fr');
    expect(submission).toMatchObject({
      organisation: 'Laiterie du Pont',
      siret: SIRET,
      link: 'https://laiterie.example.org/',
      inTouchWith: ['ti-tiltam', 'other'],
      contact: { when: ['morning', 'midday'] },
    });
    const said = Object.fromEntries(submission.answers.map(({ field, answer }) => [field, answer]));
    expect(said).toMatchObject({
      link: 'https://laiterie.example.org/',
      partners: 'Territoire d’industrie Lezoux-Thiers-Ambert-Montbrison (TILTAM)\u00a0; Un autre organisme',
      when: 'Le matin, de 9\u00a0h à 12\u00a0h\u00a0; À midi, de 12\u00a0h à 14\u00a0h',
    });
  });

  test('forgets an organisation and a contact that are no longer asked', () => {
    const submission = toSubmission(
      completeAnswers({
        vous: { holderKind: 'student' },
        lieu: { place: '', commune: null, abroad: true },
        entreprise: { organisation: 'Laiterie du Pont', siret: null },
        'deja-en-contact': { partners: ['ti-tiltam'] },
      }),
      territory,
      'fr',
    );
    expect([submission.organisation, submission.inTouchWith]).toEqual([null, []]);
  });

  test('holds the same facts in both languages, and its answers in the holder’s', () => {
    for (const sector of ['metal', 'software', 'building']) {
      const answers = completeAnswers({ activite: { sector, headcount: 3 } });
      expect(toSubmission(answers, territory, 'en').facts).toEqual(toSubmission(answers, territory, 'fr').facts);
    }
    const { answers, language, facts } = toSubmission(completeAnswers(), territory, 'en');
    const said = Object.fromEntries(answers.map(({ field, answer }) => [field, answer]));
    expect(language).toBe('en');
    expect(facts.sector).toBe('Agroalimentaire, boissons');
    expect(said).toMatchObject({
      needs: 'I want to use less energy; My process uses too much water',
      sector: 'Food and drink',
      organisation: 'Not given',
      partners: 'With nobody',
      when: 'At any time',
    });
  });

  test('cannot be made while a step is missing', () => {
    expect(() => toSubmission(answersBefore('contact'), territory, 'fr')).toThrow(Invalid);
  });
});
