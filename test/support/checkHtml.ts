import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HtmlValidate } from 'html-validate';

/** The HTML standard and its rules about access. A button without a type sends its form: the standard's own default. */
const makeValidator = async (): Promise<HtmlValidate> => {
  const { HtmlValidate, StaticConfigLoader } = await import('html-validate');
  return new HtmlValidate(
    new StaticConfigLoader({
      root: true,
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: { 'no-implicit-button-type': 'off' },
    }),
  );
};
/** Slow to load: only where a page is met. */
let validator: Promise<HtmlValidate> | undefined;

/** Pages differ by their tokens only when they are opened again: those are judged once. */
const judged = new Map<string, string[]>();
const withoutTokens = (html: string): string => html.replace(/(?<=name="_csrf" value=")[^"]*/g, '');

/** With HTML_PAGES=folder, keeps the pages for the Nu HTML checker (test/nu.mjs). */
const keep = (page: string): void => {
  const folder = process.env['HTML_PAGES'];
  const name = createHash('sha256').update(page).digest('hex').slice(0, 16);
  if (folder) writeFileSync(path.join(folder, `${name}.html`), page);
};

/** What the HTML standard finds wrong with a page; empty when nothing is. */
export const faultsOf = async (html: string): Promise<string[]> => {
  const page = withoutTokens(html);
  const known = judged.get(page);
  if (known) return known;
  keep(page);
  validator ??= makeValidator();
  const { results } = await (await validator).validateString(page);
  const lines = page.split('\n');
  const faults = results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line }) => `${ruleId}: ${message} (${lines[line - 1]?.trim().slice(0, 120)})`);
  judged.set(page, faults);
  return faults;
};
