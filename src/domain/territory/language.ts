/** The languages in which the desk speaks to project holders, as each calls itself. Staff pages are in French. */
export const LANGUAGES = { fr: 'Français', en: 'English' } as const;
export type Language = keyof typeof LANGUAGES;

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

/** A text in every language: one that lacks a language does not compile. */
export type Words = Readonly<Record<Language, string>>;

/** Picks a language once: `const say = inLanguage(language); say({ fr: 'Continuer', en: 'Continue' })`. */
export const inLanguage =
  (language: Language) =>
  (words: Words): string =>
    words[language];
