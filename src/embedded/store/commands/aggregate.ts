import { type AskedPipeline, runPipeline, surroundings } from '../aggregation/pipelines.js';
import { writePipeline } from '../aggregation/writePipeline.js';
import { compileWriteStage, writeStageOf } from '../aggregation/writeStages.js';
import { tick } from '../clock.js';
import { firstBatch, firstBatchOf } from '../cursors.js';
import { CommandError } from '../errors.js';
import { writePlainly } from '../transactions/plainWrites.js';
import { refuseInvalid } from '../validation.js';
import { type Doc, isDoc, withFields } from '../values.js';
import { writeConcernError } from '../writeConcern.js';
import {
  arrayOf,
  type Command,
  collectionName,
  databaseOf,
  type Reply,
  type StoreContext,
  settingsOf,
} from './command.js';
import { cursorOptions } from './find.js';

export const aggregateCommands: Record<string, Command> = {
  aggregate: {
    fields: ['aggregate', 'pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
    // It sees to its changes itself: nobody need wait while it reads for them.
    writes: false,
    run: (context, command) => {
      const { cursors, now } = context;
      const asked = askedOf(context, command);
      const namespace = `${asked.database}.${asked.name ?? '$cmd.aggregate'}`;
      const { batchSize } = cursorOptions(command['cursor']);
      if (writeStageOf(asked.pipeline) === null)
        return firstBatchOf(cursors, namespace, runPipeline(asked), batchSize, false, now());
      refuseLinearizable(command, asked.pipeline);
      return written(context, asked).then((): Reply => {
        const reply = firstBatch(cursors, namespace, [], batchSize, false, now());
        const missing = writeConcernError(command['writeConcern']);
        return missing === null ? reply : withFields(reply, missing);
      });
    },
  },
};

/** The pipeline of an aggregate command. Errors: CommandError. */
export function askedOf({ catalog, now }: StoreContext, command: Doc): AskedPipeline {
  const pipeline = arrayOf(command['pipeline'], 'pipeline') as Doc[];
  return {
    catalog,
    database: databaseOf(command),
    name: Number(command['aggregate']) === 1 ? null : collectionName(command, 'aggregate'),
    pipeline,
    settings: settingsOf(command),
    hint: command['hint'],
    command,
    now: now(),
  };
}

async function written(context: StoreContext, asked: AskedPipeline): Promise<void> {
  const last = asked.pipeline.at(-1)!;
  const pipeline = asked.pipeline.slice(0, -1);
  const stage = compileWriteStage(
    last,
    surroundings(asked),
    asked.command['bypassDocumentValidation'] === true ? () => undefined : refuseInvalid,
  );
  const docs = runPipeline({ ...asked, pipeline });
  const isRead = asked.name === stage.collection || mentions(pipeline, stage.collection);
  const { catalog } = context;
  const change = (act: () => void) =>
    writePlainly(catalog, Number(asked.command['maxTimeMS'] ?? 0), () => {
      // A change of several documents that are already written must not be begun anew: it waits for all of the collection.
      catalog.storage.guard.reshape(`${stage.database}.${stage.collection}`);
      tick(context.member, context.now());
      act();
    });
  await writePipeline(docs, stage, change, isRead);
}

function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return value === name;
  if (Array.isArray(value)) return value.some((element) => mentions(element, name));
  return isDoc(value) && Object.values(value).some((inner) => mentions(inner, name));
}

function refuseLinearizable({ readConcern }: Doc, pipeline: Doc[]): void {
  const stage = writeStageOf(pipeline);
  if (stage !== null && isDoc(readConcern) && readConcern['level'] === 'linearizable')
    throw new CommandError(72, `${stage} cannot be used with a 'linearizable' read concern level`);
}
