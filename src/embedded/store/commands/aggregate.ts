import { compilePipeline } from '../aggregate.js';
import { findCollection } from '../catalog.js';
import { firstBatch } from '../cursors.js';
import { notServed } from '../errors.js';
import { selectDocs } from '../select.js';
import { type Doc, isDoc } from '../values.js';
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
      const run = compilePipeline(pipeline, { catalog, database });
      const found = selectDocs(findCollection(catalog, database, name), { filter: leadingMatch(pipeline) });
      return firstBatch(cursors, `${database}.${name}`, run(found.map(({ doc }) => doc)), batchSize, false, now());
    },
  },
};

/** A first $match is read through the indexes. */
function leadingMatch(pipeline: unknown[]): Doc {
  const first = pipeline[0];
  return isDoc(first) && isDoc(first['$match']) ? first['$match'] : {};
}
