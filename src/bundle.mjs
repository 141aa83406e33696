/**
 * The desk of `npm start` as one file, with what V8 compiled of it the time before: to find, read and compile its 1 800 files one by
 * one was a third of the wait. A help and no more: without esbuild, or with a cache that is broken or of another Node, the desk
 * starts all the same.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { crc32 } from 'node:zlib';

/** Native code, and packages that look for their own files. */
const NOT_BUNDLED = ['@node-rs/argon2', 'msgpackr-extract', '@bull-board/ui'];

/** The file of this build and of these packages: another build or installation gives another name. */
const bundleIn = (root) => {
  const made = ['dist/.built', 'node_modules/.installed-from'].map((mark) => statSync(path.join(root, mark)).mtimeMs);
  return path.join(root, 'dist', 'bundle', `${made.map(Math.round).join('-')}.cjs`);
};

/**
 * The code in ASCII, the quickest to read: in strings, names and patterns \u says the same as the character. Esbuild does so for
 * strings alone. Throws when a character stands after a backslash, where it would not be the same. What String.raw gives changes
 * unseen: harmless where it becomes a pattern, as everywhere here.
 */
const inAscii = (code) => {
  if (/\\[\u0080-\uffff]/.test(code)) throw new Error('a character of the code cannot be written in ASCII');
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

/** Puts a file into place whole: several may start at once. */
const putInPlace = (file, content) => {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, content);
    renameSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
};

/**
 * As a function of what Node gives each module. Files of another build go. Esbuild renames functions and classes whose names clash:
 * to keep the names would cost a call for each function made.
 */
const bundle = async (entry, file) => {
  const { build, stop } = await import('esbuild');
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      write: false,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      external: NOT_BUNDLED,
      // Import() would be refused in a script that comes out of a cache; require() reads modules of both kinds.
      supported: { 'dynamic-import': false },
      banner: { js: '(function (require, module, exports, __filename, __dirname) {' },
      footer: { js: '})' },
      logLevel: 'error',
    });
    const isOld = (name) => !name.startsWith(path.basename(file));
    for (const name of readdirSync(folder).filter(isOld)) rmSync(path.join(folder, name), { force: true });
    putInPlace(file, inAscii(outputFiles[0].text));
  } finally {
    // Its process would stay, beside those of the desk.
    await stop();
  }
};

/** What V8 compiled, after its checksum, which V8 does not look at. Undefined when there is none that can be used. */
const readCache = (file) => {
  if (!existsSync(file)) return undefined;
  const kept = readFileSync(file);
  const code = kept.subarray(8);
  return kept.length > 8 && kept.readUInt32LE() === crc32(code) ? code : undefined;
};

const writeCache = (file, code) => {
  const checksum = Buffer.alloc(8);
  checksum.writeUInt32LE(crc32(code));
  try {
    putInPlace(file, Buffer.concat([checksum, code]));
  } catch {
    // Another build took the folder away, or it cannot be written: the next start compiles as this one did.
  }
};

/**
 * Keeps what was compiled once the start is over, so that it holds what ran; sooner when the process ends well before. Not at the
 * end of a long one: V8 drops what has not run for a while.
 */
const keepCompiled = (script, cache, startMs) => {
  const keep = () => {
    clearTimeout(timer);
    process.off('exit', atEnd);
    writeCache(cache, script.createCachedData());
  };
  const atEnd = (code) => {
    if (code === 0) keep();
  };
  const timer = setTimeout(keep, startMs).unref();
  process.once('exit', atEnd);
};

/**
 * Makes the bundle of `entry` when there is none of this build, reads it, and gives what runs it. Throws when it cannot be made
 * or read. `startMs`: by when a desk has started, as a rule, and served its first pages.
 */
export const readBundle = async (root, entry, startMs = 10_000) => {
  const file = bundleIn(root);
  if (!existsSync(file)) await bundle(entry, file);
  const cache = `${file}.cache`;
  const cachedData = readCache(cache);
  const script = new vm.Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  const run = script.runInThisContext();
  if (typeof run !== 'function') throw new Error(`${file} is broken`);
  if (cachedData === undefined || script.cachedDataRejected) keepCompiled(script, cache, startMs);
  const module = { exports: {} };
  return () => run(createRequire(file), module, module.exports, file, path.dirname(file));
};
