/**
 * `npm run nu`: the Nu HTML checker (it needs Java) on every page that the tests of test/web meet, in every state that they
 * put it in. Ends with 1 when it finds an error.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import vnu from 'vnu-jar';

const folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
const run = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status;

const tested = run('npx', ['jest', '--forceExit', 'test/web'], { HTML_PAGES: folder });
const pages = readdirSync(folder).length;
const checked = run('java', ['-jar', String(vnu), '--errors-only', '--skip-non-html', folder]);
process.stdout.write(`${pages} pages, ${checked === 0 ? 'no error' : 'errors above'}\n`);
rmSync(folder, { recursive: true });
process.exitCode = tested === 0 && checked === 0 && pages > 0 ? 0 : 1;
