const SPELLINGS: [RegExp, string][] = [
  [/\bs\/\s?/g, 'sur '],
  [/[œ]/g, 'oe'],
  [/[æ]/g, 'ae'],
  [/[^a-z0-9]+/g, ' '],
  [/\bst\b/g, 'saint'],
  [/\bste\b/g, 'sainte'],
];

/**
 * A place name as it is compared: lower case, no accents, hyphens and apostrophes as spaces, "st" and "ste" in full.
 * Takes any text; gives words separated by one space, without spaces around.
 */
export function plainName(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return SPELLINGS.reduce((name, [pattern, replacement]) => name.replace(pattern, replacement), bare).trim();
}
