import { followUpRun } from '../support/followUp/followUpRun.js';
import type { Benchmark, Row } from './benchmark.js';

/** A thousand projects, sent in the course of a week. */
const SIZE = { referrals: 1000, arrivalDays: 5 };
const TROUBLES = { kills: 10, outages: 2 };

type Findings = Awaited<ReturnType<typeof followUpRun>>;

/**
 * Sixty business days of follow-up, at full size: first in peace, then with the worker killed ten times and Redis away twice,
 * once to come back empty. Throws unless every e-mail promised has arrived on its day and no other has; doubles are counted, at most
 * one a kill. `ours`: e-mails arrived; `floor`: e-mails promised.
 */
export const benchmark: Benchmark = async () => {
  const rows: Row[] = [];
  for (const troubles of [{}, TROUBLES]) {
    const found = await followUpRun({ ...SIZE, ...troubles });
    process.stderr.write(`${JSON.stringify(found)}\n`);
    const faults = faultsOf(found);
    if (faults.length > 0) throw new Error(faults.slice(0, 20).join('\n'));
    rows.push(rowOf(found));
  }
  return rows;
};

const faultsOf = ({ missing, extra, unaccounted, astray, owed, doubles, kills }: Findings): string[] => [
  ...missing.map((line) => `missing: ${line}`),
  ...extra.map((line) => `not promised: ${line}`),
  ...unaccounted.map((line) => `known on one side alone: ${line}`),
  ...astray.map((line) => `to others: ${line}`),
  ...(owed > 0 ? [`${owed} still owed`] : []),
  ...(doubles > kills ? [`${doubles} doubles for ${kills} kills`] : []),
];

const rowOf = ({ arrived, promised, doubles, kills, seconds }: Findings): Row => {
  const ratio = arrived / promised;
  const name = `1 000 projects, ${kills} kills: ${doubles} doubles, in ${Math.round(seconds)} s`;
  return { name, unit: 'e-mails', ours: arrived, floor: promised, ratio, low: ratio, high: ratio };
};
