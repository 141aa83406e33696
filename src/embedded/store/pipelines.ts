import { compilePipeline } from './aggregate.js';
import type { Catalog } from './catalog.js';
import { CommandError } from './errors.js';
import { firstStageDocs } from './firstStages.js';
import { leadingStages } from './leadingStages.js';
import { selectDocs } from './select.js';
import type { Settings } from './settings.js';
import { type Doc, isDoc } from './values.js';
import { sourceOf } from './views.js';
import { compileWriteStage, writeStageOf } from './writeStages.js';

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
 * Carries out a pipeline on a collection, a view or nothing, and gives its documents: none when it ends by writing them.
 * Errors: CommandError, those of its parts before any document is read.
 */
export function runPipeline(asked: AskedPipeline): Doc[] {
  const { catalog, database, name, settings, hint } = asked;
  if (!asked.pipeline.every(isDoc)) throw new CommandError(14, 'Each element of the pipeline must be an object');
  const source =
    name === null ? { name: '$cmd.aggregate', collection: null, stages: [] } : sourceOf(catalog, database, name);
  const pipeline = [...source.stages, ...asked.pipeline];
  const around = { catalog, database, settings };
  const write = writeStageOf(pipeline) === null ? null : compileWriteStage(pipeline.pop()!, around);
  const beginning = { ...asked, collection: source.collection, namespace: `${database}.${source.name}` };
  const made = firstStageDocs(pipeline, name !== null, beginning);
  let docs: Doc[];
  if (made !== null) docs = compilePipeline(pipeline.slice(1), around)(made);
  else {
    // The whole pipeline first: what is wrong in it must be told before any document is read.
    compilePipeline(pipeline, around);
    const { selection, rest } = leadingStages(pipeline);
    const run = compilePipeline(rest, around);
    const found = selectDocs(source.collection, { ...selection, settings, hint });
    docs = run(found.map(({ doc }) => doc));
  }
  if (write === null) return docs;
  write(docs);
  return [];
}
