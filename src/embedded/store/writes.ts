import { ObjectId } from 'bson';
import { matchedPosition } from './arrayUpdates.js';
import { type Catalog, ensureCollection, findCollection } from './catalog.js';
import { insertDoc, removeDoc, replaceDoc } from './collections.js';
import { CommandError } from './errors.js';
import { selectToChange } from './select.js';
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
  const selection = { filter, limit, settings, hint, ...(sort !== undefined && { sort }) };
  const needsPosition = hasPosition(update);
  let [matched, modified] = [0, 0];
  let last: { before: Doc; after: Doc } | null = null;
  for (const stored of selectToChange(collection, selection)) {
    const before = stored.doc;
    matched++;
    const after = change(before, false, needsPosition ? matchedPosition(filter, before, settings) : null);
    last = { before, after };
    if (after === before) continue;
    if (!target.bypass) refuseInvalid(collection!, after, before);
    replaceDoc(collection!, stored, after);
    modified++;
  }
  if (matched === 0 && upsert) return insertUpsert(target, upsertDoc(filter, update, change));
  return { matched, modified, before: last?.before ?? null, after: last?.after ?? null, upserted: false };
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

/** How many documents went, and the first of them. */
export interface Removed {
  length: number;
  first: Doc | null;
}

/** Removes the first document that a query finds, or all. Errors: CommandError. */
export function deleteDocs({ catalog, database, name }: Target, item: DeleteItem): Removed {
  const { filter, multi, settings, hint, sort } = item;
  const collection = noView(findCollection(catalog, database, name));
  const limit = multi ? 0 : 1;
  const selection = { filter, limit, settings, hint, ...(sort !== undefined && { sort }) };
  const removed: Removed = { length: 0, first: null };
  for (const stored of selectToChange(collection, selection)) {
    removeDoc(collection!, stored);
    removed.length++;
    removed.first ??= stored.doc;
  }
  return removed;
}
