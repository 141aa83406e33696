/**
 * The desk of `npm start` as one file, with what V8 compiled of it the time before: to find, read and compile its 1 800 files one by
 * one was half of the wait. A help and no more: without esbuild, or with a cache that is broken or of another Node, the desk
 * starts all the same.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { crc32 } from 'node:zlib';

/** Native code, and packages that look for their own files. */
const NOT_BUNDLED = ['lmdb', '@node-rs/argon2', 'msgpackr-extract', '@bull-board/ui'];

/** The file of this build and of these packages: another build or installation gives another name. */
const bundleIn = (root) => {
  const made = ['dist/.built', 'node_modules/.installed-from'].map((mark) => statSync(path.join(root, mark)).mtimeMs);
  return path.join(root, 'dist', 'bundle', `${made.map(Math.round).join('-')}.cjs`);
};

/** As a function of what Node gives each module. Put into place whole: several may start at once. */
const bundle = async (entry, file) => {
  const { build, stop } = await import('esbuild');
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const isOld = (name) => !name.startsWith(path.basename(file));
  for (const name of readdirSync(folder).filter(isOld)) rmSync(path.join(folder, name), { force: true });
  const outfile = `${file}.${process.pid}`;
  await build({
    entryPoints: [entry],
    outfile,
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
  // Its process would stay, beside those of the desk.
  await stop();
  renameSync(outfile, file);
};

/** What V8 compiled, after its checksum: V8 looks at versions and lengths alone. Undefined when there is none that can be used. */
const readCache = (file) => {
  if (!existsSync(file)) return undefined;
  const kept = readFileSync(file);
  const code = kept.subarray(8);
  return kept.length > 8 && kept.readUInt32LE() === crc32(code) ? code : undefined;
};

const writeCache = (file, code) => {
  const checksum = Buffer.alloc(8);
  checksum.writeUInt32LE(crc32(code));
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, Buffer.concat([checksum, code]));
    renameSync(own, file);
  } catch {
    // Another build took the folder away, or it cannot be written: the next start compiles as this one did.
  }
};

/**
 * Makes the bundle of `entry` when there is none of this build, reads it, and gives what runs it. Throws when it cannot be made
 * or read. The compiled code is kept when the process ends well, so that it holds what ran.
 */
export const readBundle = async (root, entry) => {
  const file = bundleIn(root);
  if (!existsSync(file)) await bundle(entry, file);
  const cache = `${file}.cache`;
  const cachedData = readCache(cache);
  // In ASCII, as esbuild writes it: the quickest to read.
  const script = new vm.Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', (code) => {
      if (code === 0) writeCache(cache, script.createCachedData());
    });
  const module = { exports: {} };
  return () => script.runInThisContext()(createRequire(file), module, module.exports, file, path.dirname(file));
};
