import { CommandError, notServed } from './errors.js';
import { bsonType, type Doc, integer, isDoc } from './values.js';

/** Compares two strings as the language of a command wants it. */
export type Collation = (a: string, b: string) => number;

const FIELDS = [
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
];
/** What each strength takes for different: letters; also accents; also case. */
const SENSITIVITIES = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

/**
 * Reads a command's collation; null for the order of code points, which is MongoDB's own without one.
 * Errors: CommandError for what it cannot be, and 238 for what no language table at hand tells.
 */
export function readCollation(given: unknown): Collation | null {
  if (given === undefined || given === null) return null;
  if (!isDoc(given)) throw new CommandError(14, 'collation must be a document');
  const unknown = Object.keys(given).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw new CommandError(40415, `BSON field 'collation.${unknown}' is an unknown field.`);
  const { locale } = given;
  if (typeof locale !== 'string')
    throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return null;
  refuseBeyond(given);
  const tag = languageTag(locale);
  const strength = given['strength'] === undefined ? 3 : integer(given['strength'], 'strength');
  const { compare } = new Intl.Collator(tag, {
    sensitivity: given['caseLevel'] === true && strength === 1 ? 'case' : sensitivity(strength),
    numeric: given['numericOrdering'] === true,
    ...(given['caseFirst'] !== undefined &&
      given['caseFirst'] !== 'off' && { caseFirst: caseFirst(given['caseFirst']) }),
  });
  return compare;
}

function refuseBeyond({ alternate, backwards, caseLevel, strength }: Doc): void {
  if (alternate === 'shifted') throw notServed("The collation's alternate 'shifted'");
  if (backwards === true) throw notServed("The collation's backwards");
  if (caseLevel === true && Number(strength ?? 3) === 2) throw notServed("The collation's caseLevel with strength 2");
}

function sensitivity(strength: number): 'base' | 'accent' | 'variant' {
  if (strength === 4 || strength === 5) throw notServed(`The collation's strength ${strength}`);
  const found = SENSITIVITIES[strength as 1 | 2 | 3];
  if (found === undefined)
    throw new CommandError(2, `The collation's strength must be between 1 and 5, not ${strength}`);
  return found;
}

function caseFirst(value: unknown): 'upper' | 'lower' {
  if (value !== 'upper' && value !== 'lower') throw new CommandError(2, `caseFirst cannot be '${String(value)}'`);
  return value;
}

function languageTag(locale: string): string {
  const refused = new CommandError(2, `Field 'locale' is invalid in: { locale: "${locale}" }`);
  try {
    const [tag] = Intl.Collator.supportedLocalesOf(locale.replaceAll('_', '-').replace(/@.*$/, ''));
    if (tag === undefined) throw refused;
    return tag;
  } catch {
    throw refused;
  }
}

/** Whether a value could compare otherwise under a collation: it is a string or may hold one. */
export function isCollated(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && isContainer(value));
}

function isContainer(value: object): boolean {
  return Array.isArray(value) || isDoc(value) || bsonType(value) === 'BSONSymbol';
}
