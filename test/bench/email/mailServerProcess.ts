import { startMailServer } from '../../support/followUp/mailServer.js';

/** A mail server in a process of its own. Says its address, then, when told to wait for so many messages, when they are there. */
async function main(): Promise<void> {
  const server = await startMailServer();
  let counted = 0;
  process.on('message', (awaited: number) => {
    const look = setInterval(() => {
      if (server.accepted().length < counted + awaited) return;
      clearInterval(look);
      counted = server.accepted().length;
      process.send?.({ at: Date.now(), accepted: new Set(server.accepted().map(({ messageId }) => messageId)).size });
    }, 5);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(server.url);
}

void main();
