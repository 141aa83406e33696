import type { Catalog } from '../catalog.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../flow.js';
import { streamDocs } from '../select.js';
import type { Settings } from '../settings.js';
import { type Doc, isDoc } from '../values.js';
import { sourceOf } from '../views.js';
import { compilePipeline, readStages } from './compilePipeline.js';
import { firstStageDocs } from './firstStages.js';
import { withImplied } from './implied.js';
import { leadingStages } from './leadingStages.js';
import type { Open, Stage, Surroundings } from './stage.js';

/** A pipeline as a client asks for it. */
export interface AskedPipeline {
  catalog: Catalog;
  database: string;
  /** null when it is asked of the database. */
  name: string | null;
  pipeline: Doc[];
  settings: Settings;
  hint?: unknown;
  /** The whole command, whose session a first stage may tell of. */
  command: Doc;
  now: Date;
}

/**
 * Gives the documents of a pipeline on a collection, a view or nothing, which are read as they are asked for.
 * Errors: CommandError, those of its parts before any document is read.
 */
export function runPipeline(asked: AskedPipeline): Flow {
  if (!asked.pipeline.every(isDoc)) throw new CommandError(14, 'Each element of the pipeline must be an object');
  const settings = { now: asked.now, ...asked.settings };
  return opener(asked)(asked.name, asked.pipeline, settings, asked.hint)(null);
}

/** What the parts of a pipeline may know of where they stand. */
export function surroundings(asked: AskedPipeline): Surroundings {
  const { catalog, database, now } = asked;
  return { catalog, database, settings: { now, ...asked.settings }, open: opener(asked) };
}

function opener(asked: AskedPipeline): (...args: [...Parameters<Open>, hint?: unknown]) => ReturnType<Open> {
  const { catalog, database } = asked;
  const open = (name: string | null, pipeline: Doc[], settings: Settings, hint?: unknown): ReturnType<Open> => {
    const around = { catalog, database, settings, open: opener(asked) };
    const source =
      name === null ? { name: '$cmd.aggregate', collection: null, stages: [] } : sourceOf(catalog, database, name);
    const stages = [...source.stages, ...pipeline];
    readStages(stages);
    const beginning = { ...asked, settings, collection: source.collection, namespace: `${database}.${source.name}` };
    const made = firstStageDocs(stages, name !== null, beginning);
    // The whole pipeline first: what is wrong in it must be told before any document is read.
    const whole = compilePipeline(made === null ? stages : stages.slice(1), around);
    if (made !== null) return () => whole(made);
    let leading: (ReturnType<typeof leadingStages> & { run: Stage }) | null = null;
    return (joined) => {
      if (joined !== null && source.stages.length > 0)
        return open(source.name, [...source.stages, { $match: joined }, ...pipeline], settings)(null);
      if (leading === null) {
        const { selection, rest } = leadingStages(stages);
        leading = { selection, rest, run: compilePipeline(rest, around) };
      }
      const { selection, run } = leading;
      const filter = joined === null ? selection.filter : { $and: [joined, selection.filter] };
      return run(
        streamDocs(source.collection, { ...selection, filter: withImplied(filter, settings), settings, hint }),
      );
    };
  };
  return open;
}
