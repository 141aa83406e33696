import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { runDesk } from '../support/runDesk.js';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DESK = path.join(__dirname, '../../dist/src/cli/desk.js');

async function start() {
  const child = spawn(process.execPath, [DESK, 'store', '--data', folder], { env: { PATH: process.env['PATH'] } });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, uri: String(said).trim() };
}

test('desk store serves a directory alone until SIGTERM, and keeps what it was given', async () => {
  for (const before of [0, 1]) {
    const { child, uri } = await start();
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/porte\?replicaSet=porte$/);
    const client = await MongoClient.connect(uri);
    expect(await client.db().collection('kept').countDocuments()).toBe(before);
    await client.db().collection('kept').insertOne({});
    await client.close();
    const second = await runDesk(['store', '--data', folder], {});
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('already serves')]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }
});

test('desk store says what it does not understand', async () => {
  const { status, stderr } = await runDesk(['store', '--port', 'many'], {});
  expect([status, stderr]).toEqual([2, expect.stringContaining('le port many')]);
});
