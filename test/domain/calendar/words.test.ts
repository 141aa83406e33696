import {
  businessHoursInWords,
  dateInWords,
  dayInWords,
  dueInWords,
  momentInWords,
  monthInWords,
  timeInWords,
  waitInWords,
} from '../../../src/domain/calendar/words.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('instants in words', () => {
  it('writes days, dates and moments in French', () => {
    expect(plain(dayInWords(new Date('2026-12-08T12:00:00Z')))).toBe('mardi 8 décembre');
    expect(plain(dayInWords(new Date('2026-12-01T12:00:00Z')))).toBe('mardi 1er décembre');
    expect(plain(dayInWords(new Date('2025-12-08T12:00:00Z'), new Date('2026-01-05T12:00:00Z')))).toBe(
      'lundi 8 décembre 2025',
    );
    expect(plain(dayInWords(new Date('2025-12-31T23:30:00Z'), new Date('2026-12-31T12:00:00Z')))).toBe(
      'jeudi 1er janvier',
    );
    expect(plain(dateInWords(new Date('2026-12-08T12:00:00Z')))).toBe('8 décembre 2026');
    expect(plain(momentInWords(new Date('2026-12-08T13:30:00Z')))).toBe('mardi 8 décembre à 14 h 30');
    expect(plain(momentInWords(new Date('2026-12-08T08:00:00Z')))).toBe('mardi 8 décembre à 9 h');
    expect(monthInWords('2026-12')).toBe('décembre 2026');
  });

  it.each([
    [0.2, 'moins d’une heure'],
    [1, '1 heure'],
    [5, '5 heures'],
    [7, '1 jour'],
    [18, '2 jours et 4 heures'],
  ])('says %s business hours as %s', (hours, words) => {
    expect(plain(businessHoursInWords(hours))).toBe(words);
  });

  it.each([
    ['2026-11-08T09:00:00Z', 'depuis aujourd’hui'],
    ['2026-11-07T22:30:00Z', 'depuis hier'],
    ['2026-10-25T00:30:00+02:00', 'depuis 14 jours'],
  ])('says how long something has waited since %s, in days of the calendar', (since, words) => {
    expect(plain(waitInWords(new Date(since), new Date('2026-11-08T23:00:00+01:00')))).toBe(words);
  });

  it('says whether a due date is ahead or past', () => {
    const now = new Date('2026-12-08T09:00:00Z');
    expect(plain(dueInWords(new Date('2026-12-08T17:00:00Z'), now))).toBe('avant aujourd’hui 18 h');
    expect(plain(dueInWords(new Date('2026-12-10T17:00:00Z'), now))).toBe('avant jeudi 10 décembre 18 h');
    expect(plain(dueInWords(new Date('2026-12-04T17:00:00Z'), now))).toBe('en retard de 1 jour et 1 heure');
  });
});

describe('instants in English', () => {
  const now = new Date('2026-12-08T09:00:00Z');

  it('writes days, dates and moments', () => {
    expect(plain(dayInWords(new Date('2026-12-01T12:00:00Z'), now, 'en'))).toBe('Tuesday 1 December');
    expect(plain(dayInWords(new Date('2025-12-08T12:00:00Z'), now, 'en'))).toBe('Monday 8 December 2025');
    expect(plain(dateInWords(new Date('2026-12-08T12:00:00Z'), 'en'))).toBe('8 December 2026');
    expect(plain(momentInWords(new Date('2026-12-08T13:30:00Z'), 'en'))).toBe('Tuesday 8 December, 2:30 pm');
    expect(monthInWords('2026-12', 'en')).toBe('December 2026');
  });

  it.each([
    ['2026-12-08T08:00:00Z', '9 am'],
    ['2026-12-08T11:00:00Z', '12 pm'],
    ['2026-12-07T23:05:00Z', '12:05 am'],
    ['2026-12-08T17:00:00Z', '6 pm'],
  ])('says the time of %s as %s', (at, words) => {
    expect(plain(timeInWords(new Date(at), 'en'))).toBe(words);
  });

  it.each([
    ['2026-12-08T08:00:00Z', 'since today'],
    ['2026-12-07T08:00:00Z', 'since yesterday'],
    ['2026-11-24T08:00:00Z', 'for 14 days'],
  ])('says how long something has waited since %s', (since, words) => {
    expect(plain(waitInWords(new Date(since), now, 'en'))).toBe(words);
  });

  it('says business hours, and whether a due date is ahead or past', () => {
    expect(plain(businessHoursInWords(0.2, 'en'))).toBe('less than an hour');
    expect(plain(businessHoursInWords(18, 'en'))).toBe('2 days and 4 hours');
    expect(plain(dueInWords(new Date('2026-12-08T17:00:00Z'), now, 'en'))).toBe('before 6 pm today');
    expect(plain(dueInWords(new Date('2026-12-10T17:00:00Z'), now, 'en'))).toBe('before Thursday 10 December, 6 pm');
    expect(plain(dueInWords(new Date('2026-12-04T17:00:00Z'), now, 'en'))).toBe('1 day and 1 hour late');
  });
});
