import { afterQuietHours } from '../../../src/domain/calendar/quietHours.js';

/** Times as they are in Paris, with their offset. */
const LEAVES: [string, string, string][] = [
  ['in opening hours', '2026-11-24T10:00:00+01:00', '2026-11-24T10:00:00+01:00'],
  ['at lunch', '2026-11-24T12:30:00+01:00', '2026-11-24T12:30:00+01:00'],
  ['a moment before seven in the evening', '2026-11-24T18:59:59+01:00', '2026-11-24T18:59:59+01:00'],
  ['at seven', '2026-11-24T19:00:00+01:00', '2026-11-25T07:30:00+01:00'],
  ['at night', '2026-11-25T03:00:00+01:00', '2026-11-25T07:30:00+01:00'],
  ['a moment before half past seven', '2026-11-25T07:29:59+01:00', '2026-11-25T07:30:00+01:00'],
  ['at half past seven', '2026-11-25T07:30:00+01:00', '2026-11-25T07:30:00+01:00'],
  ['on Friday evening', '2026-11-27T19:30:00+01:00', '2026-11-30T07:30:00+01:00'],
  ['on Saturday', '2026-11-28T11:00:00+01:00', '2026-11-30T07:30:00+01:00'],
  ['on Sunday', '2026-11-29T23:59:00+01:00', '2026-11-30T07:30:00+01:00'],
  ['on a holiday', '2026-07-14T10:00:00+02:00', '2026-07-15T07:30:00+02:00'],
  ['the evening before a holiday and a weekend', '2026-12-24T20:00:00+01:00', '2026-12-28T07:30:00+01:00'],
  ['Easter: Saturday to Tuesday', '2026-04-04T09:00:00+02:00', '2026-04-07T07:30:00+02:00'],
  ['when clocks go forward: the last Sunday of March', '2026-03-27T21:00:00+01:00', '2026-03-30T07:30:00+02:00'],
  ['in the hour that does not exist', '2026-03-29T02:30:00+01:00', '2026-03-30T07:30:00+02:00'],
  ['when clocks go back: the last Sunday of October', '2026-10-23T21:00:00+02:00', '2026-10-26T07:30:00+01:00'],
  ['in the hour that comes twice', '2026-10-25T02:30:00+02:00', '2026-10-26T07:30:00+01:00'],
  ['the year after, too', '2027-03-28T12:00:00+02:00', '2027-03-30T07:30:00+02:00'],
];

test.each(LEAVES)('an e-mail to staff, %s', (_when, at, leaves) => {
  expect(afterQuietHours(new Date(at)).toISOString()).toBe(new Date(leaves).toISOString());
});
