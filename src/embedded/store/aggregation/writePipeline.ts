import { type Flow, inTurns, PAUSE, type Step, type Steps } from '../flow.js';
import { createBudget, footprint } from '../footprint.js';
import type { Doc } from '../values.js';
import type { WriteStage } from './writeStages.js';

/** As many documents as are written in one go. */
const BATCH = 500;

/**
 * Writes what a pipeline gives, in several changes between which others may read and write.
 * Errors: CommandError; then $out has changed nothing, and $merge stopped there.
 * @param change carries out one change, and settles when it is on the disk
 * @param isRead whether the pipeline reads what is written to: then all is read before
 */
export async function writePipeline(
  docs: Flow,
  stage: WriteStage,
  change: (act: () => void) => Promise<void>,
  isRead: boolean,
): Promise<void> {
  await change(stage.begin);
  try {
    const rest = (isRead ? await inTurns(all(docs)) : docs)[Symbol.iterator]() as Iterator<Step>;
    for (;;) {
      const batch = await inTurns(nextOf(rest));
      if (batch.length > 0) await change(() => stage.write(batch));
      if (batch.length < BATCH) break;
    }
    await change(stage.end);
  } catch (error) {
    await change(stage.cancel);
    throw error;
  }
}

function* all(docs: Flow): Steps<Doc[]> {
  const hold = createBudget('the stage that writes');
  const out: Doc[] = [];
  for (const step of docs) {
    if (step === PAUSE) yield PAUSE;
    else {
      hold(footprint(step));
      out.push(step);
    }
  }
  return out;
}

function* nextOf(rest: Iterator<Step>): Steps<Doc[]> {
  const batch: Doc[] = [];
  while (batch.length < BATCH) {
    const { done, value } = rest.next();
    if (done === true) break;
    if (value === PAUSE) yield PAUSE;
    else batch.push(value);
  }
  return batch;
}
