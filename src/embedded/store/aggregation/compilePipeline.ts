import { CommandError } from '../errors.js';
import { type Flow, kept } from '../flow.js';
import { compileFilter } from '../match.js';
import { type Doc, isDoc } from '../values.js';
import { addFields } from './addFields.js';
import { bucket } from './bucket.js';
import { facet } from './facet.js';
import { isFirstStage } from './firstStages.js';
import { groupDocs } from './group.js';
import { lookup } from './lookup.js';
import { projectStage, replaceRoot, unset } from './reshape.js';
import { countDocs, limitDocs, sampleDocs, skipDocs } from './slices.js';
import { sortByCount, sortStage } from './sortStage.js';
import type { Stage, Surroundings } from './stage.js';
import { unionWith } from './unionWith.js';
import { unwind } from './unwind.js';

type PrepareStage = (operand: unknown, around: Surroundings, next: Doc[]) => Stage;

const STAGES: Record<string, PrepareStage> = {
  $match: (operand, { settings }) => {
    const matches = compileFilter(operand, settings);
    return (flow) => kept(flow, matches);
  },
  $project: projectStage,
  $addFields: (operand, { settings }) => addFields('$addFields', operand, settings),
  $set: (operand, { settings }) => addFields('$set', operand, settings),
  $unset: unset,
  $replaceRoot: (operand, around) => replaceRoot('$replaceRoot', operand, around),
  $replaceWith: (operand, around) => replaceRoot('$replaceWith', { newRoot: operand }, around),
  $group: (operand, { settings }) => groupDocs(operand, settings),
  $bucket: bucket,
  $sort: sortStage,
  $sortByCount: sortByCount,
  $skip: skipDocs,
  $limit: limitDocs,
  $sample: sampleDocs,
  $count: countDocs,
  $unwind: unwind,
  $facet: (operand, around) => facet(operand, (stages) => compilePipeline(stages, around)),
  $lookup: (operand, around) => lookup(operand, around, compilePipeline),
  $unionWith: unionWith,
};

/**
 * Compiles a pipeline, save stages that write or must stand first. Errors: CommandError 40324 naming a stage that is unknown or
 * not served, and those of its parts, all before any document is read.
 */
export function compilePipeline(pipeline: unknown, around: Surroundings): Stage {
  const stages = readStages(pipeline);
  const run = stages.map(({ name, operand }, at) => {
    const prepare = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (prepare === undefined) throw refusal(name);
    return prepare(operand, around, (pipeline as Doc[]).slice(at + 1));
  });
  return (flow: Flow) => run.reduce((current, stage) => stage(current), flow);
}

/** Errors: CommandError 14 or 40323 when it is no list of stages. */
export function readStages(pipeline: unknown): { name: string; operand: unknown }[] {
  if (!Array.isArray(pipeline)) throw new CommandError(14, 'A pipeline must be an array');
  return pipeline.map((stage) => {
    if (!isDoc(stage)) throw new CommandError(14, 'Each element of the pipeline must be an object');
    const [[name, operand] = ['', null], ...others] = Object.entries(stage);
    if (name === '' || others.length > 0)
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    return { name, operand };
  });
}

function refusal(name: string): CommandError {
  if (name === '$out' || name === '$merge')
    return new CommandError(40601, `${name} can only be the final stage in the pipeline`);
  if (isFirstStage(name)) return new CommandError(40602, `${name} is only valid as the first stage in a pipeline`);
  return new CommandError(40324, `Unrecognized pipeline stage name: '${name}' (not served by the embedded store)`);
}
