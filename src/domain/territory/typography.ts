const NBSP = '\u00a0';

/**
 * French spaces and apostrophes, on text or on HTML: no-break spaces before : ; ? and inside « », and ’ between letters.
 * Only spaces that are there already change: addresses and markup hold none before these signs.
 */
export const frenchTypography = (text: string): string =>
  text
    .replace(/ (?=[:;?!»])/g, NBSP)
    .replace(/« /g, `«${NBSP}`)
    .replace(/(?<=\p{L})(?:'|&#39;)(?=\p{L})/gu, '’');

/** With a capital: names and sentences that open a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
