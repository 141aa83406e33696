import { keepsInWords, overBefore } from '../../../src/domain/privacy/keeps.js';
import { lastContact } from '../../../src/domain/privacy/lastContact.js';
import type { EventType } from '../../../src/domain/referrals/referral.js';
import { story } from '../../support/stories.js';

const NOW = new Date('2028-02-29T03:15:00+01:00');

test.each([
  [{ hours: 12 }, '2028-02-28T15:15:00+01:00', '12 heures', '12 hours'],
  [{ days: 30 }, '2028-01-30T03:15:00+01:00', '30 jours', '30 days'],
  [{ days: 1 }, '2028-02-28T03:15:00+01:00', '1 jour', '1 day'],
  // There is no 29 February that year.
  [{ years: 1 }, '2027-02-28T03:15:00+01:00', '1 an', '1 year'],
  [{ years: 3 }, '2025-02-28T03:15:00+01:00', '3 ans', '3 years'],
  ['ever', null, 'sans limite', 'without limit'],
] as const)('%o: over before %s, said "%s" and "%s"', (keeps, before, fr, en) => {
  expect(overBefore(keeps, NOW)).toEqual(before && new Date(before));
  const words = [keepsInWords(keeps), keepsInWords(keeps, 'en')].map((said) => said.replace('\u00a0', ' '));
  expect(words).toEqual([fr, en]);
});

describe('the last contact with a holder', () => {
  const SENT = '2026-11-02T10:00:00+01:00';
  const LATER = '2027-05-03T10:00:00+02:00';
  const lastAfter = (type: EventType, reason: string | null = null): string =>
    lastContact(
      { submittedAt: new Date(SENT) },
      story('p1', ['submitted', SENT], [type, LATER, { reason }]),
    ).toISOString();

  test.each([
    ['message-added', null],
    ['surveyed', null],
    ['written', null],
    ['closed', null],
    ['call-logged', 'reached'],
    ['call-logged', 'message'],
  ] as const)('is one by "%s" (%s)', (type, reason) => {
    expect(lastAfter(type, reason)).toBe(new Date(LATER).toISOString());
  });

  test.each([
    ['call-logged', 'no-answer'],
    ['shared', null],
    ['rerouted', null],
    ['expired', null],
    ['taken', null],
  ] as const)('is none by "%s" (%s)', (type, reason) => {
    expect(lastAfter(type, reason)).toBe(new Date(SENT).toISOString());
  });
});
