import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startTestStore } from '../support/startStore.js';
import { readCases, reasonToSkip } from './unified/format.js';
import { runCase } from './unified/runCase.js';

/**
 * Our own cases in MongoDB's unified test format. MongoDB's own are run by hand against `npm run desk -- store`:
 * `npx tsc -p test/embedded/unified && node dist/unified/test/embedded/unified/run.js FOLDER mongodb://127.0.0.1:PORT`.
 */
let store: Awaited<ReturnType<typeof startTestStore>>;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

const FOLDER = path.join(__dirname, 'unified/cases');

describe.each(readdirSync(FOLDER))('%s', (name) => {
  const file = readCases(path.join(FOLDER, name));
  test.each(file.tests.map((one) => [one.description, one] as const))('%s', async (_description, one) => {
    expect(reasonToSkip(file, one)).toBeNull();
    await runCase(store.uri, file, one);
  });
});
