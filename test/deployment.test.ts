import { existsSync, readFileSync } from 'node:fs';
import { listSettings } from '../src/settings.js';

/** No container engine runs where the tests do: what the files of a deployment name must at least be there. */
const known = new Set(listSettings().map(({ name }) => name));
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = '']) => one);
const read = (file: string): string => readFileSync(file, 'utf8');

it('runs processes that the build makes', () => {
  expect(found(read('Procfile'), /^([a-z]+): node dist/gm)).toEqual(['release', 'web', 'worker']);
  const commands = [
    ...found(read('Procfile'), /node (dist\/\S+)/g),
    ...found(read('Dockerfile'), /"(dist\/[^"]+\.js)"/g),
    ...found(read('compose.yaml'), /\[node, (dist\/[^\],]+)/g),
    ...found(read('README.md'), /node (dist\/\S+?\.js)(?=[\s`,]|$)/gm),
  ].filter((file) => !file.startsWith('dist/unified'));
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter((file) => !existsSync(file))).toEqual([]);
});

it('sets what the schema of the settings knows', () => {
  const names = [
    ...found(read('compose.yaml'), /^ {4}([A-Z_]+):/gm),
    ...found(read('Dockerfile'), /([A-Z_]+)=(?=[a-z0-9])/g).filter((name) => name !== 'WITH_CHROMIUM'),
    ...found(read('README.md'), /^ {4}ExecStart=.*?\b([A-Z_]+)=%i/gm),
  ];
  expect(names).toEqual(expect.arrayContaining(['MONGODB_URL', 'SESSION_SECRETS', 'PORT', 'NODE_ENV']));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

it('gives to the image what is there, and hides the rest from its build', () => {
  const copied = found(read('Dockerfile'), /^COPY (?!--from)(.+) \S+$/gm).flatMap((list) => list.split(' '));
  const allowed = found(read('.dockerignore'), /^!(.+)$/gm);
  expect(copied.length).toBeGreaterThan(6);
  expect(copied.filter((file) => !existsSync(file.replace(/^\.\//, '')))).toEqual([]);
  expect([...new Set(copied.map((file) => file.replace(/^\.\//, '')))].sort()).toEqual([...allowed].sort());
});
