import { closedDays } from '../../../src/domain/calendar/closures.js';
import { type EmailId, rowOf } from '../../../src/domain/emails/catalogue.js';
import { dueOf, notBefore } from '../../../src/domain/emails/timing.js';
import type { Referral } from '../../../src/domain/referrals/referral.js';
import { aReferral } from '../../support/emailCases.js';

const OPEN = closedDays([]);
const at = (time: string): Date => new Date(time);

/** Reached the partner on Monday at 10; promised by Wednesday evening. */
const MONDAY = at('2026-11-23T10:00:00+01:00');
const referral = (change: Partial<Referral> = {}): Referral =>
  aReferral({ sentAt: MONDAY, callBy: at('2026-11-25T18:00:00+01:00'), changedAt: MONDAY, ...change });

const DUE: [EmailId, string, string, string][] = [
  ['advisor-new-project', 'by day', '2026-11-23T10:00:00+01:00', '2026-11-23T10:00:00+01:00'],
  ['advisor-new-project', 'at night', '2026-11-23T22:00:00+01:00', '2026-11-24T07:30:00+01:00'],
  ['advisor-new-project', 'on Friday evening', '2026-11-27T20:00:00+01:00', '2026-11-30T07:30:00+01:00'],
  ['advisor-appointment', 'at night, but waited for', '2026-11-23T22:00:00+01:00', '2026-11-23T22:00:00+01:00'],
  ['account-sign-in', 'on Sunday, but waited for', '2026-11-29T22:00:00+01:00', '2026-11-29T22:00:00+01:00'],
  ['holder-receipt', 'at night: holders choose their hours', '2026-11-23T22:00:00+01:00', '2026-11-23T22:00:00+01:00'],
  ['holder-taken', 'ten minutes for what may follow', '2026-11-23T10:00:00+01:00', '2026-11-23T10:10:00+01:00'],
  ['advisor-reminder', 'two business days', '2026-11-23T10:00:00+01:00', '2026-11-25T10:00:00+01:00'],
  ['advisor-reminder', 'over a weekend', '2026-11-27T10:00:00+01:00', '2026-12-01T10:00:00+01:00'],
  ['advisor-second-reminder', 'four business days', '2026-11-23T10:00:00+01:00', '2026-11-27T10:00:00+01:00'],
  ['lead-escalation', 'five business days', '2026-11-23T10:00:00+01:00', '2026-11-30T10:00:00+01:00'],
  ['advisor-reminder', 'across the clocks of October', '2026-10-23T10:00:00+02:00', '2026-10-27T10:00:00+01:00'],
  ['advisor-reminder', 'across the clocks of March', '2026-03-27T10:00:00+01:00', '2026-03-31T10:00:00+02:00'],
  ['holder-not-forgotten', 'the morning after', '2026-11-23T10:00:00+01:00', '2026-11-26T09:00:00+01:00'],
  ['holder-survey', 'ten business days', '2026-12-18T10:00:00+01:00', '2027-01-05T10:00:00+01:00'],
  ['holder-became', 'six months, on a day that works', '2026-08-31T15:00:00+02:00', '2027-03-01T09:00:00+01:00'],
  ['holder-became', 'six months, to the hour', '2026-11-24T10:00:00+01:00', '2027-05-24T10:00:00+02:00'],
];

test.each(DUE)('%s, %s', (email, _name, happened, due) => {
  const counted = { at: at(happened), referral: referral(), closures: OPEN };
  expect(dueOf(rowOf(email), counted).toISOString()).toBe(at(due).toISOString());
});

describe('a partner that is closed', () => {
  const closures = closedDays([{ from: '2026-11-24', to: '2026-11-25' }]);

  test('is reminded by its own days', () => {
    const counted = { at: MONDAY, referral: referral(), closures };
    expect(dueOf(rowOf('advisor-reminder'), counted)).toEqual(at('2026-11-27T10:00:00+01:00'));
  });

  test('and when it closes after the reminder was planned, waits', () => {
    const planned = at('2026-11-25T10:00:00+01:00');
    const moved = referral({ callBy: at('2026-11-27T18:00:00+01:00') });
    expect(notBefore(rowOf('advisor-reminder'), { at: planned, referral: moved, closures })).toEqual(
      at('2026-11-27T10:00:00+01:00'),
    );
  });
});

describe('asked again just before it leaves', () => {
  const LATE_MORNING = at('2026-11-25T11:00:00+01:00');
  const until = (email: EmailId, now: Date, change: Partial<Referral> = {}): Date =>
    notBefore(rowOf(email), { at: now, referral: referral(change), closures: OPEN });

  test('by day it leaves', () => {
    expect(until('advisor-reminder', LATE_MORNING)).toEqual(LATE_MORNING);
    expect(until('advisor-new-project', LATE_MORNING)).toEqual(LATE_MORNING);
  });

  test('in the evening it waits for the morning, except what is waited for and what holders read', () => {
    const evening = at('2026-11-27T19:05:00+01:00');
    expect(until('advisor-new-project', evening)).toEqual(at('2026-11-30T07:30:00+01:00'));
    expect(until('advisor-appointment', evening)).toEqual(evening);
    expect(until('holder-taken', evening)).toEqual(evening);
  });

  test('while an answer is awaited the reminder is asked about again the next business day', () => {
    const asked = { at: MONDAY, until: at('2026-12-04T10:00:00+01:00'), note: 'n1' };
    expect(until('advisor-reminder', LATE_MORNING, { asked })).toEqual(at('2026-11-26T11:00:00+01:00'));
    expect(until('holder-not-forgotten', LATE_MORNING, { asked })).toEqual(at('2026-11-26T11:00:00+01:00'));
    expect(until('advisor-new-project', LATE_MORNING, { asked })).toEqual(LATE_MORNING);
  });

  test('and no later than the end of the wait', () => {
    const asked = { at: MONDAY, until: at('2026-11-25T15:00:00+01:00'), note: 'n1' };
    expect(until('advisor-reminder', LATE_MORNING, { asked })).toEqual(asked.until);
  });

  test('once the answer has come, by as much as the promise was put off', () => {
    expect(until('advisor-reminder', LATE_MORNING, { callBy: at('2026-11-26T18:00:00+01:00') })).toEqual(
      at('2026-11-26T10:00:00+01:00'),
    );
  });

  test('the question for news waits 20 business days from the last act', () => {
    const now = at('2026-12-22T10:00:00+01:00');
    const takenAt = at('2026-11-24T10:00:00+01:00');
    expect(until('advisor-news', now, { state: 'taken', takenAt })).toEqual(now);
    const actedAt = at('2026-12-10T10:00:00+01:00');
    expect(until('advisor-news', now, { state: 'taken', takenAt, actedAt })).toEqual(at('2027-01-11T10:00:00+01:00'));
  });
});
