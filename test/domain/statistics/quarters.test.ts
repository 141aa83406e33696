import { latestSlot } from '../../../src/domain/calendar/slots.js';
import {
  isOver,
  isQuarter,
  lastQuarter,
  quarterAt,
  quarterNamed,
  quartersBefore,
  settledFrom,
} from '../../../src/domain/statistics/quarters.js';
import { parseReportId, printReportId } from '../../../src/domain/statistics/reportId.js';

describe('quarters', () => {
  it.each([
    ['2026-12-31T23:30:00+01:00', '2026-T4', '2026-T3'],
    ['2027-01-01T00:00:00+01:00', '2027-T1', '2026-T4'],
    ['2026-07-01T00:00:00+02:00', '2026-T3', '2026-T2'],
  ])('%s lies in %s, after %s', (at, current, last) => {
    expect([quarterAt(new Date(at)), lastQuarter(new Date(at))]).toEqual([current, last]);
  });

  it('are counted backwards over years', () => {
    expect([0, 1, 2, 4, 5].map((back) => quartersBefore('2026-T2', back))).toEqual([
      '2026-T2',
      '2026-T1',
      '2025-T4',
      '2025-T2',
      '2025-T1',
    ]);
  });

  it('are over at midnight in Paris, and settled a month later', () => {
    expect(quarterNamed('2026-T4')).toMatchObject({ first: '2026-10-01', last: '2026-12-31' });
    expect(isOver('2026-T4', new Date('2026-12-31T23:59:59+01:00'))).toBe(false);
    expect(isOver('2026-T4', new Date('2027-01-01T00:00:00+01:00'))).toBe(true);
    expect(settledFrom('2026-T4')).toEqual(new Date('2027-02-01T00:00:00+01:00'));
  });

  it('have their reminder on their first business morning', () => {
    const slotAt = (time: string): string => latestSlot({ every: 'quarter', at: '08:30' }, new Date(time));
    // 1 January is a public holiday, 2 January 2027 a Saturday.
    expect(slotAt('2027-01-04T08:29:00+01:00')).toBe('2026-10-01');
    expect(slotAt('2027-01-04T08:30:00+01:00')).toBe('2027-01-04');
    expect(slotAt('2027-03-31T12:00:00+02:00')).toBe('2027-01-04');
  });
});

describe('the address of a report', () => {
  it.each([
    ['2026-T4', { quarter: '2026-T4', partner: null }],
    ['2026-T4-ti-tiltam', { quarter: '2026-T4', partner: 'ti-tiltam' }],
  ])('%s', (address, id) => {
    expect(parseReportId(address)).toEqual(id);
    expect(printReportId(id)).toBe(address);
    expect(isQuarter(id.quarter)).toBe(true);
  });

  it.each(['', '2026-T5', '2026', '2026-T4-', '2026-T4x', '2026-T4-../secret'])('%s is none', (address) => {
    expect(parseReportId(address)).toBeNull();
  });
});
