import { CommandError } from './errors.js';
import { documentOperand } from './expressions/scope.js';
import { MISSING, splitPath, valueAt, withValueAt } from './paths.js';
import type { Doc } from './values.js';

/** Compiles $unwind: one document for each element of an array; a value that is no array counts as one element. */
export function unwind(operand: unknown): (docs: Doc[]) => Doc[] {
  const options =
    typeof operand === 'string'
      ? { path: operand }
      : documentOperand('$unwind', operand, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays']);
  const { path, includeArrayIndex: indexField, preserveNullAndEmptyArrays: preserve } = options as Doc;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  const segments = splitPath(path.slice(1));
  const withIndex = (doc: Doc, index: number | null): Doc =>
    indexField === undefined ? doc : (withValueAt(doc, splitPath(String(indexField)), () => index) as Doc);
  return (docs) =>
    docs.flatMap((doc) => {
      const value = valueAt(doc, segments);
      if (Array.isArray(value) && value.length > 0) {
        return value.map((element, i) => withIndex(withValueAt(doc, segments, () => element) as Doc, i));
      }
      const none = value === MISSING || value === null || Array.isArray(value);
      if (none && preserve !== true) return [];
      return [withIndex(Array.isArray(value) ? (withValueAt(doc, segments, () => MISSING) as Doc) : doc, null)];
    });
}
