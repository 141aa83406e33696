import { CommandError } from '../errors.js';
import { isNumber } from '../numbers.js';
import { typeName } from '../typeNames.js';
import { whole } from './arrays.js';
import { isoDate } from './civil.js';
import { isNull, named, type Operator, strict, variadic } from './scope.js';

/** Strings, counted in code points (CP) or in bytes of UTF-8. */
export const STRING_OPERATORS: Record<string, Operator> = {
  $concat: variadic((values) => {
    if (values.some(isNull)) return null;
    return values.map((value) => textOnly('$concat', 16702, value)).join('');
  }),
  $toLower: strict('$toLower', 1, ([value]) => changeAscii(asText('$toLower', value), /[A-Z]/g, 32)),
  $toUpper: strict('$toUpper', 1, ([value]) => changeAscii(asText('$toUpper', value), /[a-z]/g, -32)),
  $strcasecmp: strict('$strcasecmp', 2, (values) => {
    const [a, b] = values.map((value) => changeAscii(asText('$strcasecmp', value), /[a-z]/g, -32));
    return Buffer.compare(Buffer.from(a!), Buffer.from(b!));
  }),
  $strLenCP: strict('$strLenCP', 1, ([value]) => [...textOnly('$strLenCP', 34471, value)].length),
  $strLenBytes: strict('$strLenBytes', 1, ([value]) => Buffer.byteLength(textOnly('$strLenBytes', 34473, value))),
  $substrCP: strict('$substrCP', 3, ([value, from, count]) => {
    const start = notNegative('$substrCP', 34451, whole('$substrCP', 34450, from));
    const length = notNegative('$substrCP', 34453, whole('$substrCP', 34452, count));
    return [...asText('$substrCP', value)].slice(start, start + length).join('');
  }),
  $substrBytes: strict('$substrBytes', 3, substrBytes),
  $substr: strict('$substr', 3, substrBytes),
  $indexOfCP: indexOf(
    '$indexOfCP',
    40093,
    (text) => [...text].length,
    (text, at) => [...text].slice(0, at).join('').length,
  ),
  $indexOfBytes: indexOf(
    '$indexOfBytes',
    40091,
    (text) => Buffer.byteLength(text),
    (text, at) => Buffer.from(text).subarray(0, at).toString().length,
  ),
  $split: strict('$split', 2, ([value, separator]) => {
    if (isNull(value) || isNull(separator)) return null;
    const [text, by] = [textOnly('$split', 40085, value), textOnly('$split', 40086, separator)];
    if (by === '') throw new CommandError(40087, '$split requires a non-empty separator');
    return text.split(by);
  }),
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $replaceOne: replace('$replaceOne', (text, find, by) => {
    const at = text.indexOf(find);
    return at < 0 ? text : text.slice(0, at) + by + text.slice(at + find.length);
  }),
  $replaceAll: replace('$replaceAll', (text, find, by) =>
    find === '' ? [...text].map((sign) => by + sign).join('') + by : text.split(find).join(by),
  ),
};

function textOnly(name: string, code: number, value: unknown): string {
  if (typeof value !== 'string') throw new CommandError(code, `${name} requires a string, not ${typeName(value)}`);
  return value;
}

/** What MongoDB makes a string of where it takes other types for strings too; nothing is an empty string. */
function asText(name: string, value: unknown): string {
  if (isNull(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return isoDate(value);
  if (isNumber(value) || typeName(value) === 'symbol') return String(value);
  throw new CommandError(16007, `${name}: can't convert from BSON type ${typeName(value)} to String`);
}

/** Letters beyond ASCII stay as they are, in MongoDB as here. */
function changeAscii(text: string, letters: RegExp, by: number): string {
  return text.replace(letters, (letter) => String.fromCharCode(letter.charCodeAt(0) + by));
}

function notNegative(name: string, code: number, number: number): number {
  if (number < 0) throw new CommandError(code, `${name} needs a nonnegative number, not ${number}`);
  return number;
}

/** A negative length means up to the end; no letter may be cut in two. */
function substrBytes([value, from, count]: unknown[]): string {
  const bytes = Buffer.from(asText('$substrBytes', value));
  const start = notNegative('$substrBytes', 50752, whole('$substrBytes', 16034, from));
  const length = whole('$substrBytes', 16035, count);
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  const isWithin = (at: number) => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
  if (isWithin(start))
    throw new CommandError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (isWithin(end))
    throw new CommandError(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.subarray(start, Math.max(start, end)).toString();
}

function indexOf(
  name: string,
  code: number,
  lengthOf: (text: string) => number,
  unitsBefore: (text: string, at: number) => number,
): Operator {
  return strict(
    name,
    2,
    ([value, wanted, from, to]) => {
      if (isNull(value)) return null;
      const [text, find] = [textOnly(name, code, value), textOnly(name, code + 1, wanted)];
      const start = isNull(from) ? 0 : notNegative(name, 40097, whole(name, 40096, from));
      const end = isNull(to) ? lengthOf(text) : notNegative(name, 40097, whole(name, 40096, to));
      if (start > lengthOf(text) || end < start) return -1;
      const stretch = text.slice(0, unitsBefore(text, end));
      const at = stretch.indexOf(find, unitsBefore(text, start));
      return at < 0 ? -1 : lengthOf(text.slice(0, at));
    },
    4,
  );
}

const WHITE = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(name: string, left: boolean, right: boolean): Operator {
  return named(name, ['input'], ['chars'], ({ input, chars }) => {
    if (isNull(input) || chars === null) return null;
    const signs = [...textOnly(name, 50699, input)];
    const unwanted = new Set(typeof chars === 'symbol' ? WHITE : textOnly(name, 50700, chars));
    let [start, end] = [0, signs.length];
    while (left && start < end && unwanted.has(signs[start]!)) start++;
    while (right && end > start && unwanted.has(signs[end - 1]!)) end--;
    return signs.slice(start, end).join('');
  });
}

function replace(name: string, apply: (text: string, find: string, by: string) => string): Operator {
  return named(name, ['input', 'find', 'replacement'], [], ({ input, find, replacement }) => {
    if (isNull(input) || isNull(find) || isNull(replacement)) return null;
    const [text, wanted, by] = [
      textOnly(name, 51746, input),
      textOnly(name, 51745, find),
      textOnly(name, 51744, replacement),
    ];
    return apply(text, wanted, by);
  });
}
