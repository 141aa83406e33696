import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveStore } from '../../src/embedded/store/serve.js';
import { runDesk } from '../support/runDesk.js';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('desk demo', () => {
  const embeddedHere = { DATA_DIR: path.join(folder, 'data') };

  test('loads a demonstration in the embedded store, and takes it away', async () => {
    const loaded = await runDesk(['demo', 'load'], embeddedHere);
    expect([loaded.status, loaded.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    expect(loaded.stdout).toContain('Démonstration chargée : 380 projets.');
    expect(loaded.stdout).toMatch(/pilotage1@example\.org +\S{4}-\S{4}-\S{4}/);
    const removed = await runDesk(['demo', 'remove'], embeddedHere);
    expect(removed.stdout.trim()).toBe('Démonstration retirée : 380 projets et 33 comptes.');
    const again = await runDesk(['demo', 'remove'], embeddedHere);
    expect(again.stdout.trim()).toBe('Il n’y avait rien de la démonstration.');
  });

  test.each([
    ['a store of its own', { MONGODB_URL: 'mongodb://127.0.0.1:9/porte' }],
    ['production', { NODE_ENV: 'production', DATA_DIR: path.join(folder, 'data') }],
  ])('is not loaded in %s', async (_where, env) => {
    const { status, stderr } = await runDesk(['demo', 'load'], env);
    expect([status, stderr]).toEqual([2, expect.stringContaining('hors production')]);
  });

  test('works on the store that runs on DATA_DIR, and leaves it running', async () => {
    const dataDir = path.join(folder, 'running');
    const running = await serveStore({ dataDir });
    const { status, stdout } = await runDesk(['demo', 'remove'], { DATA_DIR: dataDir });
    expect([status, stdout.trim()]).toEqual([0, 'Il n’y avait rien de la démonstration.']);
    await running.stop();
  });

  test('says when the store does not answer', async () => {
    const { status, stderr } = await runDesk(['demo', 'remove'], { MONGODB_URL: 'mongodb://127.0.0.1:9/porte' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('La base de données ne répond pas')]);
  });

  test('says what it knows', async () => {
    const { status, stderr } = await runDesk(['demo', 'party'], embeddedHere);
    expect([status, stderr]).toEqual([2, expect.stringContaining('choisissez remove ou load')]);
  });
});
