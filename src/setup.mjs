/**
 * Gives a fresh machine what it lacks, then builds: run before `npm test` and `npm run desk`, and by `npm start`, which goes on
 * here: a process more would be a tenth of the wait. Plain Node, no dependency. Says on standard error what takes more than a
 * moment; does nothing when nothing is missing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const purpose = process.argv[2] ?? 'start';
const inRoot = (...parts) => path.join(root, ...parts);
const say = (text) => process.stderr.write(`${text}\n`);

const stop = (text) => {
  say(text);
  process.exit(1);
};

/** Runs a command; its output goes to standard error, and is shown whole only when it fails. */
const run = (label, command, args, options = {}) => {
  say(`${label} …`);
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  if (done.status === 0) return true;
  say(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`);
  return false;
};

const onPath = (...names) =>
  names.some((name) =>
    (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name))),
  );

/** Installs when the lock is not the one that was installed last. No package runs a script of its own: none needs to. */
const installPackages = () => {
  const fingerprint = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .update(readFileSync(inRoot('package.json')))
    .digest('hex');
  const mark = inRoot('node_modules', '.installed-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint) return;
  const install = ['install', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!run('Installing packages (about a minute the first time)', 'npm', install))
    stop('npm install failed: see above.');
  writeFileSync(mark, fingerprint);
};

/** Debian packages, as root or by sudo without a question; false when neither may. */
const aptInstall = (label, debianPackage) => {
  if (!onPath('apt-get')) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  const apt = (args) => (isRoot ? ['apt-get', args] : ['sudo', ['-n', 'apt-get', ...args]]);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', debianPackage];
  run('Refreshing the list of Debian packages', ...apt(['update', '-qq']), { env });
  return run(label, ...apt(install), { env });
};

const needRedis = () => {
  if (process.env.REDIS_URL || onPath('redis-server', 'valkey-server')) return;
  if (aptInstall('Installing redis-server', 'redis-server') && onPath('redis-server')) return;
  stop(
    'redis-server is missing. Debian, Ubuntu: sudo apt-get install redis-server; Fedora: sudo dnf install valkey; ' +
      'macOS: brew install redis. Or give REDIS_URL.',
  );
};

const needChromium = () => {
  if (onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')) return;
  if (aptInstall('Installing Chromium, for the browser tests', 'chromium') && onPath('chromium')) return;
  stop('No Chromium for the browser tests. Debian: sudo apt-get install chromium; Fedora: sudo dnf install chromium.');
};

/** In folders of /usr/lib on Debian, in /usr/lib64 elsewhere; as test/support/fakeClock.ts looks for it. */
const hasFaketime = () =>
  ['/usr/lib', '/usr/lib64']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((inner) => path.join(folder, inner))])
    .some((folder) => existsSync(path.join(folder, 'faketime/libfaketime.so.1')));

/** Moves the clock of whole processes, in a few tests: the others do without. */
const wantFaketime = () => {
  if (hasFaketime()) return;
  if (aptInstall('Installing libfaketime, for the tests of clocks', 'libfaketime') && hasFaketime()) return;
  say('libfaketime is missing: the tests that move clocks will fail. Debian: sudo apt-get install libfaketime.');
};

const newestIn = (folder, accept) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && accept(entry.name))
    .reduce(
      (newest, entry) => Math.max(newest, statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
      0,
    );

const isSource = (name) => /\.(ts|mjs|json)$/.test(name) && name !== 'communes.json';

/** Builds when a source, the configuration or the lock is newer than the last build. */
const build = () => {
  const mark = inRoot('dist', '.built');
  const sources = Math.max(
    ...['src', 'jobs'].map((folder) => newestIn(inRoot(folder), isSource)),
    ...['package.json', 'tsconfig.json'].map((file) => statSync(inRoot(file)).mtimeMs),
  );
  const territory = process.env.TERRITORY_DIR;
  const communes = path.join(territory ? path.resolve(territory) : inRoot('src/data/territory'), 'communes.json');
  // It does nothing when they are up to date; those of our own folder are judged with the sources.
  if (
    territory &&
    !run('Looking at the communes of TERRITORY_DIR', process.execPath, [inRoot('src/build-communes.mjs')])
  )
    stop('The communes of TERRITORY_DIR cannot be made: see above.');
  if (existsSync(mark) && existsSync(communes) && statSync(mark).mtimeMs >= sources) return;
  if (!run('Building', 'npm', ['run', '--silent', 'build'])) stop('The build failed: see above.');
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, new Date().toISOString());
};

/** What runs the desk: in one file, but for traces. What they watch is changed while it is loaded, package by package. */
const readDesk = async () => {
  const entry = '../dist/src/standalone.js';
  const fileByFile = () => import(entry);
  if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return fileByFile;
  return import('./bundle.mjs')
    .then(({ readBundle }) => readBundle(root, path.join(root, 'src', entry)))
    .catch((error) => {
      say(`Starting file by file, a little slower: ${error.message}`);
      return fileByFile;
    });
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
installPackages();
if (purpose !== 'desk') needRedis();
if (purpose === 'test') {
  needChromium();
  wantFaketime();
}
build();
if (purpose === 'start') await (await readDesk())();
