import type { Request, Response } from 'express';
import { LANGUAGES, type Language, type Words } from '../domain/territory/language.js';
import type { OurWords } from '../domain/territory/territoryWords.js';
import { ourWords } from './ourWords.js';

/** What the layout says around every page, beside what is the territory's own: skip link, header, footer. */
const SHELL = {
  error: { fr: 'Erreur\u00a0:', en: 'Error:' },
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  ownAccount: { fr: 'Mon compte', en: 'My account' },
  sections: { fr: 'Rubriques', en: 'Sections' },
  about: { fr: 'À propos de ce service', en: 'About this service' },
  partners: { fr: 'Qui vous répond', en: 'Who answers you' },
  figures: { fr: 'Nos chiffres', en: 'Our figures' },
  lostLink: { fr: 'Lien de suivi perdu', en: 'Lost your follow-up link' },
  privacy: { fr: 'Données personnelles', en: 'Personal data' },
  accessibility: { fr: 'Accessibilité\u00a0: non conforme', en: 'Accessibility: not compliant' },
  legal: { fr: 'Mentions légales', en: 'Legal notices' },
  staff: { fr: 'Espace des partenaires', en: 'Partners’ space' },
} as const satisfies Record<string, Words>;
export type ShellWord = keyof typeof SHELL | 'service' | 'place' | 'description' | 'whose' | 'charter';

/** For search engines. */
const DESCRIPTION: Words = {
  fr: 'Un questionnaire, et votre projet arrive chez l’organisme qui peut vous aider,',
  en: 'One questionnaire, and your project reaches the organisation that can help you,',
};

const inOne = (language: Language): Record<keyof typeof SHELL, string> =>
  Object.fromEntries(Object.entries(SHELL).map(([word, text]) => [word, text[language]])) as ReturnType<typeof inOne>;

const BY_LANGUAGE: Record<Language, ReturnType<typeof inOne>> = { fr: inOne('fr'), en: inOne('en') };

/** Made once, by what the territory says of itself in one language. */
const wordsMade = new WeakMap<OurWords, Record<ShellWord, string>>();

const wordsOf = ({ app }: Response, language: Language): Record<ShellWord, string> => {
  const ours = ourWords(app, language);
  const words = wordsMade.get(ours) ?? {
    ...BY_LANGUAGE[language],
    service: ours.service,
    place: ours.name,
    description: `${DESCRIPTION[language]} ${ours.inTerritory}.`,
    whose: ours.runBy,
    charter: ours.charter.title,
  };
  wordsMade.set(ours, words);
  return words;
};

const OTHER: Record<Language, Language> = { fr: 'en', en: 'fr' };

/** An address that asks for nothing: most do, and need not be taken apart. */
const PLAIN = /^[\w/-]+$/;

/** The same address in each language, and in none, which is the one that everybody may be given; what else it says is kept. */
const inEachLanguage = (address: string): Record<Language | 'none', string> => {
  if (PLAIN.test(address)) return { fr: `${address}?lang=fr`, en: `${address}?lang=en`, none: address };
  const { pathname, searchParams } = new URL(address, 'http://page.invalid');
  const inThis = (language: Language): string => {
    searchParams.set('lang', language);
    return `${pathname}?${searchParams}`;
  };
  const languages = { fr: inThis('fr'), en: inThis('en') };
  searchParams.delete('lang');
  return { ...languages, none: searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname };
};

/** Addresses such as "//elsewhere" or "http://elsewhere" are nobody's page: no link must lead there. */
export const isOwn = (address: string): boolean => /^\/(?![/\\])/.test(address);

export interface Shell {
  words: Record<ShellWord, string>;
  /** This page in the other language; null for staff and where there is no page to come back to. */
  languageLink: { href: string; language: Language; label: string } | null;
  /** For search engines: pages that anybody may find. */
  alternates: { language: string; href: string }[];
}

/** A page shown after a form was sent is opened again by its own address; an error after one is not a page. */
const addressOf = (req: Request, status: number): string | null =>
  req.method === 'GET' || req.method === 'HEAD' || status === 200 || status === 422 || status === 409
    ? req.originalUrl
    : null;

/** What stands around a page of this language. */
export const shellOf = (
  res: Response,
  { language, status, isHolder }: { language: Language; status: number; isHolder: boolean },
): Shell => {
  const address = addressOf(res.req, status);
  const words = wordsOf(res, language);
  if (!isHolder || address === null || !isOwn(address)) return { words, languageLink: null, alternates: [] };
  const other = OTHER[language];
  const isFound = status === 200 && !res.get('X-Robots-Tag');
  const site = String(res.app.get('public url') ?? '');
  const { none, ...addresses } = inEachLanguage(address);
  const alternates = [
    ...Object.entries(addresses).map(([one, path]) => ({ language: one, href: site + path })),
    { language: 'x-default', href: site + none },
  ];
  return {
    words,
    languageLink: { href: addresses[other], language: other, label: LANGUAGES[other] },
    alternates: isFound ? alternates : [],
  };
};
