import { addBusinessHours } from '../../../src/domain/calendar/addBusinessHours.js';
import { callByAfterWait, waitsUntil } from '../../../src/domain/referrals/waitForHolder.js';

const paris = (at: string): Date => new Date(`${at}:00+01:00`);

describe('opening hours added to an instant', () => {
  // Monday 23 November 2026; a day has 9-12 and 14-18; 11 November is closed.
  it.each([
    ['nothing', '2026-11-23T20:00', 0, '2026-11-23T20:00'],
    ['within the morning', '2026-11-23T09:30', 2, '2026-11-23T11:30'],
    ['up to noon sharp', '2026-11-23T09:30', 2.5, '2026-11-23T12:00'],
    ['over lunch', '2026-11-23T11:00', 2, '2026-11-23T15:00'],
    ['over a night', '2026-11-23T17:00', 2, '2026-11-24T10:00'],
    ['from the evening on', '2026-11-23T18:00', 7, '2026-11-24T18:00'],
    ['over a week-end', '2026-11-27T17:00', 1.5, '2026-11-30T09:30'],
    ['over 11 November', '2026-11-10T17:00', 2, '2026-11-12T10:00'],
  ])('%s', (_case, from, hours, then) => {
    expect(addBusinessHours(paris(from), hours)).toEqual(paris(then));
  });

  it('leave out the days on which the partner is closed', () => {
    expect(addBusinessHours(paris('2026-11-23T17:00'), 2, new Set(['2026-11-24']))).toEqual(paris('2026-11-25T10:00'));
  });
});

describe('the due date after a wait for the holder', () => {
  const wednesday = paris('2026-11-25T18:00');
  const asked = paris('2026-11-24T10:00');
  const wait = { at: asked, until: waitsUntil(asked) };

  it('is waited for until the end of the 10th business day', () => {
    expect(wait.until).toEqual(paris('2026-12-08T18:00'));
  });

  it.each([
    ['at once', '2026-11-24T10:00', '2026-11-25T18:00'],
    ['an hour later', '2026-11-24T11:00', '2026-11-26T10:00'],
    ['a day later', '2026-11-25T10:00', '2026-11-26T18:00'],
    ['at night: nothing more than by the evening', '2026-11-24T23:00', '2026-11-26T17:00'],
    ['after a week-end', '2026-11-30T09:00', '2026-12-01T17:00'],
    ['never: ten days and what was left of the first one', '2027-02-01T09:00', '2026-12-10T17:00'],
  ])('answered %s', (_case, answered, then) => {
    expect(callByAfterWait(wednesday, wait, { endedAt: paris(answered) })).toEqual(paris(then));
  });

  it('stays late when it was late already', () => {
    const monday = paris('2026-11-23T18:00');
    expect(callByAfterWait(monday, wait, { endedAt: paris('2026-11-27T10:00') })).toEqual(monday);
  });
});
