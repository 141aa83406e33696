import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { ProjectFacts } from '../../../src/domain/statistics/facts.js';
import { aProject, story } from '../../support/stories.js';

const DOMAIN = path.join(__dirname, '../../../dist/src/domain');
const SCRIPT = path.join(__dirname, '../../support/figuresInZone.mjs');

/** Projects on both sides of midnight in Paris at the end of the year, and at the end of March, when the hour changes. */
const SENT = ['2026-12-31T23:30:00+01:00', '2027-01-01T00:30:00+01:00', '2026-03-31T23:30:00+02:00'];
const projects = SENT.map((at, index) => aProject({ id: `p${index}`, submittedAt: new Date(at) }));
const events = SENT.flatMap((at, index) =>
  story(`p${index}`, ['submitted', at], ['referred', at], ['taken', '2027-01-04T10:00:00+01:00']),
);
const input = JSON.stringify({ projects, events, asOf: new Date('2027-01-01T00:15:00+01:00') });

interface Counted {
  hour: number;
  counted: { rows: ProjectFacts[]; period: { first: string; last: string }; yearEnd: string };
}

/** What a process counts whose machine is set to this time zone. */
const countIn = (zone: string): Counted =>
  JSON.parse(execFileSync(process.execPath, [SCRIPT], { input, env: { ...process.env, TZ: zone, DOMAIN } }).toString());

const ZONES = ['UTC', 'America/New_York', 'Europe/Paris', 'Pacific/Kiritimati'];
const inZones = ZONES.map(countIn);

test('machines are set to other hours', () => {
  expect(inZones.map(({ hour }) => hour)).toEqual([0, 19, 1, 14]);
});

test('31 December 23:30 in Paris counts in December, wherever it is counted', () => {
  for (const { counted } of inZones) {
    expect(counted.rows.map(({ day, month }) => [day, month])).toEqual([
      ['2026-12-31', '2026-12'],
      ['2027-01-01', '2027-01'],
      ['2026-03-31', '2026-03'],
    ]);
    // A quarter past midnight in Paris: the year is over.
    expect(counted.period).toMatchObject({ first: '2026-02-01', last: '2027-01-01' });
    expect(counted.yearEnd).toBe('2026-12-31T23:00:00.000Z');
  }
});

test.each(ZONES)('every row, count, delay and period is the same in %s', (zone) => {
  expect(inZones[ZONES.indexOf(zone)]?.counted).toEqual(inZones[0]?.counted);
});
