import { inLanguage, type Language } from '../domain/territory/language.js';

/**
 * What stands under a field of limited length: how much may be written while it is empty, then how many characters are left
 * or too many. public/js/desk.js says the same while one types.
 */
export const charactersLeft = (max: number, typed: string, language: Language): string => {
  const say = inLanguage(language);
  const written = typed.replace(/\r\n?/g, '\n').trim().length;
  const count = written === 0 ? max : Math.abs(max - written);
  const number = count.toLocaleString(language);
  const characters = say({
    fr: count > 1 ? 'caractères' : 'caractère',
    en: count === 1 ? 'character' : 'characters',
  });
  if (written === 0) return say({ fr: `${number} ${characters} au plus`, en: `${number} ${characters} at most` });
  if (written > max) return say({ fr: `${number} ${characters} de trop`, en: `${number} ${characters} too many` });
  return say({ fr: `Il reste ${number} ${characters}`, en: `${number} ${characters} left` });
};
