import type { Language, Words } from '../domain/territory/language.js';

/** The few words of views/components, which pages in both languages share. */
const WORDS = {
  toPutRight: { fr: 'À corriger avant de continuer', en: 'Put this right before you go on' },
  wrong: { fr: 'Erreur\u00a0:', en: 'Error:' },
  optional: { fr: '(facultatif)', en: '(optional)' },
  back: { fr: 'Retour', en: 'Back' },
  change: { fr: 'Modifier', en: 'Change' },
  changeWhat: { fr: '\u00a0: ', en: ': ' },
  chosen: { fr: 'Choisie\u00a0:', en: 'Chosen:' },
  choose: { fr: 'Choisir', en: 'Choose' },
  pages: { fr: 'Pages', en: 'Pages' },
  previousPage: { fr: 'Page précédente', en: 'Previous page' },
  nextPage: { fr: 'Page suivante', en: 'Next page' },
} satisfies Record<string, Words>;

export type ComponentWords = Record<keyof typeof WORDS, string>;

const inOne = (language: Language): ComponentWords =>
  Object.fromEntries(Object.entries(WORDS).map(([name, words]) => [name, words[language]])) as ComponentWords;

const BY_LANGUAGE: Record<Language, ComponentWords> = { fr: inOne('fr'), en: inOne('en') };

/** Those of one language: `words` in every view. */
export const componentWords = (language: Language): ComponentWords => BY_LANGUAGE[language];
