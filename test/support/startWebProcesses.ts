import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Services } from '../../src/services.js';

/** Why a use case refused; 500 is a fault of ours. */
export interface Failed {
  status: number;
  message: string;
  stack: string;
}
type Answer<Done> = { done: Done } | { failed: Failed };

/** The use cases that give a promise: what may be asked of another process. */
type Asked = {
  [Name in keyof Services as Services[Name] extends (...args: never[]) => Promise<unknown>
    ? Name
    : never]: Services[Name];
};

/** No Redis and no mail server: e-mails wait in the store. */
const NOBODY = '127.0.0.1:9';

const ask = (child: ChildProcess) => {
  const waiting = new Map<number, (answer: never) => void>();
  let asked = 0;
  child.on('message', (message: { id: number }) => {
    waiting.get(message.id)?.(message as never);
    waiting.delete(message.id);
  });
  return <Name extends keyof Asked>(name: Name, ...args: Parameters<Asked[Name]>) =>
    new Promise<Answer<Awaited<ReturnType<Asked[Name]>>>>((answer) => {
      asked += 1;
      waiting.set(asked, answer);
      child.send({ id: asked, name, args });
    });
};
export type Ask = ReturnType<typeof ask>;

/** So many web processes on one store, each with its own connection, memory and clock. Needs the build, as `npm test` has. */
export const startWebProcesses = async (count: number, storeUri: string) => {
  const env = {
    ...process.env,
    NODE_ENV: '',
    MONGODB_URL: storeUri,
    REDIS_URL: `redis://${NOBODY}`,
    SMTP_URL: `smtp://${NOBODY}`,
    SESSION_SECRETS: 'a secret for tests only and long enough',
  };
  const script = path.join(__dirname, 'webProcess.mjs');
  const children = Array.from({ length: count }, () => fork(script, { env, serialization: 'advanced' }));
  await Promise.all(children.map((child) => once(child, 'message')));
  return {
    asks: children.map(ask),
    async stop(): Promise<void> {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ended);
    },
  };
};
