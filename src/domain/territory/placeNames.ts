import { plainText } from './plainText.js';

/**
 * A place name as it is compared: plain text, with "st", "ste", "s/" (sur) and, after another word, "fd" (Ferrand) in full.
 * Takes any text; gives words separated by one space.
 */
export function plainName(text: string): string {
  return plainText(text.replace(/\bs\/\s?/gi, 'sur '))
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte')
    .replace(/(?<=\w )fd\b/g, 'ferrand');
}
