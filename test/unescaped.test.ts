import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const VIEWS = path.resolve(__dirname, '../views');

/**
 * Where a view writes HTML as it is given, beside what it includes, which escapes for itself. Each is HTML that we have made, from
 * values that were escaped when it was made.
 */
const ALLOWED: [where: RegExp, what: string, because: string][] = [
  [/^layouts\/(page|frame|print|email|email\.en)\.ejs$/, 'body', 'the page itself, rendered by its own view'],
  [/^layouts\/email(\.en)?\.ejs$/, 'style', 'the style sheet of e-mails, a file of ours'],
  [/^emails\/[\w.-]+\.ejs$/, 'button', 'a link of ours, rendered by views/emails/components'],
  [/^manager\/figures\.ejs$/, 'drawn', 'the charts and tables, rendered by their own view'],
  [/^manager\/channelPoster\.ejs$/, 'qrCode', 'a picture (SVG) drawn from an address of ours'],
  [/^advisor\/counterReceipt\.ejs$/, 'code', 'a picture (SVG) drawn from an address of ours'],
];

const views = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ejs'));

/** What stands in `<%- … %>`, but includes. */
const unescapedIn = (source: string): string[] =>
  [...source.matchAll(/<%-([\s\S]*?)[-_]?%>/g)]
    .map(([, code]) => code?.trim() ?? '')
    .filter((code) => !isInclude(code));
/** One include and nothing after it, but spaces taken off. */
const isInclude = (code: string): boolean =>
  /^include\((?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*\)(?:\.trim\(\))?$/.test(code);

const isAllowed = (file: string, code: string): boolean =>
  ALLOWED.some(([where, what]) => where.test(file) && what === code);

it('no view writes HTML that it was given, but for those on the list', () => {
  expect(views.length).toBeGreaterThan(150);
  const found = views.flatMap((file) =>
    unescapedIn(readFileSync(path.join(VIEWS, file), 'utf8')).map((code) => ({ file, code })),
  );
  expect(found.filter(({ file, code }) => !isAllowed(file, code))).toEqual([]);
  // No line of the list outlives its view.
  const unused = ALLOWED.filter(([where, what]) => !found.some(({ file, code }) => where.test(file) && what === code));
  expect(unused).toEqual([]);
});

it('no view runs a script or a style of its own, nor an address that a visitor gave', () => {
  const inline =
    /<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="|href="javascript:|<(base|iframe(?![^>]*\bsandbox)|object|embed)\b/i;
  // Mail programs read no style sheet; the printed report is no page of the site.
  const ours = /^(emails|layouts\/(email|print))/;
  const tagsOf = (file: string): string => readFileSync(path.join(VIEWS, file), 'utf8').replace(/<%[\s\S]*?%>/g, '…');
  const found = views.filter((file) => !ours.test(file) && inline.test(tagsOf(file)));
  expect(found).toEqual([]);
});

it('sees what it must', () => {
  expect(unescapedIn("<%- include('../a', { b: c(d(1)) }) %><%- name %><%- include('x') + name %>")).toEqual([
    'name',
    "include('x') + name",
  ]);
});
