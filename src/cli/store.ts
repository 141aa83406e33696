import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { serveStore } from '../embedded/store/serve.js';
import { BadUsage, type Command } from './command.js';

/**
 * `desk store [--port N] [--data DOSSIER]`: serves the embedded store alone, until SIGTERM or SIGINT, for a look into it
 * with mongosh or another client. Prints its address when it answers. Errors: BadSettings when another process serves the
 * same directory.
 */
export const store: Command = async (args, desk) => {
  const { port, dataDir } = readArguments(args);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const serving = await serveStore({ dataDir: dataDir ?? desk.settings().dataDir, port, onDiskFailure: fail });
  desk.print(serving.uri);
  await Promise.race([asked, failed]).finally(() => serving.stop());
};

function readArguments(args: string[]): { port: number; dataDir: string | undefined } {
  const options = { port: { type: 'string', default: '0' }, data: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args, options });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new BadUsage(`le port ${values.port} n’en est pas un`);
    return { port, dataDir: values.data };
  } catch (error) {
    throw error instanceof BadUsage ? error : new BadUsage((error as Error).message);
  }
}
