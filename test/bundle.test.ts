import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const project = path.resolve(__dirname, '..');
const bundler = pathToFileURL(path.join(project, 'src/bundle.mjs')).href;

describe('the desk in one file', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const inRoot = (...parts: string[]): string => path.join(root, ...parts);
  afterAll(() => rmSync(root, { recursive: true }));

  /** As a build leaves it: a program of two files, which says `word` and ends with `code`. */
  const build = (word: string, at: number, code = 0): void => {
    writeFileSync(inRoot('dist/word.js'), `exports.word = () => ${JSON.stringify(word)};`);
    const main = `const { word } = require('./word.js'); console.log(word()); import('node:path').then(() => process.exit(${code}));`;
    writeFileSync(inRoot('dist/main.js'), main);
    writeFileSync(inRoot('dist/.built'), '');
    utimesSync(inRoot('dist/.built'), at, at);
  };
  const start = (): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { readBundle } = await import('${bundler}'); (await readBundle('${root}', '${inRoot('dist/main.js')}'))();`,
      ],
      { cwd: project, encoding: 'utf8' },
    ).trim();
  const files = (): string[] => readdirSync(inRoot('dist/bundle')).sort();
  const cache = (): string => inRoot('dist/bundle', files().find((name) => name.endsWith('.cache')) ?? 'none');
  /** Another file once it is written anew: each is put into place by its name. */
  const identity = (): number => statSync(cache()).ino;

  beforeAll(() => {
    mkdirSync(inRoot('dist'));
    symlinkSync(path.join(project, 'node_modules'), inRoot('node_modules'));
    build('déjà', 1000);
  });

  it('runs, and keeps what was compiled for the next start', () => {
    expect(start()).toBe('déjà');
    expect(files()).toHaveLength(2);
    const kept = identity();
    expect(start()).toBe('déjà');
    expect(identity()).toBe(kept);
  });

  it('starts without a cache that is broken, cut or empty, and makes it again', () => {
    const whole = readFileSync(cache());
    const changed = Buffer.from(whole);
    changed.fill(7, whole.length >> 1);
    for (const broken of [changed, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
      writeFileSync(cache(), broken);
      const kept = identity();
      expect(start()).toBe('déjà');
      expect(identity()).not.toBe(kept);
    }
  });

  it('is made again for another build, with nothing left of the one before', () => {
    const before = files();
    build('demain', 2000);
    expect(start()).toBe('demain');
    expect(files()).toHaveLength(2);
    expect(files().filter((name) => before.includes(name))).toEqual([]);
  });

  it('keeps nothing of a start that failed', () => {
    build('raté', 3000, 1);
    expect(start).toThrow();
    expect(files()).toHaveLength(1);
  });
});
