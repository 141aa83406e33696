import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { Answers, StepSlug } from '../../../src/domain/questionnaire/answers.js';
import { journeyOf, mayVisit, nextStep, previousStep, progressAt } from '../../../src/domain/questionnaire/journey.js';
import { answersBefore, completeAnswers } from '../../support/answers.js';

const territory = loadTerritory();
const journey = (answers: Answers) => journeyOf(answers, territory);

describe('the journey', () => {
  test('begins with the needs, and asks nothing else first', () => {
    const begun = journey({});
    expect(begun.missing?.slug).toBe('besoins');
    expect(mayVisit(begun, 'besoins')).toBe(true);
    expect(mayVisit(begun, 'avancement')).toBe(false);
  });

  test.each<[string, Answers['besoins'], boolean]>([
    ['two needs', { needs: ['energy', 'water'] }, true],
    ['one need', { needs: ['water'] }, false],
    ['no idea yet', { needs: ['unknown'] }, false],
  ])('with %s, asks which one matters most: %p %p', (_name, besoins, asked) => {
    const slugs = journey(besoins ? { besoins } : {}).asked.map((step) => step.slug);
    expect(slugs.includes('besoin-principal')).toBe(asked);
  });

  test.each<[StepSlug, StepSlug | null]>([
    ['besoins', null],
    ['besoin-principal', 'besoins'],
    ['avancement', 'besoin-principal'],
    ['contact', 'projet'],
  ])('from %s goes back to %s', (slug, previous) => {
    expect(previousStep(journey(completeAnswers()), slug)?.slug ?? null).toBe(previous);
  });

  test.each<[StepSlug, StepSlug]>([
    ['besoins', 'besoin-principal'],
    ['besoin-principal', 'avancement'],
    ['lieu', 'activite'],
    ['projet', 'contact'],
  ])('the first time, goes on from %s to %s', (slug, next) => {
    const { contact: _later, ...answers } = completeAnswers();
    expect(nextStep(journey(answers), slug)?.slug).toBe(next);
  });

  test('says where it is, counting only what is asked', () => {
    expect(progressAt(journey(completeAnswers()), 'avancement')).toEqual({ position: 3, total: 8 });
    const oneNeed = completeAnswers({ besoins: { needs: ['water'] } });
    expect(progressAt(journey(oneNeed), 'avancement')).toEqual({ position: 2, total: 7 });
  });

  test('ends with "check your answers"', () => {
    const done = journey(completeAnswers());
    expect(done.missing).toBeNull();
    expect(nextStep(done, 'contact')).toBeNull();
  });
});

describe('a changed answer', () => {
  test('that nothing depends on leads back to "check your answers"', () => {
    expect(nextStep(journey(completeAnswers({ avancement: { stage: 'idea' } })), 'avancement')).toBeNull();
  });

  test('reopens the main need when that need is no longer chosen, and nothing else', () => {
    const changed = journey(completeAnswers({ besoins: { needs: ['energy', 'funding'] } }));
    expect(changed.missing?.slug).toBe('besoin-principal');
    expect(nextStep(changed, 'besoins')?.slug).toBe('besoin-principal');
    expect(changed.completed.size).toBe(7);
  });

  test('keeps the main need while it is still chosen', () => {
    const changed = journey(completeAnswers({ besoins: { needs: ['energy', 'water', 'funding'] } }));
    expect(changed.missing).toBeNull();
  });
});

test('answers that are no longer acceptable are asked again', () => {
  const stored = completeAnswers({ lieu: { place: 'Nulle-Part', commune: '99999', abroad: false } });
  expect(journey(stored).missing?.slug).toBe('lieu');
});

test('a step may be visited when everything before it is answered', () => {
  const answers = answersBefore('lieu');
  expect(mayVisit(journey(answers), 'lieu')).toBe(true);
  expect(mayVisit(journey(answers), 'activite')).toBe(false);
  expect(mayVisit(journey(answers), 'avancement')).toBe(true);
});
