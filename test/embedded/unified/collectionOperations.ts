import type { Collection } from 'mongodb';
import type { Doc } from './format.js';

/** Arguments whose session and concerns are already the driver's own. */
type Run = (collection: Collection, args: Doc, options: Doc) => Promise<unknown>;

/** What is left of the arguments when those that have a place of their own are gone. */
function without(args: Doc, ...names: string[]): Doc {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

const filterOf = (args: Doc) => (args['filter'] ?? {}) as never;

function returning(options: Doc): Doc {
  const { returnDocument, ...rest } = options;
  return { ...rest, ...(returnDocument !== undefined && { returnDocument: String(returnDocument).toLowerCase() }) };
}

const update =
  (name: 'updateOne' | 'updateMany'): Run =>
  (collection, args) =>
    collection[name](filterOf(args), args['update'] as never, without(args, 'filter', 'update'));

/** The operations of a collection, by the names that the format gives them. */
export const COLLECTION_OPERATIONS: Record<string, Run> = {
  aggregate: (collection, args) => collection.aggregate(args['pipeline'] as never, without(args, 'pipeline')).toArray(),
  bulkWrite: (collection, args) => collection.bulkWrite(args['requests'] as never, without(args, 'requests')),
  count: (collection, args) => collection.count(filterOf(args), without(args, 'filter')),
  countDocuments: (collection, args) => collection.countDocuments(filterOf(args), without(args, 'filter')),
  estimatedDocumentCount: (collection, args) => collection.estimatedDocumentCount(args),
  distinct: (collection, args) =>
    collection.distinct(String(args['fieldName']), filterOf(args), without(args, 'fieldName', 'filter')),
  find: (collection, args) => collection.find(filterOf(args), without(args, 'filter')).toArray(),
  findOne: (collection, args) => collection.findOne(filterOf(args), without(args, 'filter')),
  createFindCursor: async (collection, args) => collection.find(filterOf(args), without(args, 'filter')),
  findOneAndDelete: (collection, args) => collection.findOneAndDelete(filterOf(args), without(args, 'filter')),
  findOneAndReplace: (collection, args) =>
    collection.findOneAndReplace(
      filterOf(args),
      args['replacement'] as never,
      returning(without(args, 'filter', 'replacement')),
    ),
  findOneAndUpdate: (collection, args) =>
    collection.findOneAndUpdate(filterOf(args), args['update'] as never, returning(without(args, 'filter', 'update'))),
  insertOne: (collection, args) => collection.insertOne(args['document'] as never, without(args, 'document')),
  insertMany: (collection, args) => collection.insertMany(args['documents'] as never, without(args, 'documents')),
  deleteOne: (collection, args) => collection.deleteOne(filterOf(args), without(args, 'filter')),
  deleteMany: (collection, args) => collection.deleteMany(filterOf(args), without(args, 'filter')),
  replaceOne: (collection, args) =>
    collection.replaceOne(filterOf(args), args['replacement'] as never, without(args, 'filter', 'replacement')),
  updateOne: update('updateOne'),
  updateMany: update('updateMany'),
  createIndex: (collection, args) => collection.createIndex(args['keys'] as never, without(args, 'keys')),
  dropIndex: (collection, args) => collection.dropIndex(String(args['name']), without(args, 'name')),
  dropIndexes: (collection, args) => collection.dropIndexes(args),
  listIndexes: (collection, args) => collection.listIndexes(args).toArray(),
  listIndexNames: async (collection, args) => (await collection.listIndexes(args).toArray()).map(({ name }) => name),
  rename: (collection, args) => collection.rename(String(args['to']), without(args, 'to')),
  drop: (collection, args) => collection.drop(args),
  createSearchIndex: (collection, args) => collection.createSearchIndex(args['model'] as never),
  createSearchIndexes: (collection, args) => collection.createSearchIndexes(args['models'] as never),
  updateSearchIndex: (collection, args) =>
    collection.updateSearchIndex(String(args['name']), args['definition'] as never),
  dropSearchIndex: (collection, args) => collection.dropSearchIndex(String(args['name'])),
  listSearchIndexes: (collection, args) =>
    collection.listSearchIndexes(args['name'] as never, (args['aggregationOptions'] ?? {}) as never).toArray(),
};
