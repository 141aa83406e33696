import type { Application } from 'express';
import type { Language } from '../domain/territory/language.js';
import type { RenderView } from '../views.js';

/** views/<view>.ejs, as the application that serves it was told to render. Set once, by app.ts. */
export const renderView = ({ locals }: Application, ...asked: Parameters<RenderView>): string =>
  (locals['render'] as RenderView)(...asked);

/** French is the language that names do not say: the twin of a view in English is views/<view>.en.ejs. */
export const inItsLanguage = (view: string, language: Language): string =>
  language === 'fr' ? view : `${view}.${language}`;
