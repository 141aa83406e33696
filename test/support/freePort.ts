import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to connections that go out: what asks for one of ours a moment later finds it free. */
const FIRST = 20_000;
const COUNT = 12_000;

/** A port on the loopback that is free now. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
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
