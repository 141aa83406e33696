import { chance } from '../followUp/troubles.js';
import type { Processes, ProcessName } from '../startProcesses.js';

const VICTIMS: ProcessName[] = ['store', 'web', 'worker', 'redis', 'web2'];
/** Milliseconds: how long after its turn a kill comes at most, and how long the dead stay away at most. */
const MOMENT = 300;
const AWAY = 600;

export interface Kill {
  victim: ProcessName;
  /** Its turn comes when so many submissions and acts of all are done. */
  after: number;
  moment: number;
  away: number;
}

/** So many kills over so many deeds, the same for the same seed: each process as often as the others, in any order. */
export const planKills = (count: number, deeds: number, seed: number): Kill[] => {
  const random = chance(seed);
  const victims = Array.from({ length: count }, (_, i) => VICTIMS[i % VICTIMS.length] as ProcessName);
  const turns = victims.map((victim) => ({ victim, at: random() })).sort((a, b) => a.at - b.at);
  return turns.map(({ victim }, i) => ({
    victim,
    // The last one comes while there is still something to do.
    after: Math.floor(((i + random()) / count) * deeds * 0.9),
    moment: random() * MOMENT,
    away: random() * AWAY,
  }));
};

const pause = (milliseconds: number): Promise<void> => new Promise((over) => setTimeout(over, milliseconds));

/** Carries out the kills, one after another, as the work goes on; each process is started again. Gives how many of each. */
export const killAlong = async (
  desk: Processes,
  kills: Kill[],
  done: () => number,
): Promise<Map<ProcessName, number>> => {
  const killed = new Map<ProcessName, number>();
  for (const { victim, after, moment, away } of kills) {
    while (done() < after) await pause(5);
    await pause(moment);
    await desk.kill(victim);
    killed.set(victim, (killed.get(victim) ?? 0) + 1);
    await pause(away);
    await desk.start(victim);
  }
  return killed;
};
