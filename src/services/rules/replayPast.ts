import {
  type MovedProject,
  type ReplayedProject,
  type ReplayReport,
  startReplay,
} from '../../domain/routing/replay.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import type { Parts } from '../parts.js';

/** Projects read from the store at a time: all that is ever in memory of them. */
const AT_A_TIME = 500;

export interface ReplayTask {
  before: Ruleset;
  after: Ruleset;
  /** Projects submitted from `from` on and before `to`. */
  from: Date;
  to: Date;
}

type Needs = Pick<Parts, 'events' | 'projects' | 'territory'>;

/**
 * Compares two rulesets on past projects, page after page. After each page tells the report so far and who moves in that
 * page; ends when there is no more project, or when `onPage` answers false. Gives the report of what was done.
 */
export const replayPast =
  (parts: Needs) =>
  async (
    { before, after, from, to }: ReplayTask,
    onPage: (report: ReplayReport, moved: MovedProject[]) => Promise<boolean>,
  ): Promise<ReplayReport> => {
    // Who moves is kept by the caller, page by page: no sample of it here.
    const replay = startReplay(before, after, parts.territory, { cap: 0 });
    for await (const page of pastProjects(parts, { from, to })) {
      const moved = page.map((project) => replay.add(project)).filter((one) => one !== null);
      if (!(await onPage(replay.report(), moved))) break;
    }
    return replay.report();
  };

async function* pastProjects(
  { events, projects }: Needs,
  { from, to }: Pick<ReplayTask, 'from' | 'to'>,
): AsyncGenerator<ReplayedProject[]> {
  for (let after = null; ; ) {
    const page = await projects.routedPage({ from, to, after }, AT_A_TIME);
    const last = page.at(-1);
    if (!last) return;
    const chosen = chosenIn(await events.choicesFor(page.map(({ id }) => id)));
    yield page.map(({ id, facts, main }) => ({ id, facts, stored: main, chosen: chosen.get(id) ?? null }));
    if (page.length < AT_A_TIME) return;
    after = last;
  }
}

/** Where a person finally sent each project: the last choice of a manager, unless the partner declined it. */
function chosenIn(choices: Awaited<ReturnType<Parts['events']['choicesFor']>>): Map<string, string | null> {
  const chosen = new Map<string, string | null>();
  for (const { project, partner, type } of choices) {
    if (type === 'referred') chosen.set(project, partner);
    else if (chosen.get(project) === partner) chosen.set(project, null);
  }
  return chosen;
}
