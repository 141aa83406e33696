/** An address; the part before the "@" may stand in quotes. Bounded: a server may write anything, of any length. */
const ADDRESS = /(?:"[^"\n]{1,64}"|[^\s<>"]{1,255})@[^\s<>"']+/g;

/** Shorter ones are words of the server, as figures alone are its codes. */
const SHORTEST_NAME = 3;

/** What stands before the "@" in each: many servers write that alone. */
const namesIn = (addresses: readonly string[]): Set<string> =>
  new Set(addresses.map((address) => address.replace(/@[^@]*$/, '').toLowerCase()));

/**
 * Servers quote the address that they take or refuse; what we keep names nobody. `known`: addresses that the text is about,
 * of which the name alone, without its domain, goes too.
 */
export const withoutAddresses = (text: string, known: readonly string[] = []): string => {
  const names = namesIn(known);
  const isName = (word: string): boolean =>
    word.length >= SHORTEST_NAME && /\p{L}/u.test(word) && names.has(word.toLowerCase());
  return text.replace(ADDRESS, '(address)').replace(/[\p{L}\p{N}._%+-]+/gu, (word) => {
    const bare = word.replace(/[.]+$/, '');
    return isName(bare) ? `(address)${word.slice(bare.length)}` : word;
  });
};
