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
    ['entreprise', 'projet'],
    ['contact', 'deja-en-contact'],
  ])('from %s goes back to %s', (slug, previous) => {
    expect(previousStep(journey(completeAnswers()), slug)?.slug ?? null).toBe(previous);
  });

  test.each<[StepSlug, StepSlug]>([
    ['besoins', 'besoin-principal'],
    ['besoin-principal', 'avancement'],
    ['lieu', 'activite'],
    ['projet', 'entreprise'],
    ['entreprise', 'deja-en-contact'],
    ['deja-en-contact', 'contact'],
  ])('the first time, goes on from %s to %s', (slug, next) => {
    const { contact: _later, ...answers } = completeAnswers();
    expect(nextStep(journey(answers), slug)?.slug).toBe(next);
  });

  test('says where it is, counting only what is asked', () => {
    expect(progressAt(journey(completeAnswers()), 'avancement')).toEqual({ position: 3, total: 10 });
    const oneNeed = completeAnswers({ besoins: { needs: ['water'] } });
    expect(progressAt(journey(oneNeed), 'avancement')).toEqual({ position: 2, total: 9 });
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
    expect(changed.completed.size).toBe(9);
  });

  test('keeps the main need while it is still chosen', () => {
    const changed = journey(completeAnswers({ besoins: { needs: ['energy', 'water', 'funding'] } }));
    expect(changed.missing).toBeNull();
  });
});

/** A changed answer, what was asked before it, and what is open again: nothing else. */
describe('an answer that others depend on', () => {
  const ABROAD = { place: '', commune: null, abroad: true };
  const VICHY = { place: 'Vichy', commune: '03310', abroad: false };

  test.each<[string, Answers, Answers, StepSlug | null]>([
    ['another need keeps the rest', {}, { besoins: { needs: ['water', 'funding'] } }, null],
    ['the main need given up', {}, { besoins: { needs: ['energy', 'funding'] } }, 'besoin-principal'],
    [
      'a second need where there was one',
      { besoins: { needs: ['water'] } },
      { besoins: { needs: ['water', 'export'] } },
      null,
    ],
    [
      'a place with the same desk',
      { 'deja-en-contact': { partners: ['cci-puy-de-dome'] } },
      { lieu: { place: 'Riom', commune: '63300', abroad: false } },
      null,
    ],
    [
      'a place that the desk does not serve',
      { 'deja-en-contact': { partners: ['ti-tiltam'] } },
      { lieu: VICHY },
      'deja-en-contact',
    ],
    ['a place elsewhere, in touch with nobody', {}, { lieu: VICHY }, null],
    [
      'a place outside, where there is no desk',
      { 'deja-en-contact': { partners: ['ti-tiltam'] } },
      { lieu: ABROAD },
      null,
    ],
    ['a company becomes an association', {}, { vous: { holderKind: 'association' } }, null],
    ['a company becomes a student', {}, { vous: { holderKind: 'student' } }, null],
  ])('%s', (_name, before, change, reopened) => {
    const changed = journey({ ...completeAnswers(before), ...change });
    const open = changed.asked.map((step) => step.slug).filter((slug) => !changed.completed.has(slug));
    expect(open).toEqual(reopened ? [reopened] : []);
  });

  test('a student who has become a company is asked about it', () => {
    const { entreprise: _neverAsked, ...answers } = completeAnswers();
    expect(journey({ ...answers, vous: { holderKind: 'student' } }).missing).toBeNull();
    expect(journey(answers).missing?.slug).toBe('entreprise');
  });

  test.each<[string, Answers, StepSlug]>([
    ['a student', { vous: { holderKind: 'student' } }, 'entreprise'],
    ['a future founder', { vous: { holderKind: 'future-founder' } }, 'entreprise'],
    ['a project abroad', { lieu: ABROAD }, 'deja-en-contact'],
    ['a project that no desk serves', { lieu: { place: 'Paris', commune: '75056', abroad: false } }, 'deja-en-contact'],
  ])('%s is not asked what would be pointless', (_name, answers, slug) => {
    const { asked } = journey(completeAnswers(answers));
    expect(asked.map((step) => step.slug)).not.toContain(slug);
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
