import type { Application } from 'express';
import type { Language } from '../domain/territory/language.js';
import type { OurWords } from '../domain/territory/territoryWords.js';

/** What pages say of the territory that this application serves: `ours` in every view. Set once, by app.ts. */
export const ourWords = ({ locals }: Application, language: Language): OurWords =>
  (locals['ours'] as Record<Language, OurWords>)[language];
