import type { Partner } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import type { Seen } from './facts.js';
import { NEED_WORDS } from './factTable.js';
import { atCommune, partnerName, quoted, typeset } from './wording.js';

/** A sentence ready for any project and partner. */
export type Sentence = (seen: Seen, partner: Partner | null) => string;

/**
 * Prepares a sentence of the ruleset, in which the project's words will be put: {partner} with its article, {need}
 * between quotation marks, {place} ("à Dijon"), {commune}. What is not known is said in general words, so that a
 * sentence is never broken. The capital is put beforehand, unless the sentence opens with one of those words.
 */
export function prepareSentence(sentence: string): Sentence {
  const opensWithWord = sentence.startsWith('{');
  const pieces = capital(sentence)
    .split(/\{(\w+)\}/)
    .map((piece, i): string | Word => {
      if (i % 2 === 0) return typeset(piece);
      return Object.hasOwn(WORDS, piece) ? WORDS[piece]! : `{${piece}}`;
    });
  return (seen, partner) => {
    let filled = '';
    for (const piece of pieces) filled += typeof piece === 'string' ? piece : piece(seen, partner);
    return opensWithWord ? capital(filled) : filled;
  };
}

type Word = (seen: Seen, partner: Partner | null) => string;

const WORDS: Record<string, Word> = {
  partner: (_, partner) => (partner ? partnerName(partner) : 'ce partenaire'),
  need: ({ needs: [need] }) => (need ? quoted(NEED_WORDS[need]) : 'votre besoin'),
  place: ({ commune }) => (commune ? atCommune(commune) : 'sur le territoire'),
  commune: ({ commune }) => commune?.name ?? 'Votre commune',
};
