import { ObjectId } from 'bson';
import { matchedPosition } from './arrayUpdates.js';
import { type Catalog, ensureCollection, findCollection } from './catalog.js';
import { insertDoc, removeDoc, replaceDoc } from './collections.js';
import { CommandError } from './errors.js';
import { selectDocs } from './select.js';
import type { Settings } from './settings.js';
import { compileUpdate, isReplacement } from './update.js';
import { upsertDoc } from './upsert.js';
import { refuseInvalid } from './validation.js';
import { type Doc, isDoc } from './values.js';
import { noView } from './views.js';

/** Where a write goes, and at what time. */
export interface Target {
  catalog: Catalog;
  database: string;
  name: string;
  now: Date;
  /** Whether documents need not match the collection's validator. */
  bypass: boolean;
}

export interface UpdateItem {
  filter: Doc;
  update: unknown;
  multi?: boolean;
  upsert?: boolean;
  sort?: Doc;
  hint?: unknown;
  arrayFilters?: unknown;
  upsertSupplied?: unknown;
  settings: Settings;
}

export interface Updated {
  matched: number;
  modified: number;
  /** The document before and after, of an update of one; null when there was none. */
  before: Doc | null;
  after: Doc | null;
  upserted: boolean;
}

/** Inserts a document. Errors: CommandError, as insertDoc; 52 for an _id with dollars in its names. */
export function insertOne({ catalog, database, name, bypass }: Target, doc: Doc): void {
  refuseDollarsInId(doc);
  noView(findCollection(catalog, database, name));
  const collection = ensureCollection(catalog, database, name);
  if (!bypass) refuseInvalid(collection, doc, null);
  insertDoc(collection, doc);
}

function refuseDollarsInId({ _id: id }: Doc): void {
  const dollar = isDoc(id) ? Object.keys(id).find((key) => key.startsWith('$')) : undefined;
  if (dollar !== undefined)
    throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`);
}

/** Updates the first document that a query finds, or all; inserts one when it finds none and may. Errors: CommandError. */
export function updateDocs(target: Target, item: UpdateItem): Updated {
  const { catalog, database, name, now } = target;
  const { filter, update, multi = false, upsert = false, settings, sort, hint } = item;
  if (multi && isReplacement(update))
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  if (multi && sort !== undefined) throw new CommandError(9, 'Cannot specify sort with multi=true');
  const change = compileUpdate(update, { now, settings, arrayFilters: item.arrayFilters });
  const collection = noView(findCollection(catalog, database, name));
  const limit = multi ? 0 : 1;
  const found = selectDocs(collection, { filter, limit, settings, hint, ...(sort !== undefined && { sort }) });
  if (found.length === 0 && upsert) return insertUpsert(target, upsertDoc(filter, update, change));
  const needsPosition = hasPosition(update);
  let modified = 0;
  let last: { before: Doc; after: Doc } | null = null;
  for (const stored of found) {
    const before = stored.doc;
    const after = change(before, false, needsPosition ? matchedPosition(filter, before, settings) : null);
    last = { before, after };
    if (after === before) continue;
    if (!target.bypass) refuseInvalid(collection!, after, before);
    replaceDoc(collection!, stored, after);
    modified++;
  }
  return { matched: found.length, modified, before: last?.before ?? null, after: last?.after ?? null, upserted: false };
}

/** Whether an update has a path with `$`, the element that the query found. */
function hasPosition(update: unknown): boolean {
  if (!isDoc(update)) return false;
  return Object.values(update).some(
    (operand) => isDoc(operand) && Object.keys(operand).some((path) => path.split('.').includes('$')),
  );
}

function insertUpsert({ catalog, database, name, bypass }: Target, doc: Doc): Updated {
  refuseDollarsInId(doc);
  const whole = Object.hasOwn(doc, '_id') ? doc : { _id: new ObjectId(), ...doc };
  const collection = ensureCollection(catalog, database, name);
  if (!bypass) refuseInvalid(collection, whole, null);
  insertDoc(collection, whole);
  return { matched: 0, modified: 0, before: null, after: whole, upserted: true };
}

export interface DeleteItem {
  filter: Doc;
  multi: boolean;
  sort?: Doc;
  hint?: unknown;
  settings: Settings;
}

/** Removes the first document that a query finds, or all, and gives those that went. Errors: CommandError. */
export function deleteDocs({ catalog, database, name }: Target, item: DeleteItem): Doc[] {
  const { filter, multi, settings, hint, sort } = item;
  const collection = noView(findCollection(catalog, database, name));
  const limit = multi ? 0 : 1;
  const gone = selectDocs(collection, { filter, limit, settings, hint, ...(sort !== undefined && { sort }) });
  return gone.map((stored) => {
    removeDoc(collection!, stored);
    return stored.doc;
  });
}
