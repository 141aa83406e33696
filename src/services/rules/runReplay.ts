import type { Hold, Replay } from '../../data/replays.js';
import type { MovedProject } from '../../domain/routing/replay.js';
import type { Parts } from '../parts.js';
import { rulesetNumbered } from './activeRuleset.js';
import { MOVES_PAGE } from './readReplay.js';
import { replayPast } from './replayPast.js';

export type Needs = Pick<
  Parts,
  'clock' | 'events' | 'firstRules' | 'projects' | 'replayMoves' | 'replays' | 'rulesets' | 'territory'
>;

/** How long, in milliseconds, a worker answers for a replay after its last sign of life. */
const LOCK = 30_000;
/** Begun that often and never ended, it is given up. */
const MOST_ATTEMPTS = 10;

export type RunOutcome = 'done' | 'stopped' | 'released' | 'failed' | 'nothing to do';

/**
 * Does a replay that waits, or that a dead worker has left: from the first project, so that doing it again changes nothing.
 * After each page it tells how far it is, and goes on only while the replay is still its own: not stopped by a manager, not
 * taken by another worker. When this process stops (`leaving`), it gives the replay back.
 */
export const runReplay =
  (parts: Needs) =>
  async (id: string, leaving?: AbortSignal): Promise<RunOutcome> => {
    const { clock, replays } = parts;
    const lockedUntil = (): Date => new Date(clock().getTime() + LOCK);
    const replay = await replays.claim(id, clock(), lockedUntil());
    if (!replay) return 'nothing to do';
    if (replay.attempt > MOST_ATTEMPTS) {
      await replays.fail(replay, `${MOST_ATTEMPTS} tries came to no end`, clock());
      return 'failed';
    }
    await parts.replayMoves.forgetBefore(replay);
    const total = await parts.projects.countBetween(replay.from, replay.to);
    let isOurs = await replays.progress(replay, { total }, lockedUntil());
    const moves = writeMoves(parts, replay);
    const report = await replayPast(parts)(await taskOf(parts, replay), async (soFar, moved) => {
      await moves.add(moved);
      const progress = { done: soFar.total, moved: soFar.moved, report: soFar };
      isOurs = isOurs && (await replays.progress(replay, progress, lockedUntil()));
      return isOurs && !leaving?.aborted;
    });
    if (!isOurs) return 'stopped';
    if (leaving?.aborted && report.total < total) {
      await replays.release(replay);
      return 'released';
    }
    const ended = { done: report.total, moved: report.moved, report };
    return (await replays.finish(replay, ended, clock())) ? 'done' : 'stopped';
  };
export type RunReplay = ReturnType<typeof runReplay>;

const taskOf = async (parts: Needs, { before, after, from, to }: Replay) => {
  const { ruleset } = await rulesetNumbered(parts)(before);
  return { before: ruleset, after, from, to };
};

/** Writes who moves, by pages of the list that people read; the last page is written again as it fills. */
const writeMoves = ({ replayMoves }: Pick<Needs, 'replayMoves'>, hold: Hold) => {
  let page = 1;
  let held: MovedProject[] = [];

  return {
    async add(moved: MovedProject[]): Promise<void> {
      if (moved.length === 0) return;
      held = [...held, ...moved];
      for (; held.length > MOVES_PAGE; page += 1) {
        await replayMoves.write(hold, page, held.slice(0, MOVES_PAGE));
        held = held.slice(MOVES_PAGE);
      }
      await replayMoves.write(hold, page, held);
    },
  };
};
