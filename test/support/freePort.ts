import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below those that systems give to connections that go out: what asks for one of ours a moment later finds it free. Each worker of the
 * tests has its own, and gives none twice before all were given.
 */
const FIRST = 10_500;
const OWN = 2500;
const first = FIRST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 8) * OWN;
let given = Math.floor(Math.random() * OWN);

/** A port on the loopback that is free now. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    given = (given + 1) % OWN;
    const port = first + given;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
};
