import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { until } from './support/startProcesses.js';

const project = path.resolve(__dirname, '..');
const bundler = pathToFileURL(path.join(project, 'src/bundle.mjs')).href;

/** What the program says of its word, as Node would read its patterns. */
const DEJA = 'déjà… true true true true';

describe('the desk in one file', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const inRoot = (...parts: string[]): string => path.join(root, ...parts);
  afterAll(() => rmSync(root, { recursive: true }));

  /** As a build leaves it: a program of two files, which says `word` and what its patterns find in it, then does `end`. */
  const build = (word: string, at: number, end = 'process.exit(0)'): void => {
    writeFileSync(inRoot('dist/word.js'), `exports.word = () => ${JSON.stringify(word)};`);
    const main = `
      const { word } = require('./word.js');
      const found = [/^[a-zàé]+…$/, /[•·…]$/, /\\p{L}é|😀/u, new RegExp(String.raw\`\\bdé\`)].map((pattern) => pattern.test(word()));
      console.log(word(), ...found);
      import('node:path').then(() => { ${end} });`;
    writeFileSync(inRoot('dist/main.js'), main);
    writeFileSync(inRoot('dist/.built'), '');
    utimesSync(inRoot('dist/.built'), at, at);
  };
  const program = (startMs?: number): string[] => [
    '--input-type=module',
    '--eval',
    `const { readBundle } = await import(${JSON.stringify(bundler)});
     (await readBundle(${JSON.stringify(root)}, ${JSON.stringify(inRoot('dist/main.js'))}, ${startMs}))();`,
  ];
  const start = (): string => execFileSync(process.execPath, program(), { cwd: project, encoding: 'utf8' }).trim();
  const files = (): string[] => readdirSync(inRoot('dist/bundle')).sort();
  const cache = (): string => inRoot('dist/bundle', files().find((name) => name.endsWith('.cache')) ?? 'none');
  /** Another file once it is written anew: each is put into place by its name. */
  const identity = (): number => statSync(cache()).ino;

  beforeAll(() => {
    mkdirSync(inRoot('dist'));
    symlinkSync(path.join(project, 'node_modules'), inRoot('node_modules'));
    build('déjà…', 1000);
  });

  it('runs, and keeps what was compiled for the next start', () => {
    expect(start()).toBe(DEJA);
    expect(files()).toHaveLength(2);
    const kept = identity();
    expect(start()).toBe(DEJA);
    expect(identity()).toBe(kept);
  });

  it('starts without a cache that is broken, cut or empty, and makes it again', () => {
    const whole = readFileSync(cache());
    const changed = Buffer.from(whole);
    changed.fill(7, whole.length >> 1);
    for (const broken of [changed, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
      writeFileSync(cache(), broken);
      const kept = identity();
      expect(start()).toBe(DEJA);
      expect(identity()).not.toBe(kept);
    }
  });

  it('is made again for another build, with nothing left of the one before', () => {
    const before = files();
    build('demain', 2000);
    expect(start()).toBe('demain false false false false');
    expect(files()).toHaveLength(2);
    expect(files().filter((name) => before.includes(name))).toEqual([]);
  });

  it('keeps nothing of a start that failed', () => {
    build('raté', 3000, 'process.exit(1)');
    expect(start).toThrow();
    expect(files()).toHaveLength(1);
  });

  it('keeps it while it runs on, once it has started', async () => {
    build('toujours', 4000, 'setInterval(() => {}, 1000)');
    const desk = spawn(process.execPath, program(1), { cwd: project, stdio: 'ignore' });
    try {
      await until('what was compiled', () => files().length === 2 && cache().endsWith('.cache'));
    } finally {
      desk.kill('SIGKILL');
    }
    const [code, signal] = await once(desk, 'exit');
    expect([code, signal]).toEqual([null, 'SIGKILL']);
  });

  it('is not made of what cannot be written in ASCII', () => {
    build('refusé', 5000, 'process.exit(/\\é/.test(word()) ? 0 : 1)');
    expect(start).toThrow('cannot be written in ASCII');
    expect(files()).toEqual([]);
  });

  it('is refused when its file is empty', () => {
    build('vide', 6000);
    start();
    writeFileSync(inRoot('dist/bundle', files().find((name) => name.endsWith('.cjs')) ?? 'none'), '');
    expect(start).toThrow('is broken');
  });
});
