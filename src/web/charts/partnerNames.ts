import type { Territory } from '../../domain/territory/territory.js';
import { partnerInWords } from '../projectWords.js';

/** A partner where there is little room: its acronym when it has one, else its name without what is in brackets. */
export const partnerInShort = (id: string | null, territory: Territory): string => {
  if (id === null) return 'Sans partenaire';
  const name = partnerInWords(id, territory);
  const acronym = /\(([A-Z]{3,})\)/.exec(name)?.[1];
  return acronym ?? name.replace(/ \(.*\)/, '');
};
