import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** As the runner starts them, which then goes away: these processes hold a timer. */
const heldByTimer = async (): Promise<number | null> => {
  const file = path.join(__dirname, 'support/testProcess.mjs');
  const program = `await import(${JSON.stringify(file)}); setInterval(() => {}, 1000); process.send('up');`;
  const child = fork('-', {
    execArgv: ['--input-type=module', '--eval', program],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  child.disconnect();
  const late = setTimeout(() => child.kill(), 10_000);
  const [code] = await once(child, 'exit');
  clearTimeout(late);
  return code;
};

test('a process of the tests ends with the runner, whatever a test left open', async () => {
  expect(await heldByTimer()).toBe(0);
});
