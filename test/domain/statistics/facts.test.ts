import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { projectFacts } from '../../../src/domain/statistics/facts.js';
import { aProject, story } from '../../support/stories.js';

const territory = loadTerritory();
const MONDAY_10 = '2026-11-02T10:00:00+01:00';
const sentOnMonday = (...then: Parameters<typeof story>[1][]) =>
  story('p1', ['submitted', MONDAY_10], ['referred', MONDAY_10], ...then);

describe('the facts of a project', () => {
  it('tells where it is from, what it needs and who has it', () => {
    const facts = projectFacts(
      aProject({ facts: { commune: '63300', needs: ['industrial-land', 'energy'] } }),
      sentOnMonday(),
      territory,
    );
    expect(facts).toMatchObject({
      day: '2026-11-02',
      month: '2026-11',
      mainNeed: 'industrial-land',
      axis: 'industry',
      department: '63',
      territoireIndustrie: 'riom-vichy',
      firstPartner: 'cci-puy-de-dome',
      currentPartner: 'cci-puy-de-dome',
      sentBy: 'rules',
      state: 'waiting',
      isOpen: true,
      takenWithin2: false,
    });
  });

  it('counts nobody as having in hand what was taken and then declined', () => {
    const declined = sentOnMonday(['taken', '2026-11-02T11:00:00+01:00'], ['declined', '2026-11-03T11:00:00+01:00']);
    expect(projectFacts(aProject(), declined, territory)).toMatchObject({
      state: 'triage',
      isOpen: true,
      currentPartner: null,
      declinedBy: ['cci-puy-de-dome'],
      takenAt: null,
      hoursToTake: null,
    });
  });

  it('knows nothing of a place that was not given', () => {
    const facts = projectFacts(
      aProject({ facts: { commune: null, needs: [], stage: null } }),
      sentOnMonday(),
      territory,
    );
    expect(facts).toMatchObject({
      epci: null,
      department: null,
      territoireIndustrie: null,
      mainNeed: null,
      axis: null,
    });
  });

  it('counts 31 December 23 h 30 in Paris in December', () => {
    const submittedAt = new Date('2026-12-31T23:30:00+01:00');
    expect(projectFacts(aProject({ submittedAt }), [], territory)).toMatchObject({
      day: '2026-12-31',
      month: '2026-12',
    });
    const later = new Date('2026-12-31T23:30:00Z');
    expect(projectFacts(aProject({ submittedAt: later }), [], territory)).toMatchObject({ month: '2027-01' });
  });

  // Sent on Monday at 10: the promise ends on Wednesday at 18. A day has 7 opening hours (9-12, 14-18).
  it.each([
    ['the same day at 15: 2 h before lunch, 1 after', '2026-11-02T15:00:00+01:00', 3, true],
    ['on Wednesday at 18 sharp: 6 + 7 + 7', '2026-11-04T18:00:00+01:00', 20, true],
    ['on Wednesday at 18:01: too late, no opening hour more', '2026-11-04T18:01:00+01:00', 20, false],
    ['on Thursday at 9:30: 20 and a half, in whole hours', '2026-11-05T09:30:00+01:00', 21, false],
    ['over 11 November: 6 + 4x7 (3-6) + 2x7 (9-10) + 1 (12)', '2026-11-12T10:00:00+01:00', 49, false],
  ])('measures a taking %s', (_case, at, hours, within) => {
    const facts = projectFacts(aProject(), sentOnMonday(['taken', at]), territory);
    expect(facts).toMatchObject({ state: 'in_progress', takenWithin2: within, hoursToTake: hours });
  });

  it('closes with the outcome of the event', () => {
    const events = sentOnMonday(
      ['taken', '2026-11-03T10:00:00+01:00'],
      ['closed', '2026-11-20T10:00:00+01:00', { after: 'no_solution' }],
    );
    expect(projectFacts(aProject(), events, territory)).toMatchObject({
      state: 'closed',
      outcome: 'no_solution',
      isOpen: false,
    });
  });

  it('starts a new clock at the next partner, and remembers who declined', () => {
    const events = sentOnMonday(
      ['declined', '2026-11-03T10:00:00+01:00', { reason: 'other-need' }],
      [
        'referred',
        '2026-11-09T10:00:00+01:00',
        { referral: 'r2', partner: 'ti-riom-vichy', actor: { role: 'manager', account: 'm' } },
      ],
      ['taken', '2026-11-09T11:00:00+01:00', { referral: 'r2', partner: 'ti-riom-vichy' }],
    );
    expect(projectFacts(aProject(), events, territory)).toMatchObject({
      partners: ['cci-puy-de-dome', 'ti-riom-vichy'],
      firstPartner: 'cci-puy-de-dome',
      currentPartner: 'ti-riom-vichy',
      declinedBy: ['cci-puy-de-dome'],
      sentBy: 'rules',
      hoursToTake: 1,
      takenWithin2: true,
    });
  });

  it('goes back to triage when declined; declined in time breaks no promise, declined late does', () => {
    const inTime = projectFacts(aProject(), sentOnMonday(['declined', '2026-11-04T17:00:00+01:00']), territory);
    expect(inTime).toMatchObject({ state: 'triage', isOpen: true, takenWithin2: null });
    const late = projectFacts(aProject(), sentOnMonday(['declined', '2026-11-05T10:00:00+01:00']), territory);
    expect(late.takenWithin2).toBe(false);
  });

  it('is spam when rejected, until a person sends it to a partner', () => {
    const project = aProject({ decision: { outcome: 'rejected', main: null } });
    expect(projectFacts(project, story('p1', ['submitted', MONDAY_10]), territory)).toMatchObject({
      isSpam: true,
      state: 'rejected',
    });
    const rescued = story(
      'p1',
      ['submitted', MONDAY_10],
      ['referred', MONDAY_10, { actor: { role: 'manager', account: 'm' } }],
    );
    expect(projectFacts(project, rescued, territory)).toMatchObject({ isSpam: false, sentBy: 'person' });
  });

  it('does not depend on the order of events of one instant', () => {
    const events = sentOnMonday(['taken', MONDAY_10], ['closed', MONDAY_10, { after: 'helped' }]);
    expect(projectFacts(aProject(), events.toReversed(), territory)).toEqual(
      projectFacts(aProject(), events, territory),
    );
  });
});
