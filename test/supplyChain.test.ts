import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Locked {
  version: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}
const root = path.resolve(__dirname, '..');
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const { dependencies, devDependencies, allowScripts } = read<
  Record<'dependencies' | 'devDependencies', Record<string, string>> & { allowScripts: Record<string, boolean> }
>('package.json');
const { '': _ours, ...packages } = read<{ packages: Record<string, Locked> }>('package-lock.json').packages;
const locked = Object.entries(packages).map(([place, one]) => ({ name: place.split('node_modules/').at(-1), ...one }));

/** Free, and without a demand on what uses them. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'MIT OR Apache-2.0',
  'Apache-2.0 AND MIT',
  '(MIT OR CC0-1.0)',
];
/** Read one by one: used by tests alone, never shipped. */
const ALLOWED = {
  'axe-core': 'MPL-2.0',
  'caniuse-lite': 'CC-BY-4.0',
  // Both at once; either allows it.
  pako: '(MIT AND Zlib)',
  // Says so in a form that npm no longer reads; the file beside it is the BSD licence with three clauses.
  'parse-cache-control': undefined,
};

describe('what the project is made of', () => {
  it('is locked, each package with the hash of its content', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(({ integrity }) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('is asked for by exact versions', () => {
    const asked = Object.values({ ...dependencies, ...devDependencies });
    expect(asked.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('has licences that allow it', () => {
    const others = locked.filter(({ license }) => !LICENCES.includes(license ?? ''));
    expect(Object.fromEntries(others.map(({ name, license }) => [name, license]))).toEqual(ALLOWED);
    expect(others.every(({ dev }) => dev === true)).toBe(true);
  });

  it('runs no script of a package when it is installed', () => {
    const withScripts = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(Object.keys(allowScripts).sort()).toEqual(withScripts.sort());
    expect(Object.values(allowScripts).some(Boolean)).toBe(false);
    expect(readFileSync(path.join(root, 'src/setup.mjs'), 'utf8')).toContain("'--ignore-scripts'");
  });

  it('is listed by one command, in the format of CycloneDX', () => {
    const bill = JSON.parse(execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' }));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { type: 'application' } } });
    const listed = (bill.components as { purl: string }[]).map(({ purl }) => decodeURIComponent(purl));
    for (const [name, version] of Object.entries(dependencies)) expect(listed).toContain(`pkg:npm/${name}@${version}`);
    expect(listed.some((purl) => purl.startsWith('pkg:npm/jest@'))).toBe(false);
  });
});
