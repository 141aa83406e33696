import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import { buttonOf, EMAIL_IDS, type EmailId, languagesOf, stopOf, whyOf } from '../domain/emails/catalogue.js';
import type { EmailModel, EmailValue } from '../domain/emails/emailFacts.js';
import type { Language } from '../domain/territory/language.js';
import { type OurWords, type TerritoryWords, wordsIn } from '../domain/territory/territoryWords.js';
import { frenchTypography, shortened } from '../domain/territory/typography.js';
import { EMAIL_STYLE } from './emailStyle.js';
import { foldLines } from './foldLines.js';
import { buttonHtml, inlineStyles } from './inlineStyles.js';

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}
/** `language`: that of the reader; staff e-mails are in French whatever it is. */
export type RenderEmail = (
  id: EmailId,
  /** `isRead`: a reply reaches somebody. `unsubscribe`: the full address that ends such e-mails; empty when none does. */
  model: EmailModel & { subject: string; also: string[]; isRead?: boolean; unsubscribe?: string },
  language?: Language,
) => RenderedEmail;

type Locals = Record<string, EmailValue | OurWords>;

const asIs = (value?: unknown): string => String(value ?? '');

/** Templates know only the names they are given: any other throws. In text templates nothing is escaped. */
const compile = (source: string, filename: string, names: string[]): TemplateFunction => {
  const options = { filename, strict: true, destructuredLocals: names };
  return ejs.compile(source, filename.endsWith('.text.ejs') ? { ...options, escape: asIs } : options);
};

/** French is the language that names do not say. */
const twinOf = (name: string, language: Language): string => (language === 'fr' ? name : `${name}.${language}`);

const TEMPLATES = [
  ...(['fr', 'en'] as const).map((language) => twinOf('layouts/email', language)),
  ...EMAIL_IDS.flatMap((id) => languagesOf(id).map((language) => twinOf(`emails/${id}`, language))),
];

const templatesIn = (views: string) => {
  const files = TEMPLATES.flatMap((name) => [`${name}.ejs`, `${name}.text.ejs`]);
  const sources = new Map(files.map((file) => [file, readFileSync(join(views, file), 'utf8')]));
  const compiled = new Map<string, TemplateFunction>();

  return (file: string, locals: Locals): string => {
    const names = Object.keys(locals).sort();
    const key = [file, ...names].join();
    const template = compiled.get(key) ?? compile(sources.get(file) ?? '', join(views, file), names);
    compiled.set(key, template);
    return template(locals);
  };
};

const tidy = (text: string): string => text.replace(/\n{3,}/g, '\n\n').trim();

const COLON: Record<Language, string> = { fr: ' : ', en: ': ' };
const typography: Record<Language, (text: string) => string> = { fr: frenchTypography, en: (text) => text };

const ALSO: Record<Language, string> = { fr: 'Juste avant', en: 'Just before' };

/** What leaves in the same e-mail: a sentence each. */
const alsoHtml = (also: string[], language: Language): string =>
  also.length === 0
    ? ''
    : `<h2>${ALSO[language]}</h2><ul>${also.map((each) => `<li>${ejs.escapeXML(each)}</li>`).join('')}</ul>`;

const alsoText = (also: string[], language: Language): string =>
  also.length === 0
    ? ''
    : `\n\n${ALSO[language]}${COLON[language].trimEnd()}\n${also.map((each) => `- ${each}`).join('\n')}`;

/** What lists of messages show beside the subject: what happened, and what to do. */
const PREHEADER_AT_MOST = 200;
const preheaderOf = (text: string): string => shortened(text.split('\n').slice(0, 2).join(' '), PREHEADER_AT_MOST);

/**
 * Makes the renderer of our e-mails from the folder of the views, for a territory. Throws at once when a template of the catalogue is missing,
 * in any language; rendering throws when a template names what its model does not hold.
 */
export const emailRenderer = (views: string, territory: TerritoryWords): RenderEmail => {
  const template = templatesIn(views);
  const ours = { fr: wordsIn(territory, 'fr'), en: wordsIn(territory, 'en') };

  return (id, { subject, also, isRead = true, unsubscribe = '', ...model }, asked = 'fr') => {
    const language = languagesOf(id).includes(asked) ? asked : 'fr';
    const name = twinOf(`emails/${id}`, language);
    const layout = twinOf('layouts/email', language);
    const typeset = typography[language];
    const label = buttonOf(id, language);
    const foot = { ours: ours[language], why: whyOf(id, language), isRead, unsubscribe, stop: stopOf(id, language) };

    const written = tidy(template(`${name}.text.ejs`, { ...model, button: `${label}${COLON[language]}${model.link}` }));
    const text = template(`${layout}.text.ejs`, { body: written + alsoText(also, language), ...foot });

    const button = buttonHtml(ejs.escapeXML(label), ejs.escapeXML(model.link));
    const body = inlineStyles(template(`${name}.ejs`, { ...model, button }) + alsoHtml(also, language));
    const around = { subject, preheader: preheaderOf(written), style: EMAIL_STYLE, ...foot };
    const html = template(`${layout}.ejs`, { body, ...around });
    return { subject: typeset(subject), text: foldLines(typeset(text)), html: typeset(html) };
  };
};
