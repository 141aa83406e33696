import type { BSONRegExp } from 'bson';
import { CommandError } from '../errors.js';
import { toRegExp } from '../regex.js';
import { typeName } from '../typeNames.js';
import { bsonType } from '../values.js';
import { isNull, named, type Operator } from './scope.js';

/** Regular expressions on strings; places are counted in code points. */
export const REGEX_OPERATORS: Record<string, Operator> = {
  $regexMatch: searching('$regexMatch', (matches) => matches.length > 0, false),
  $regexFind: searching('$regexFind', (matches) => matches[0] ?? null, null),
  $regexFindAll: searching('$regexFindAll', (matches) => matches, []),
};

interface Match {
  match: string;
  idx: number;
  captures: (string | null)[];
}

function searching(name: string, result: (matches: Match[]) => unknown, ofNothing: unknown): Operator {
  return named(name, ['input', 'regex'], ['options'], ({ input, regex, options }) => {
    if (isNull(input) || isNull(regex)) return ofNothing;
    if (typeof input !== 'string')
      throw new CommandError(51104, `${name} needs 'input' to be of type string, not ${typeName(input)}`);
    return result(matchesIn(input, compiled(name, regex, options)));
  });
}

function compiled(name: string, regex: unknown, options: unknown): RegExp {
  const isRegex = bsonType(regex) === 'BSONRegExp';
  if (!isRegex && typeof regex !== 'string')
    throw new CommandError(51105, `${name} needs 'regex' to be of type string or regex`);
  const own = isRegex ? (regex as BSONRegExp).options : '';
  if (!isNull(options) && typeof options !== 'string')
    throw new CommandError(51106, `${name} needs 'options' to be of type string`);
  if (own !== '' && !isNull(options))
    throw new CommandError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  const { source, flags } = toRegExp(
    isRegex ? (regex as BSONRegExp).pattern : String(regex),
    isNull(options) ? own : String(options),
  );
  return new RegExp(source, `${flags}g`);
}

function matchesIn(text: string, regex: RegExp): Match[] {
  return Array.from(text.matchAll(regex), (found) => ({
    match: found[0],
    idx: [...text.slice(0, found.index)].length,
    captures: found.slice(1).map((capture: string | undefined) => capture ?? null),
  }));
}
