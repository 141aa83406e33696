import { plainName } from '../territory/placeNames.js';
import type { SoughtWords } from './queueFilters.js';

/** Shorter pieces find too much. */
const SHORTEST = 2;
/** A description of 2 000 characters has some three hundred. */
const MOST = 400;
/** Words of one search; what is typed beyond them is left aside. */
const MOST_SOUGHT = 6;

const REFERENCE = /^(\d{2})[\s-]*((?:[0-9a-z][\s-]*){5})$/i;

/** A reference as one word, with or without its hyphen or spaces: "26k7qf3"; null when the text is none. */
const referenceWord = (text: string): string | null => {
  const [, year, signs] = REFERENCE.exec(text.trim()) ?? [];
  return year && signs ? (year + signs.replace(/[\s-]/g, '')).toLowerCase() : null;
};

const piecesOf = (text: string): string[] =>
  plainName(text)
    .split(' ')
    .filter((piece) => piece.length >= SHORTEST);

/**
 * The words of these texts, each once: lower case, without accents, hyphens and apostrophes cut; a reference is also one word.
 * What search indexes. Give the longest text last: beyond some hundred words the rest is left out.
 */
export const searchWords = (...texts: (string | null)[]): string[] => {
  const pieces = texts.flatMap((text) => [referenceWord(text ?? '') ?? [], piecesOf(text ?? '')].flat());
  return [...new Set(pieces)].slice(0, MOST);
};

/**
 * What a typed search may ask for, to be tried in this order: a reference ("26 agent" looks like one), then all of its words,
 * the last one perhaps unfinished. Empty: nothing to search.
 */
export const soughtWords = (typed: string): SoughtWords[] => {
  const reference = referenceWord(typed);
  const pieces = [...new Set(piecesOf(typed))].slice(0, MOST_SOUGHT);
  const begun = pieces.pop();
  return [
    ...(reference ? [{ whole: [reference], begun: null }] : []),
    ...(begun === undefined ? [] : [{ whole: pieces, begun }]),
  ];
};
