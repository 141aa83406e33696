import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { viewsIn } from '../src/views.js';

const folder = mkdtempSync(path.join(tmpdir(), 'views-'));
const write = (view: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, view)), { recursive: true });
  writeFileSync(path.join(folder, `${view}.ejs`), text);
};

afterAll(() => rmSync(folder, { recursive: true }));

it('gives a view its values, escaped, each under its name', () => {
  write('plain', '<p><%= who %>, <%= locals.what ?? "nothing" %></p>');
  const render = viewsIn(folder);
  expect(render('plain', { who: 'A & <b>' })).toBe('<p>A &amp; &lt;b&gt;, nothing</p>');
  expect(render('plain', { who: 'C', what: 1 })).toBe('<p>C, 1</p>');
  expect(render('plain', { what: 2, who: 'D' })).toBe('<p>D, 2</p>');
});

it('gives what a view includes the same values, under those that it gives itself', () => {
  write(
    'pages/outer',
    "<%- include('../parts/inner', { own: 'given' }) %>|<%- include('../parts/inner') %>|<%= own %>",
  );
  write('parts/inner', "<%= own %>, <%- include('leaf') %>");
  write('parts/leaf', '<%= shared %> and <%= own %>');
  expect(viewsIn(folder)('pages/outer', { own: 'outer', shared: 'all' })).toBe(
    'given, all and given|outer, all and outer|outer',
  );
});

it('tells the file and the line of a name that nobody gave', () => {
  write('pages/wrong', "first\nsecond\n<%- include('../parts/asks') %>");
  write('parts/asks', 'first\n<%= missing %>');
  const render = viewsIn(folder);
  expect(() => render('pages/wrong', {})).toThrow(/parts\/asks\.ejs:2[\s\S]*missing is not defined/);
  expect(() => render('pages/wrong', {})).toThrow(/pages\/wrong\.ejs:3/);
  expect(() => render('nowhere', {})).toThrow(/nowhere\.ejs/);
});

it('refuses a view that makes a variable of its own for all', () => {
  write('assigns', '<% left = 1 %>');
  expect(() => viewsIn(folder)('assigns', {})).toThrow(/left is not defined/);
});
