import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cases from '../../src/data/territory/cases.json';

// The compiled command, as people run it: `npm test` builds before.
const root = join(__dirname, '../..');
const desk = join(root, 'dist/src/cli/desk.js');
const casesFile = join(root, 'src/data/territory/cases.json');
const folder = mkdtempSync(join(tmpdir(), 'desk-route-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: string[], input = '') {
  const done = spawnSync(process.execPath, [desk, ...args], { encoding: 'utf8', input, cwd: folder });
  return { ...done, stderr: done.stderr.replaceAll('\u00a0', ' ') };
}

const fileOf = (content: unknown): string => {
  const file = join(folder, 'demandes.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const entryOfThiers = cases[1]!;

describe('desk route --json', () => {
  test('prints the example projects as expected, alone on standard output', () => {
    const { status, stdout, stderr } = run(['route', casesFile, '--json']);
    expect([status, stderr]).toEqual([0, '']);
    const rows: Record<string, unknown>[] = JSON.parse(stdout);
    expect(rows.map((row) => [row['id'], row['outcome'], row['main']])).toEqual(
      cases.map((one) => [one.id, one.outcome, one.expectedPrimary]),
    );
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['id', 'outcome', 'main', 'associated', 'reasons']);
      expect(row['reasons']).not.toEqual([]);
    }
  });

  test('takes a single request, and standard input', () => {
    const { status, stdout } = run(['route', '-', '--json'], JSON.stringify(cases[1]));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: 'C02', outcome: 'orientation', main: 'ti-tiltam' }]);
  });

  test('takes an empty list', () => {
    expect(run(['route', fileOf([]), '--json'])).toMatchObject({ status: 0, stdout: '[]\n' });
  });
});

test('desk route prints a table for people', () => {
  const { status, stdout } = run(['route', casesFile]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Nº {3}Demande +Décision +Partenaire\nC01 {2}Capteur.*Orientation +Université/);
  expect(stdout).toMatch(/C14 .*Écarté +—/);
});

describe('desk route refuses, in one sentence', () => {
  const entry = cases[1]!;
  const table: [string, () => string, RegExp][] = [
    ['a file that is not there', () => 'absent.json', /absent\.json : ce fichier n’existe pas/],
    ['what is not JSON', () => fileOf('{'), /demandes\.json : ce fichier n’est pas du JSON/],
    [
      'an unknown need',
      () => fileOf([{ ...entry, needs: ['tricot'] }]),
      /demandes\.json, demande C02, champ needs\[0\] : .*tricot/,
    ],
    ['an unknown stage', () => fileOf([{ ...entry, stage: 'retraite' }]), /demande C02, champ stage : .*retraite/],
    ['a commune in plain text', () => fileOf([{ ...entry, commune: 'Thiers' }]), /demande C02, champ commune :/],
    [
      'a commune without its code',
      () => fileOf([{ ...entry, commune: { nom: 'Thiers' } }]),
      /champ commune\.codeInsee :/,
    ],
    ['needs that are no list', () => fileOf({ ...entry, needs: 'eau' }), /champ needs :/],
    ['a headcount in words', () => fileOf({ ...entry, headcount: 'douze' }), /champ headcount :/],
    [
      'an unknown commune',
      () => fileOf([{ ...entry, commune: { codeInsee: '99999' } }]),
      /demande C02, champ commune\.codeInsee : .*99999/,
    ],
    ['a request that is no object', () => fileOf([3]), /demande nº 1, champ id :/],
  ];
  test.each(table)('%s', (_, file, message) => {
    const { status, stdout, stderr } = run(['route', file(), '--json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('desk route says all that is wrong, one line a problem', () => {
  const entries = [{ needs: ['eau', 'tricot'] }, { id: 'b', stage: 'zz', commune: { codeInsee: '99999' } }];
  const { status, stderr } = run(['route', fileOf(entries)]);
  const paths = stderr
    .trim()
    .split('\n')
    .map((line) => /demande (.*?), champ (.*?) :/.exec(line)?.slice(1));
  expect([status, paths]).toEqual([
    2,
    [
      ['nº 1', 'needs[0]'],
      ['nº 1', 'needs[1]'],
      ['b', 'stage'],
      ['b', 'commune.codeInsee'],
    ],
  ]);
});

test('desk route takes a request without most of its fields', () => {
  const { status, stdout } = run(['route', fileOf([{}, { title: 'Sans nom' }, { id: 'c', needs: [] }]), '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    { id: '1', outcome: 'a-qualifier', main: null },
    { id: '2', outcome: 'a-qualifier' },
    { id: 'c', outcome: 'a-qualifier' },
  ]);
});

test('desk route --trace gives all that the decision rests on', () => {
  const [row] = JSON.parse(run(['route', fileOf([entryOfThiers]), '--json', '--trace']).stdout);
  expect(row).toMatchObject({ id: 'C02', rulesetVersion: '2026-11', tieBreak: null });
  expect(row.trace.length).toBeGreaterThan(10);
  expect(row.others.length).toBeGreaterThan(2);
  expect(run(['route', fileOf([entryOfThiers]), '--trace']).stdout).toMatch(/- oui, .*ti-tiltam/);
});

describe('desk', () => {
  test('lists its commands', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('route FICHIER [--ruleset N] [--json]');
  });

  test.each([
    [[]],
    [['frobnicate']],
    [['route']],
    [['route', 'a', 'b']],
    [['route', 'a', '--xml']],
    [['route', 'a', '--ruleset', 'x']],
    [['constructor']],
  ])('%j: says how it is used', (args) => {
    const { status, stdout, stderr } = run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('route FICHIER');
  });
});
