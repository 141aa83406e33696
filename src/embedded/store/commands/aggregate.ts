import { compilePipeline } from '../aggregate.js';
import { findCollection } from '../catalog.js';
import { firstBatch } from '../cursors.js';
import { notServed } from '../errors.js';
import { leadingStages } from '../leadingStages.js';
import { selectDocs } from '../select.js';
import type { Doc } from '../values.js';
import { arrayOf, type Command, collectionName, databaseOf } from './command.js';
import { cursorOptions } from './find.js';

export const aggregateCommands: Record<string, Command> = {
  aggregate: {
    fields: ['aggregate', 'pipeline', 'cursor', 'allowDiskUse', 'bypassDocumentValidation'],
    writes: false,
    run: ({ catalog, cursors, now }, command) => {
      if (typeof command['aggregate'] !== 'string') throw notServed('aggregate on a database');
      const [database, name] = [databaseOf(command), collectionName(command, 'aggregate')];
      const { batchSize } = cursorOptions(command['cursor']);
      const pipeline = arrayOf(command['pipeline'], 'pipeline');
      const around = { catalog, database };
      // The whole pipeline first: what is wrong in it must be told before any document is read.
      compilePipeline(pipeline, around);
      const { selection, rest } = leadingStages(pipeline as Doc[]);
      const run = compilePipeline(rest, around);
      const found = selectDocs(findCollection(catalog, database, name), selection);
      return firstBatch(cursors, `${database}.${name}`, run(found.map(({ doc }) => doc)), batchSize, false, now());
    },
  },
};
