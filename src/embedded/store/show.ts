import type { ObjectId } from 'bson';
import { bsonType, type Doc, isDoc } from './values.js';

/** A value as MongoDB's messages print it: { name: "x", at: new Date(0) }. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (bsonType(value) === 'ObjectId') return `ObjectId('${(value as ObjectId).toHexString()}')`;
  if (!isDoc(value)) return String(value);
  const fields = Object.entries(value as Doc).map(([name, inner]) => `${name}: ${show(inner)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
