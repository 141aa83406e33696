import { compilePipeline, readStages } from '../aggregation/compilePipeline.js';
import { isFirstStage } from '../aggregation/firstStages.js';
import { withImplied } from '../aggregation/implied.js';
import { leadingStages } from '../aggregation/leadingStages.js';
import { runPipeline, surroundings } from '../aggregation/pipelines.js';
import { writeStageOf } from '../aggregation/writeStages.js';
import { type Report, report, type Verbosity } from '../explain/report.js';
import { drain } from '../flow.js';
import type { Doc } from '../values.js';
import { sourceOf } from '../views.js';
import { askedOf } from './aggregate.js';
import type { StoreContext } from './command.js';

/**
 * How a pipeline would be carried out, save its writing: what the indexes do of it, then, stage by stage, what they cannot,
 * after the $cursor that feeds it. Of a view, what its own stages come to as well.
 */
export function explainPipeline(context: StoreContext, command: Doc, verbosity: Verbosity): Doc {
  const asked = askedOf(context, command);
  if (writeStageOf(asked.pipeline) !== null) asked.pipeline.pop();
  const { catalog, database, name, settings, hint } = asked;
  const source =
    name === null ? { name: '$cmd.aggregate', collection: null, stages: [] } : sourceOf(catalog, database, name);
  const pipeline = [...source.stages, ...asked.pipeline];
  const [first] = readStages(pipeline);
  if (first !== undefined && isFirstStage(first.name))
    return withoutCursor(pipeline, drain(runPipeline(asked)), verbosity);
  const around = surroundings(asked);
  compilePipeline(pipeline, around);
  const { selection, rest } = leadingStages(pipeline);
  const query = { selection: { ...selection, filter: withImplied(selection.filter, settings), settings, hint } };
  const told: Report = report(source.collection, `${database}.${source.name}`, query, verbosity);
  if (rest.length === 0) return told.doc;
  const { queryPlanner, executionStats, ...server } = told.doc;
  const cursor = { $cursor: { queryPlanner, ...(executionStats !== undefined && { executionStats }) } };
  let docs = told.found;
  const stages = rest.map((stage) => {
    if (docs === null) return stage;
    docs = drain(compilePipeline([stage], around)(docs));
    return { ...stage, nReturned: docs.length };
  });
  return { stages: [told.found === null ? cursor : { ...cursor, nReturned: told.found.length }, ...stages], ...server };
}

function withoutCursor(pipeline: Doc[], docs: Doc[], verbosity: Verbosity): Doc {
  return {
    stages: pipeline,
    ...(verbosity !== 'queryPlanner' && { executionStats: { executionSuccess: true, nReturned: docs.length } }),
  };
}
