import { firstBatch } from '../cursors.js';
import { CommandError } from '../errors.js';
import { runPipeline } from '../pipelines.js';
import { type Doc, isDoc } from '../values.js';
import { writeStageOf } from '../writeStages.js';
import { arrayOf, type Command, collectionName, databaseOf, settingsOf } from './command.js';
import { cursorOptions } from './find.js';

export const aggregateCommands: Record<string, Command> = {
  aggregate: {
    fields: ['aggregate', 'pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
    writes: ({ pipeline }) => writeStageOf(pipeline) !== null,
    run: ({ catalog, cursors, now }, command) => {
      const database = databaseOf(command);
      const name = Number(command['aggregate']) === 1 ? null : collectionName(command, 'aggregate');
      const { batchSize } = cursorOptions(command['cursor']);
      const pipeline = arrayOf(command['pipeline'], 'pipeline') as Doc[];
      refuseLinearizable(command, pipeline);
      const settings = settingsOf(command);
      const asked = { catalog, database, name, pipeline, settings, hint: command['hint'], command, now: now() };
      const docs = runPipeline(asked);
      return firstBatch(cursors, `${database}.${name ?? '$cmd.aggregate'}`, docs, batchSize, false, now());
    },
  },
};

function refuseLinearizable({ readConcern }: Doc, pipeline: Doc[]): void {
  const stage = writeStageOf(pipeline);
  if (stage !== null && isDoc(readConcern) && readConcern['level'] === 'linearizable')
    throw new CommandError(72, `${stage} cannot be used with a 'linearizable' read concern level`);
}
