import { compareNumbers } from '../compareNumbers.js';
import { bsonType } from '../values.js';
import type { ByteWriter } from './byteWriter.js';

/**
 * A number as nine bytes or more: the greatest double that is not above it, then 0 when it is that very double. An int64 or a
 * Decimal128 that lies between two doubles has 1 there, and its decimal digits after it: where the first stands, then each,
 * then 0; inverted below zero.
 */
const EXACT = 0;
const BETWEEN = 1;
const MIDDLE_EXPONENT = 8192;
const DIGITS_END = 0;

export function writeNumber(writer: ByteWriter, value: unknown): void {
  const type = bsonType(value);
  if (type !== 'Long' && type !== 'Decimal128') {
    writer.double(Number(value));
    writer.byte(EXACT);
    return;
  }
  const text = String(value);
  const near = Number(text.replace(/inf/i, 'Inf'));
  const side = Number.isSafeInteger(near) && type === 'Long' ? 0 : compareNumbers(near, value);
  const start = writer.length();
  writer.double(near);
  if (side === 0) {
    writer.byte(EXACT);
    return;
  }
  if (side > 0) writer.lower(start);
  writer.byte(BETWEEN);
  const digitsStart = writer.length();
  writeDigits(writer, text);
  if (text.startsWith('-')) writer.invertFrom(digitsStart);
}

/** The digits without the zeros around them, as 0.ddd times a power of ten. */
function writeDigits(writer: ByteWriter, text: string): void {
  const [, whole = '', part = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  const power = Number(exponent) - part.length + digits.length + MIDDLE_EXPONENT;
  writer.byte(power >> 8);
  writer.byte(power & 0xff);
  for (const digit of digits.replace(/0+$/, '')) writer.byte(Number(digit) + 1);
  writer.byte(DIGITS_END);
}

/** Where the number whose double starts at a place ends. */
export function skipNumber(bytes: Buffer, at: number, mask: number): number {
  if ((bytes[at + 8]! ^ mask) !== BETWEEN) return at + 9;
  const isNegative = (bytes[at]! ^ mask) < 0x80;
  const end = bytes.indexOf(DIGITS_END ^ mask ^ (isNegative ? 0xff : 0), at + 11);
  return end < 0 ? bytes.length + 1 : end + 1;
}
