import type { BSONRegExp } from 'bson';
import { CommandError, notServed } from './errors.js';

/**
 * Turns a PCRE pattern as MongoDB reads it into a JavaScript regular expression, or refuses it: a pattern that the two
 * dialects read differently must not give a wrong answer. The `u` flag makes JavaScript reject what it does not know.
 */
const PUNCTUATION = /[^\p{L}\p{N}_]/u;
const SYNTAX = '^$\\.*+?()[]{}|/';
const SAME_ESCAPES = 'dDwWbBnrtfv';
const SPACES = ' \\t\\n\\v\\f\\r';

/** Errors: CommandError 51091 when the pattern cannot be used, 51108 for an unknown option. */
export function toRegExp(pattern: string, options = ''): RegExp {
  let flags = 'u';
  for (const option of options) {
    if (option === 'x') throw notServed("The $regex option 'x'");
    if (!'imsu'.includes(option)) throw new CommandError(51108, `invalid flag in regex options: ${option}`);
    if (!flags.includes(option)) flags += option;
  }
  try {
    return new RegExp(translate(pattern, flags.includes('m')), flags);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

export function fromBsonRegExp(regex: BSONRegExp): RegExp {
  return toRegExp(regex.pattern, regex.options);
}

function translate(pattern: string, multiline: boolean): string {
  let out = '';
  let inClass = false;
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '\\') {
      out += translateEscape(characters[++i] ?? '', inClass);
      continue;
    }
    if (inClass) {
      if (character === '[' && ':.='.includes(characters[i + 1] ?? ' ')) throw notServed('A POSIX class in $regex');
      inClass = character !== ']';
      out += character === '[' ? '\\[' : character;
      continue;
    }
    inClass = character === '[';
    // In PCRE a `$` also stands before a last line end.
    out += character === '$' && !multiline ? '(?=\\n?(?![\\s\\S]))' : character;
    if (inClass && (characters[i + 1] === ']' || characters.slice(i + 1, i + 3).join('') === '^]')) {
      throw notServed("A character class that starts with ']' in $regex");
    }
  }
  return out;
}

function translateEscape(escaped: string, inClass: boolean): string {
  if (escaped === 's') return inClass ? SPACES : `[${SPACES}]`;
  if (escaped === 'S' && !inClass) return `[^${SPACES}]`;
  if (SAME_ESCAPES.includes(escaped) && escaped !== '') return `\\${escaped}`;
  if (SYNTAX.includes(escaped) && escaped !== '') return `\\${escaped}`;
  if (/^[1-9]$/.test(escaped) && !inClass) return `\\${escaped}`;
  if (escaped !== '' && PUNCTUATION.test(escaped)) return `\\u{${escaped.codePointAt(0)!.toString(16)}}`;
  throw notServed(`The escape '\\${escaped}' in $regex`);
}
