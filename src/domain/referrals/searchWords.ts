import { plainName } from '../territory/placeNames.js';

/** Shorter pieces find too much. */
const SHORTEST = 2;
/** A description of 2 000 characters has some three hundred. */
const MOST = 400;

/** The words of these texts, each once: lower case, without accents, hyphens and apostrophes cut. What search indexes, and asks. */
export const searchWords = (...texts: (string | null)[]): string[] => {
  const pieces = texts.flatMap((text) => plainName(text ?? '').split(/[^\p{L}\p{N}]+/u));
  return [...new Set(pieces.filter((piece) => piece.length >= SHORTEST))].slice(0, MOST);
};
