import { plainText } from '../territory/plainText.js';

/**
 * Gives the test "does this text hold one of these words?", a list between commas. Words are plain (no accents, spaces for hyphens); a star
 * stands for the rest of a word ("usin*": usine, usinage); otherwise the word is whole, its plural forgiven.
 * `text` must have gone through `plainText`.
 */
export function wordMatcher(words: string): (text: string) => boolean {
  const alternatives = words
    .split(',')
    .map((word) => plainPattern(word.trim()))
    .join('|');
  const pattern = new RegExp(`(?:^| )(?:${alternatives})(?: |$)`);
  return (text) => pattern.test(text);
}

function plainPattern(word: string): string {
  return word
    .split(/\s+/)
    .map((part) => (part.endsWith('*') ? `${plainText(part)}[a-z0-9]*` : `${plainText(part)}[sx]?`))
    .join(' ');
}
