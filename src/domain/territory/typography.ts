const NBSP = '\u00a0';

/**
 * French spaces and apostrophes, on text or on HTML: no-break spaces before : ; ? and inside « », and ’ between letters.
 * Only spaces that are there already change: addresses and markup hold none before these signs.
 */
export const frenchTypography = (text: string): string =>
  text
    .replace(/ (?=[:;?!»])/g, NBSP)
    .replace(/« /g, `«${NBSP}`)
    // The sign stands before what is asked of the letter before it: engines look at signs alone, not behind each letter.
    .replace(/(?:'|&#39;)(?<=\p{L}(?:'|&#39;))(?=\p{L})/gu, '’');

/** With a capital: names and sentences that open a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** At most so many signs, cut after a word when there is one to cut after, with "…" for what is missing. */
export const shortened = (text: string, atMost: number): string => {
  if (text.length <= atMost) return text;
  const room = text.slice(0, atMost);
  const kept = /^(.+)\s/s.exec(room)?.[1] ?? room.slice(0, -1);
  return `${kept.replace(/[\s,;:.«“(]+$/u, '')}…`;
};
