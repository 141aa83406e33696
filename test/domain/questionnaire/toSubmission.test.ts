import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { toSubmission } from '../../../src/domain/questionnaire/toSubmission.js';
import { Invalid } from '../../../src/errors.js';
import { answersBefore, completeAnswers } from '../../support/answers.js';

const territory = loadTerritory();
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
    expect(contact).toEqual({ name: 'Camille R.', email: 'camille@example.org', phone: '06 39 98 12 34' });
    expect(language).toBe('fr');
  });

  test('cannot be made while a step is missing', () => {
    expect(() => toSubmission(answersBefore('contact'), territory, 'fr')).toThrow(Invalid);
  });
});
