import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The import table of the project. A row says what a folder may import of ours, and of packages; all else is refused.
 * `sources` rows hold for types too and are checked on the TypeScript files; `values` rows allow types and are checked on
 * the compiled files, from which types are gone.
 */
interface Side {
  path?: string;
  pathNot?: string | string[];
  circular?: boolean;
  dependencyTypesNot?: string[];
}
interface Rule {
  name: string;
  comment: string;
  severity: 'error';
  from: Side;
  to: Side;
}
const OURS = '^(src|jobs)/';
const sources: Rule[] = [];
const values: Rule[] = [];

const forbid = (rows: Rule[], name: string, from: Side, to: Side): void => {
  rows.push({ name, comment: 'see the table in test/architecture.test.ts', severity: 'error', from, to });
};

/** Of ours, the folder imports only itself and what matches one of these. */
const mayImport = (folder: string, allowed: string[]): void =>
  forbid(
    sources,
    `${folder} imports only ${allowed.join(', ') || 'itself'}`,
    { path: `^src/${folder}/` },
    { path: OURS, pathNot: [`^src/${folder}/`, ...allowed.map((name) => `^src/${name}`)] },
  );

const DOMAIN = [
  'territory',
  'calendar',
  'questionnaire',
  'routing',
  'referrals',
  'accounts',
  'audit',
  'privacy',
  'emails',
  'statistics',
];
const DOMAIN_PACKAGES: Record<string, string[]> = {
  calendar: ['luxon', '@socialgouv/jours-feries'],
  questionnaire: ['joi'],
  routing: ['joi'],
};
for (const [place, folder] of DOMAIN.entries()) {
  const before = DOMAIN.slice(0, place).filter((other) => !(folder === 'statistics' && other === 'emails'));
  mayImport(`domain/${folder}`, ['errors', ...before.map((other) => `domain/${other}/`)]);
  const packages = (DOMAIN_PACKAGES[folder] ?? []).map((name) => `node_modules/(@types/)?${name}/`);
  const outside = { dependencyTypesNot: ['local'], pathNot: [OURS, ...packages] };
  forbid(sources, `domain/${folder} is pure`, { path: `^src/domain/${folder}/` }, outside);
}

mayImport('services', ['domain/', 'errors', 'logger', 'together', 'data/', 'delivery/', 'services\\.ts']);
mayImport('data', ['domain/', 'errors', 'logger', 'config', 'together']);
mayImport('delivery', ['domain/', 'errors', 'logger', 'config', 'paths']);
mayImport('web', ['domain/', 'errors', 'logger', 'paths', 'views\\.ts', 'services']);
mayImport('embedded', ['errors', 'logger']);
mayImport('tracing', ['logger', 'paths', 'delivery/jobTelemetry', 'web/middleware/withoutSecrets']);
mayImport('cli', ['domain/', 'errors', 'logger', 'services', 'config', 'settings', 'data/', 'embedded/']);

const SERVICES = { path: '^src/services/' };
const GIVEN = '^src/(data/|delivery/|services\\.[tj]s)';
forbid(values, 'services get data and delivery as arguments', SERVICES, { path: GIVEN });
forbid(sources, 'services know no framework', SERVICES, {
  path: 'node_modules/(express|mongoose|bullmq|ioredis|nodemailer|ejs)/',
});
forbid(values, 'web gets services as arguments', { path: '^src/web/' }, { path: '^src/services' });
forbid(sources, 'mongoose lives in data', { path: OURS, pathNot: '^src/data/' }, { path: 'node_modules/mongoose/' });
forbid(
  sources,
  'bullmq and nodemailer live in delivery and jobs',
  { path: OURS, pathNot: '^(src/delivery|jobs)/' },
  { path: 'node_modules/(bullmq|nodemailer)/' },
);
forbid(
  sources,
  'OpenTelemetry lives in tracing, which is loaded when traces are asked for',
  { path: OURS, pathNot: '^src/tracing/' },
  { path: 'node_modules/(@opentelemetry|bullmq-otel)/' },
);
forbid(
  sources,
  'jobs import services, names of queues and settings',
  { path: '^jobs/', pathNot: '^jobs/worker\\.ts$' },
  { path: OURS, pathNot: ['^jobs/', '^src/services', '^src/delivery/queueNames', '^src/(config|errors|logger)'] },
);
forbid(sources, 'errors and logger stand alone', { path: '^src/(errors|logger)\\.ts$' }, { path: OURS });
forbid(sources, 'errors know no package', { path: '^src/errors\\.ts$' }, { path: 'node_modules/' });
forbid(sources, 'the domain does not log', { path: '^src/domain/' }, { path: '^src/logger' });
forbid(values, 'no circles', {}, { circular: true });

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Runs dependency-cruiser's command (an ES module, which Jest does not load) over src and jobs of a folder. */
const violationsIn = (folder: string, forbidden: Rule[]): string[] => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'architecture-'));
  const config = path.join(temporary, 'rules.json');
  const options = { tsPreCompilationDeps: true, parser: 'swc', doNotFollow: { path: 'node_modules' } };
  writeFileSync(config, JSON.stringify({ forbidden, options }));
  const command = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  try {
    const args = [command, 'src', 'jobs', '--config', config, '--output-type', 'json'];
    const { summary } = JSON.parse(execFileSync('node', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 }));
    expect(summary.totalCruised).toBeGreaterThan(1);
    return (summary.violations as Violation[]).map(({ rule, from, to }) => `${from} -> ${to} (${rule.name})`);
  } finally {
    rmSync(temporary, { recursive: true });
  }
};

const root = path.resolve(__dirname, '..');

describe('imports', () => {
  it('follow the table, types included', () => {
    expect(violationsIn(root, sources)).toEqual([]);
  });

  it('take data, delivery and services as arguments, and make no circle', () => {
    expect(violationsIn(path.join(root, 'dist'), values)).toEqual([]);
  });

  it('are refused when they break the table', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'architecture-'));
    for (const part of ['src/domain/routing', 'src/data', 'jobs'])
      mkdirSync(path.join(folder, part), { recursive: true });
    writeFileSync(path.join(folder, 'src/data/store.ts'), 'export type Store = string;');
    writeFileSync(path.join(folder, 'jobs/worker.ts'), 'export const worker = 1;');
    writeFileSync(
      path.join(folder, 'src/domain/routing/bad.ts'),
      "import { readFileSync } from 'node:fs';\nimport type { Store } from '../../data/store.js';\nexport const bad = (store: Store) => readFileSync(store);",
    );
    try {
      const found = violationsIn(folder, sources);
      expect(found.some((line) => line.includes('domain/routing is pure'))).toBe(true);
      expect(found.some((line) => line.includes('-> src/data/store.ts'))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('settings', () => {
  it('are read from the environment in one file', () => {
    const files = ['src', 'jobs'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    );
    const readers = files.filter(
      (file) => file.endsWith('.ts') && readFileSync(path.join(root, file), 'utf8').includes('process.env'),
    );
    expect(readers).toEqual(['src/config.ts']);
  });
});
