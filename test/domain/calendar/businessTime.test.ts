import {
  addBusinessDays,
  businessHoursBetween,
  endOfBusinessDay,
  isBusinessDay,
  localDay,
  nextBusinessInstant,
} from '../../../src/domain/calendar/businessTime.js';

const paris = (text: string): Date => new Date(`${text}`);

describe('business time', () => {
  it.each([
    ['a Monday morning: end of Wednesday', '2026-11-23T10:00:00+01:00', '2026-11-25T18:00:00+01:00'],
    ['a Friday evening: end of Tuesday', '2026-11-27T21:00:00+01:00', '2026-12-01T18:00:00+01:00'],
    ['a Sunday: end of Tuesday', '2026-11-22T12:00:00+01:00', '2026-11-24T18:00:00+01:00'],
    ['Christmas eve: the 25th and the week-end do not count', '2026-12-24T09:00:00+01:00', '2026-12-29T18:00:00+01:00'],
    ['over the spring change of hour', '2026-03-27T10:00:00+01:00', '2026-03-31T18:00:00+02:00'],
    ['over Easter Monday', '2026-04-03T10:00:00+02:00', '2026-04-08T18:00:00+02:00'],
  ])('promises a call two business days after %s', (_case, sent, callBy) => {
    expect(endOfBusinessDay(paris(sent), 2)).toEqual(paris(callBy));
  });

  it.each([
    ['during the morning', '2026-11-23T10:30:00+01:00', '2026-11-25T10:30:00+01:00'],
    ['at lunch: from 14 h', '2026-11-23T12:30:00+01:00', '2026-11-25T14:00:00+01:00'],
    ['in the night: from 9 h', '2026-11-23T02:00:00+01:00', '2026-11-25T09:00:00+01:00'],
    ['after closing: at the opening', '2026-11-23T19:30:00+01:00', '2026-11-25T09:00:00+01:00'],
    ['on a Saturday: at the opening', '2026-11-21T11:00:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['on Christmas eve in the evening', '2026-12-24T20:00:00+01:00', '2026-12-29T09:00:00+01:00'],
  ])('adds two business days to an instant %s', (_case, from, due) => {
    expect(addBusinessDays(paris(from), 2)).toEqual(paris(due));
  });

  it.each([
    ['one whole day', '2026-11-23T09:00:00+01:00', '2026-11-23T18:00:00+01:00', 7],
    ['lunch does not count', '2026-11-23T11:30:00+01:00', '2026-11-23T14:30:00+01:00', 1],
    ['a week-end between', '2026-11-20T17:00:00+01:00', '2026-11-23T10:00:00+01:00', 2],
    ['11 November', '2026-11-10T17:00:00+01:00', '2026-11-12T09:30:00+01:00', 1.5],
    ['backwards', '2026-11-23T18:00:00+01:00', '2026-11-23T09:00:00+01:00', 0],
    ['over the autumn change of hour', '2026-10-23T09:00:00+02:00', '2026-10-26T18:00:00+01:00', 14],
  ])('counts business hours: %s', (_case, from, to, hours) => {
    expect(businessHoursBetween(paris(from), paris(to))).toBeCloseTo(hours, 6);
  });

  it('reminds before the end of the promised day, whenever the project came', () => {
    for (let hour = 0; hour < 24 * 30; hour += 1) {
      const sent = new Date(paris('2026-12-15T00:10:00+01:00').getTime() + hour * 3_600_000);
      expect(addBusinessDays(sent, 2).getTime()).toBeLessThan(endOfBusinessDay(sent, 2).getTime());
    }
  });

  it('counts a year of hours as the sum of its days', () => {
    const [from, to] = [paris('2026-01-01T00:00:00+01:00'), paris('2027-01-01T00:00:00+01:00')];
    let days = 0;
    for (let day = from; day < to; day = new Date(day.getTime() + 86_400_000))
      days += isBusinessDay(new Date(day.getTime() + 43_200_000)) ? 1 : 0;
    expect(businessHoursBetween(from, to)).toBeCloseTo(days * 7, 6);
  });

  it('knows holidays and week-ends', () => {
    expect(isBusinessDay(paris('2026-11-11T10:00:00+01:00'))).toBe(false);
    expect(isBusinessDay(paris('2026-11-21T10:00:00+01:00'))).toBe(false);
    expect(isBusinessDay(paris('2026-11-12T10:00:00+01:00'))).toBe(true);
  });

  it('opens at 9 h and after lunch', () => {
    expect(nextBusinessInstant(paris('2026-11-23T13:00:00+01:00'))).toEqual(paris('2026-11-23T14:00:00+01:00'));
    expect(nextBusinessInstant(paris('2026-11-22T13:00:00+01:00'))).toEqual(paris('2026-11-23T09:00:00+01:00'));
  });

  it('reads days in Paris, not in UTC', () => {
    expect(localDay(paris('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  });
});
