import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Store } from '../../src/data/store.js';
import { DEFAULT_RULESET } from '../support/defaultRules.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';
import { aProject } from '../support/stories.js';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-rules-'));
let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openMigrated(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => runDesk(args, { MONGODB_URL: embedded.uri });
const fileOf = (content: unknown): string => {
  const file = path.join(folder, 'regles.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const imported = { ...DEFAULT_RULESET, settings: { ...DEFAULT_RULESET.settings, maxAssociated: 2 } };

test('rules are written out, taken in as the draft, and written out again', async () => {
  expect(JSON.parse((await run('rules', 'export')).stdout)).toEqual(DEFAULT_RULESET);
  expect(await run('rules', 'import', fileOf(imported))).toMatchObject({ status: 0, stderr: '' });
  const again = JSON.parse((await run('rules', 'export', 'draft')).stdout);
  expect(again).toEqual({ ...imported, version: 'brouillon' });
  expect(JSON.parse((await run('rules', 'export', 'active')).stdout)).toEqual(DEFAULT_RULESET);
});

test('rules that cannot be used are refused, one line a fault', async () => {
  const [rule] = DEFAULT_RULESET.rules;
  const wrong = [
    { ...rule, to: { partner: 'personne' } },
    { ...rule, id: 'autre', to: { partner: 'nulle-part' } },
  ];
  const { status, stdout, stderr } = await run('rules', 'import', fileOf({ ...DEFAULT_RULESET, rules: wrong }));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/, to\.partner : .*personne/),
    expect.stringMatching(/^autre, to\.partner : .*nulle-part/),
  ]);
});

test('rules are checked, beside the example projects', async () => {
  await run('rules', 'import', fileOf(imported));
  expect(await run('rules', 'check')).toMatchObject({ status: 0, stdout: expect.stringContaining('Brouillon :') });
  const careful = { ...DEFAULT_RULESET, settings: { ...DEFAULT_RULESET.settings, triageBelow: 1 } };
  await run('rules', 'import', fileOf(careful));
  const { status, stdout, stderr } = await run('rules', 'check', 'draft');
  expect([status, stderr]).toEqual([2, expect.stringContaining('ne peuvent pas être publiées')]);
  expect(stdout).toMatch(/À corriger : l’exemple C\d\d/);
});

test('the draft is replayed on past projects, with the progress apart', async () => {
  const at = new Date('2026-03-02T10:00:00+01:00');
  await store.projects.insertAll([aProject({ id: 'p1', reference: 'r1', submittedAt: at })]);
  const { status, stdout, stderr } = await run('replay', '--from', '2026-03-02', '--to', '2026-03-02', '--json');
  expect([status, stderr.trim()]).toEqual([0, '1 projets sur 1']);
  expect(JSON.parse(stdout)).toMatchObject({ total: 1, matrix: [{ count: 1 }] });
  const table = await run('replay', '--from', '2026-03-01', '--to', '2026-03-31', '--ruleset', '1');
  expect(table.stdout).toContain('Projets rejoués : 1. Iraient ailleurs : 0.');
  const none = await run('replay', '--from', '2025-03-01', '--to', '2025-03-31');
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('Aucun projet')]);
});

test('a file is routed by a version of the store', async () => {
  const file = fileOf([{ id: 'a', needs: ['water'], commune: { codeInsee: '63430' } }]);
  const [row] = JSON.parse((await run('route', file, '--ruleset', '1', '--json')).stdout);
  expect(row).toMatchObject({ id: 'a', outcome: 'orientation' });
  const none = await run('route', file, '--ruleset', '7');
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('La version 7 des règles n’existe pas')]);
});

test.each([
  ['rules'],
  ['rules', 'burn'],
  ['rules', 'export', 'zero'],
  ['rules', 'import'],
  ['replay', '--from', '2026-01-01'],
  ['replay', '--from', '2026-02-31', '--to', '2026-03-01'],
  ['replay', '--from', '2026-03-01', '--to', '2026-01-01'],
])('desk %s %s %s says how it is used', async (...args) => {
  const { status, stdout, stderr } = await run(...args.filter((arg) => arg !== undefined));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage :');
});
