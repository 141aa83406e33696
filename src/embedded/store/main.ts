import { parseArgs } from 'node:util';
import { BadSettings } from '../../errors.js';
import { logger } from '../../logger.js';
import { type Serving, serveStore } from './serve.js';

/**
 * The embedded store as a process: `node main.js --data-dir DIR [--port N]`. Tells a parent that forked it when it is
 * ready ({ ready: true, uri }), and leaves with it; otherwise leaves on SIGTERM or SIGINT.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' }, port: { type: 'string', default: '0' } } });
  const dataDir = values['data-dir'];
  if (dataDir === undefined) throw new BadSettings('The store needs --data-dir DIR.');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new BadSettings(`The port ${values.port} is none.`);
  // Asked to leave while the documents are still being read: leave as soon as they are.
  let serving: Serving | null = null;
  let leaving = false;
  const leave = () => {
    leaving = true;
    if (serving !== null) void stopAndExit(serving);
  };
  process.once('SIGTERM', leave);
  // Ctrl+C in a terminal reaches parent and child alike: the parent stops its child when it no longer needs it.
  process.on('SIGINT', process.connected ? () => undefined : leave);
  process.once('disconnect', leave);
  serving = await serveStore({ dataDir, port, onDiskFailure: endAtOnce });
  if (leaving) await stopAndExit(serving);
  logger.debug({ uri: serving.uri }, 'embedded store: ready');
  process.send?.({ ready: true, uri: serving.uri });
}

/**
 * As a loss of power would, once the log has it. `process.exit` waits for the thread in which LMDB writes, which waits for this
 * one when another change had begun: neither would ever end.
 */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function stopAndExit(serving: Serving): Promise<void> {
  await serving.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  const message = error instanceof BadSettings ? error.message : `The store cannot start: ${(error as Error).message}`;
  process.stderr.write(`${message}\n`, () => process.exit(1));
});
