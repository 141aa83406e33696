import { readFileSync } from 'node:fs';
import { median, type Row } from '../benchmark.js';

/** Linux counts it in hundredths of a second. */
const MILLISECONDS = 10;
/** Where /proc/PID/stat has it, after the name in brackets: time in the program, and in the system for it. */
const [PROGRAM, SYSTEM] = [11, 12];

/** Milliseconds of processor that a process has used since it began. */
export const cpuTime = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[PROGRAM]) + Number(fields[SYSTEM])) * MILLISECONDS;
};

type SideName = 'ours' | 'floor';

/** How much processor each of these processes takes for one thing done. The first time of each side warms up. */
export const cpuMeter = (pids: Record<string, number | undefined>) => {
  const names = Object.keys(pids);
  const taken: Record<SideName, Record<string, number>[]> = { ours: [], floor: [] };
  const now = (): number[] => names.map((name) => cpuTime(pids[name] as number));
  const usual = (side: SideName, ofRound: (round: Record<string, number>) => number): number =>
    median(taken[side].slice(1).map(ofRound));
  const rowOf = (name: string, ofRound: (round: Record<string, number>) => number): Row => {
    const [ours, floor] = [usual('ours', ofRound), usual('floor', ofRound)];
    const ratio = ours === 0 ? 0 : floor / ours;
    return { name: `processor: ${name}`, unit: 'ms/e-mail', ours, floor, ratio, low: ratio, high: ratio };
  };

  return {
    async during<Result>(side: SideName, count: number, work: () => Promise<Result>): Promise<Result> {
      const before = now();
      const result = await work();
      const after = now();
      const each = names.map((name, i) => [name, ((after[i] as number) - (before[i] as number)) / count] as const);
      taken[side].push(Object.fromEntries(each));
      return result;
    },

    rows: (): Row[] => [
      rowOf('all together', (round) => Object.values(round).reduce((sum, each) => sum + each, 0)),
      ...names.map((name) => rowOf(name, (round) => round[name] ?? 0)),
    ],
  };
};
