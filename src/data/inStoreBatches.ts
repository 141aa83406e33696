import type { Model, QueryFilter } from 'mongoose';

/** Records made of the bytes of a batch at a time: few enough to be forgotten young. */
const AT_A_TIME = 25;

/**
 * What a query finds, by batches, straight from the driver's cursor: no wait for each record, and memory
 * that does not grow with how many there are. The cursor ends with its reader.
 */
export async function* inStoreBatches<Row>(
  { collection }: Pick<Model<Row>, 'collection'>,
  filter: QueryFilter<Row>,
  { sort, batchSize }: { sort: Record<string, 1 | -1>; batchSize: number },
): AsyncGenerator<Row[]> {
  const cursor = collection.find(filter as never, { sort, batchSize });
  try {
    while (await cursor.hasNext()) yield cursor.readBufferedDocuments(AT_A_TIME) as Row[];
  } finally {
    await cursor.close();
  }
}
