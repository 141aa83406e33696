import { type Catalog, findCollection } from './catalog.js';
import type { Collection } from './collections.js';
import { CommandError } from './errors.js';
import type { Doc } from './values.js';

/** A view is kept as a collection without documents, whose options say what is read in its place. */
export interface View {
  viewOn: string;
  pipeline: Doc[];
  collation?: Doc;
}

const DEEPEST = 20;

export function viewOf(collection: Collection | null): View | null {
  return collection?.options['viewOn'] === undefined ? null : (collection.options as unknown as View);
}

/** What a name stands for: a collection, with the stages of the views that stand between; null when there is none. */
export interface Source {
  name: string;
  collection: Collection | null;
  stages: Doc[];
}

/** Errors: CommandError 165 when views follow each other too deep. */
export function sourceOf(catalog: Catalog, database: string, name: string): Source {
  const stages: Doc[] = [];
  let at = name;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const collection = findCollection(catalog, database, at);
    const view = viewOf(collection);
    if (view === null) return { name: at, collection, stages };
    stages.unshift(...view.pipeline);
    at = view.viewOn;
  }
  throw new CommandError(165, `View depth too deep: more than ${DEEPEST} views follow each other`);
}

/** A collection that may be written, null when there is none. Errors: CommandError 166 when it is a view. */
export function noView(collection: Collection | null): Collection | null {
  if (viewOf(collection) !== null)
    throw new CommandError(166, `Namespace ${collection!.database}.${collection!.name} is a view, not a collection`);
  return collection;
}
