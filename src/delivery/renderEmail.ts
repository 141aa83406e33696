import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import { EMAIL_IDS, EMAILS, type EmailId, WHY } from '../domain/emails/catalogue.js';
import type { EmailModel } from '../domain/emails/models.js';
import { frenchTypography } from '../domain/territory/typography.js';
import { inlineStyles } from './inlineStyles.js';

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}
export type RenderEmail = (id: EmailId, model: EmailModel) => RenderedEmail;

type Locals = Record<string, string | string[] | boolean>;

const asIs = (value?: unknown): string => String(value ?? '');

/** Templates know only the names they are given: any other throws. In text templates nothing is escaped. */
const compile = (source: string, filename: string, names: string[]): TemplateFunction => {
  const options = { filename, strict: true, destructuredLocals: names };
  return ejs.compile(source, filename.endsWith('.text.ejs') ? { ...options, escape: asIs } : options);
};

const templatesIn = (views: string) => {
  const layouts = ['layouts/email.ejs', 'layouts/email.text.ejs'];
  const files = [...layouts, ...EMAIL_IDS.flatMap((id) => [`emails/${id}.ejs`, `emails/${id}.text.ejs`])];
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

const buttonHtml = (label: string, link: string): string => {
  const text = ejs.escapeXML(label);
  const look =
    'display:inline-block;padding:12px 24px;color:#ffffff;font-size:16px;font-weight:650;text-decoration:none';
  return (
    '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:20px 0"><tr>' +
    '<td bgcolor="#1c6b50" style="border-radius:4px;background:#1c6b50">' +
    `<a href="${ejs.escapeXML(link)}" style="${look}">${text}</a></td></tr></table>`
  );
};

/** First line of the text template: the subject; the body starts after the empty line that follows. */
const splitSubject = (text: string): { subject: string; body: string } => {
  const [subject = '', ...rest] = text.split('\n');
  return {
    subject: subject.trim(),
    body: rest
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
};

/**
 * Makes the renderer of our e-mails from the folder of the views. Throws at once when a template of the catalogue is missing;
 * rendering throws when a template names what its model does not hold.
 */
export const emailRenderer = (views: string): RenderEmail => {
  const template = templatesIn(views);

  return (id, model) => {
    const { audience, button } = EMAILS[id];
    const why = WHY[audience];
    const asText = template(`emails/${id}.text.ejs`, { ...model, button: `${button.label} : ${model.link}` });
    const { subject, body } = splitSubject(frenchTypography(asText));
    const text = template('layouts/email.text.ejs', { body, why });
    const content = template(`emails/${id}.ejs`, { ...model, button: buttonHtml(button.label, model.link) });
    const html = template('layouts/email.ejs', { subject, body: inlineStyles(content), why });
    return { subject, text: frenchTypography(text), html: frenchTypography(html) };
  };
};
