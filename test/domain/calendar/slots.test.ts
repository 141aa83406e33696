import { latestSlot, type When } from '../../../src/domain/calendar/slots.js';

const NIGHT: When = { every: 'night', at: '03:15' };
const MORNING: When = { every: 'business morning', at: '08:30' };
const WEEK: When = { every: 'week', at: '08:30' };

const at = (instant: string, when: When): string => latestSlot(when, new Date(instant));

describe('the last slot of a row', () => {
  it('is this minute, for what runs every minute', () => {
    expect(at('2026-11-23T09:30:00+01:00', { every: 'minute' })).toBe('2026-11-23T08:30Z');
    expect(at('2026-11-23T09:30:59.999+01:00', { every: 'minute' })).toBe('2026-11-23T08:30Z');
    expect(at('2026-11-23T09:31:00+01:00', { every: 'minute' })).toBe('2026-11-23T08:31Z');
  });

  it('tells the minutes of the hour that comes twice in autumn apart', () => {
    expect(at('2026-10-25T02:30:00+02:00', { every: 'minute' })).toBe('2026-10-25T00:30Z');
    expect(at('2026-10-25T02:30:00+01:00', { every: 'minute' })).toBe('2026-10-25T01:30Z');
  });

  it.each([
    // A Monday, 23 November 2026.
    ['2026-11-23T08:29:59+01:00', '2026-11-20'],
    ['2026-11-23T08:30:00+01:00', '2026-11-23'],
    ['2026-11-23T23:59:00+01:00', '2026-11-23'],
    ['2026-11-24T08:29:00+01:00', '2026-11-23'],
    // Saturday and Sunday have none.
    ['2026-11-28T12:00:00+01:00', '2026-11-27'],
    ['2026-11-29T12:00:00+01:00', '2026-11-27'],
    // Easter Monday, 29 March 2027; the day before, the clocks go on by an hour.
    ['2027-03-29T12:00:00+02:00', '2027-03-26'],
    ['2027-03-30T08:29:59+02:00', '2027-03-26'],
    ['2027-03-30T08:30:00+02:00', '2027-03-30'],
    // 1 May 2026, a Friday; 8 May and 14 May 2026 are closed too.
    ['2026-05-01T12:00:00+02:00', '2026-04-30'],
    ['2026-05-08T12:00:00+02:00', '2026-05-07'],
    ['2026-05-14T12:00:00+02:00', '2026-05-13'],
    // Christmas and New Year’s Day fall on Fridays.
    ['2026-12-25T12:00:00+01:00', '2026-12-24'],
    ['2027-01-01T12:00:00+01:00', '2026-12-31'],
    ['2027-01-04T08:30:00+01:00', '2027-01-04'],
    // The last Monday before and the first after the clocks go back.
    ['2026-10-26T08:29:00+01:00', '2026-10-23'],
    ['2026-10-26T08:30:00+01:00', '2026-10-26'],
  ])('is a business morning: at %s, that of %s', (instant, slot) => {
    expect(at(instant, MORNING)).toBe(slot);
  });

  it.each([
    ['2026-11-23T08:29:59+01:00', '2026-11-16'],
    ['2026-11-23T08:30:00+01:00', '2026-11-23'],
    ['2026-11-25T10:00:00+01:00', '2026-11-23'],
    ['2026-11-29T23:00:00+01:00', '2026-11-23'],
    // Easter Monday is closed: the week begins on Tuesday.
    ['2027-03-29T12:00:00+02:00', '2027-03-22'],
    ['2027-03-30T08:29:00+02:00', '2027-03-22'],
    ['2027-03-30T08:30:00+02:00', '2027-03-30'],
    ['2027-04-02T12:00:00+02:00', '2027-03-30'],
    // Whit Monday, 25 May 2026.
    ['2026-05-26T08:30:00+02:00', '2026-05-26'],
    // Across the end of a year.
    ['2027-01-01T12:00:00+01:00', '2026-12-28'],
    ['2027-01-03T12:00:00+01:00', '2026-12-28'],
    ['2027-01-04T08:30:00+01:00', '2027-01-04'],
  ])('is the first business morning of a week: at %s, that of %s', (instant, slot) => {
    expect(at(instant, WEEK)).toBe(slot);
  });

  it.each([
    ['2026-11-22T03:14:59+01:00', '2026-11-21'],
    ['2026-11-22T03:15:00+01:00', '2026-11-22'],
    // The clocks change at 2 or 3 o’clock, before it.
    ['2027-03-28T03:14:59+02:00', '2027-03-27'],
    ['2027-03-28T03:15:00+02:00', '2027-03-28'],
    ['2026-10-25T02:59:00+01:00', '2026-10-24'],
    ['2026-10-25T03:15:00+01:00', '2026-10-25'],
    ['2027-01-01T00:30:00+01:00', '2026-12-31'],
  ])('is a night: at %s, that of %s', (instant, slot) => {
    expect(at(instant, NIGHT)).toBe(slot);
  });

  it('comes once on the night that an hour is skipped or comes twice', () => {
    const halfPastTwo: When = { every: 'night', at: '02:30' };
    expect(at('2027-03-28T01:59:00+01:00', halfPastTwo)).toBe('2027-03-27');
    expect(at('2027-03-28T03:30:00+02:00', halfPastTwo)).toBe('2027-03-28');
    expect(at('2026-10-25T02:30:00+02:00', halfPastTwo)).toBe('2026-10-25');
    expect(at('2026-10-25T02:30:00+01:00', halfPastTwo)).toBe('2026-10-25');
  });
});
