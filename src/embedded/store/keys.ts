import type { Binary, ObjectId } from 'bson';
import { compare, rank } from './compare.js';
import { bsonType, type Doc } from './values.js';

/**
 * A string that two values share exactly when `compare` holds them equal: what look-ups by _id, groups and sets hash by.
 */
export function keyOf(value: unknown): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (typeof value === 'number') return numberKey(value);
  const type = rank(value);
  switch (type) {
    case 10:
      return numberLikeKey(value);
    case 15:
      return keyOf(String(value));
    case 20:
      return `{${Object.entries(value as Doc)
        .map(([name, inner]) => keyOf(name) + keyOf(inner))
        .join()}}`;
    case 25:
      return `[${(value as unknown[]).map(keyOf).join()}]`;
    case 30:
      return `b${(value as Binary).sub_type}:${Buffer.from((value as Binary).value()).toString('hex')}`;
    case 35:
      return `o${(value as ObjectId).toHexString()}`;
    case 40:
      return value ? 'T' : 'F';
    case 45:
      return `d${Number(value)}`;
    case 50: {
      const { pattern, options } = value as { pattern: string; options: string };
      return `r${keyOf(pattern)}${options};`;
    }
    default:
      return `${type}:${value === null || value === undefined ? '' : String((value as { code?: unknown }).code ?? value)};`;
  }
}

function numberKey(value: number): string {
  const whole = Number.isInteger(value) && !Number.isSafeInteger(value);
  return `n${whole ? BigInt(value) : value === 0 ? 0 : value};`;
}

function numberLikeKey(value: unknown): string {
  const type = bsonType(value);
  if (type === 'Double') return numberKey(Number(value));
  const text = String(value);
  if (type === 'Long') return `n${text};`;
  // A decimal shares the key of the double that it equals exactly, if there is one.
  const near = Number(text.replace(/inf/i, 'Inf'));
  if (Number.isNaN(near) || compare(near, value) === 0) return numberKey(near);
  return `D${trimmedDecimal(text)};`;
}

function trimmedDecimal(text: string): string {
  const [, sign, whole = '', part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  return `${sign}${short}e${Number(exponent) - part.length + digits.length - short.length}`;
}
