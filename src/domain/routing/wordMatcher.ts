import { plainText } from '../territory/plainText.js';

/**
 * Gives the test "does this text hold one of these words?", a list between commas. Words are plain (no accents, spaces for hyphens); a star
 * stands for the rest of a word ("usin*": usine, usinage); otherwise the word is whole, its plural forgiven.
 * Takes the words of a text that has gone through `plainText` (see wordsOf). Phrases are kept by the first letter of their first word, so that a word of
 * the text meets a handful of them, never the whole list.
 */
export function wordMatcher(words: string): (found: string[]) => boolean {
  const byLetter = new Map<string, Part[][]>();
  for (const phrase of words.split(',')) {
    const parts = phrase.trim().split(/\s+/).map(partOf);
    const letter = parts[0]!.start.charAt(0);
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), parts]);
  }
  return (found) => {
    for (let at = 0; at < found.length; at += 1) {
      const phrases = byLetter.get(found[at]!.charAt(0));
      if (phrases?.some((parts) => parts.every((part, i) => suits(part, found[at + i])))) return true;
    }
    return false;
  };
}

/** The words of a text, as a matcher reads them. */
export const wordsOf = (text: string): string[] => plainText(text).split(' ');

/** A word to find: `open` stands for any ending, otherwise only that of a plural. */
interface Part {
  start: string;
  open: boolean;
}

const partOf = (word: string): Part => ({ start: plainText(word), open: word.endsWith('*') });

function suits({ start, open }: Part, word: string | undefined): boolean {
  if (word === undefined || !word.startsWith(start)) return false;
  const more = word.length - start.length;
  return open || more === 0 || (more === 1 && (word.endsWith('s') || word.endsWith('x')));
}
