import { readFileSync } from 'node:fs';
import { listSettings } from '../../src/settings.js';
import { runDesk } from '../support/runDesk.js';

it('writes every setting with its meaning: the example file is what it wrote', async () => {
  const { status, stdout } = await runDesk(['config'], {});
  expect(status).toBe(0);
  expect(stdout).toBe(readFileSync('.env.example', 'utf8'));
});

it('tells what each setting is for', () => {
  for (const { name, says } of listSettings()) expect(`${name}: ${says}`).toMatch(/^[A-Z_]+: \S.{10}/);
  expect(listSettings().map(({ name }) => name)).toContain('SESSION_SECRETS');
});

it('takes nothing', async () => {
  expect((await runDesk(['config', 'PORT'], {})).status).toBe(2);
});
