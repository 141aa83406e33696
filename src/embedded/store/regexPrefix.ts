import { after, before, type Interval, typeEnd } from './intervals.js';

/**
 * The strings that a regular expression can describe, when it is anchored to a beginning (/^abc/): those that start so.
 * Null when nothing can be told. Alternatives, ignored case and lines could all let other strings in.
 */
export function prefixInterval(pattern: string, options: string): Interval | null {
  if (!pattern.startsWith('^') || pattern.includes('|') || /[^su]/.test(options)) return null;
  const prefix = literalStart(Array.from(pattern.slice(1)));
  return prefix === '' ? null : { from: before(prefix), to: endOfPrefix(prefix) };
}

function literalStart(characters: string[]): string {
  const literal: string[] = [];
  for (let i = 0; i < characters.length; i++) {
    let character = characters[i]!;
    // What may be there no times at all is not part of the beginning.
    if ('*?{'.includes(character)) return literal.slice(0, -1).join('');
    if (character === '\\') {
      character = characters[++i] ?? 'end';
      if (/[\p{L}\p{N}_]/u.test(character)) break;
    } else if ('^$.+()[]}'.includes(character)) break;
    literal.push(character);
  }
  return literal.join('');
}

const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;
const LAST_CODE_POINT = 0x10ffff;

/** Just before the least string that sorts after all that start with the prefix. */
function endOfPrefix(prefix: string) {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === LAST_CODE_POINT) points.pop();
  const last = points.pop();
  if (last === undefined) return typeEnd(after('').rank);
  points.push(last + 1 === FIRST_SURROGATE ? AFTER_SURROGATES : last + 1);
  return before(String.fromCodePoint(...points));
}
