import { ObjectId } from 'bson';
import { hasOperators } from './match.js';
import { field, MISSING, splitPath, withValueAt } from './paths.js';
import { isReplacement, type Update } from './update.js';
import { bsonType, type Doc } from './values.js';

/** The document that an upsert inserts: what the filter holds equal, changed by the update, with an _id. */
export function upsertDoc(filter: Doc, update: unknown, compiled: Update): Doc {
  const start: Doc = isReplacement(update) ? idOf(filter) : equalities(filter, {});
  const doc = compiled(start, true);
  return field(doc, '_id') === MISSING ? { _id: new ObjectId(), ...doc } : doc;
}

function idOf(filter: Doc): Doc {
  const id = field(equalities(filter, {}), '_id');
  return id === MISSING ? {} : { _id: id };
}

function equalities(filter: Doc, start: Doc): Doc {
  let doc = start;
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const clause of condition as Doc[]) doc = equalities(clause, doc);
    if (path === '$or' && (condition as Doc[]).length === 1) doc = equalities((condition as Doc[])[0]!, doc);
    const value = path.startsWith('$') ? MISSING : equalTo(condition);
    if (value !== MISSING) doc = withValueAt(doc, splitPath(path), () => value) as Doc;
  }
  return doc;
}

function equalTo(condition: unknown): unknown {
  if (bsonType(condition) === 'BSONRegExp') return MISSING;
  if (!hasOperators(condition)) return condition;
  if (Object.hasOwn(condition, '$eq')) return condition['$eq'];
  const { $in: among, $all: all } = condition;
  if (Array.isArray(among) && among.length === 1 && bsonType(among[0]) !== 'BSONRegExp') return among[0];
  return Array.isArray(all) && all.length === 1 && !hasOperators(all[0]) ? all[0] : MISSING;
}
