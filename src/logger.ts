import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';

const asking = new AsyncLocalStorage<string>();

/** Does what a request asks: each line that is logged meanwhile names it, and so does each job that is queued. */
export const forRequest = <Done>(id: string, act: () => Done): Done => asking.run(id, act);

/** The request that is being answered, or whose job is being done; undefined: none is. */
export const requestId = (): string | undefined => asking.getStore();

/** Beyond that, a message quotes what it choked on: a key of the store, a value that cannot be cast, an address. */
const QUOTED = /(?:["'`«{[]|\S+@).*/s;

/** What a fault says without what it quotes; where it happened says the rest. */
const withoutValues = (message: string): string => message.replace(QUOTED, '…');

/**
 * A fault as the log tells it: kind, code and place. Drivers hang the very records on their errors: none of that is written. In:
 * an error, or what pino has made of one.
 */
export const faultOnly = (error: unknown): object => {
  const { type, name, message, stack, code, status } = (error ?? {}) as Record<string, unknown>;
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return {
    type: type ?? name ?? typeof error,
    message: typeof message === 'string' ? withoutValues(message) : '',
    stack: frames.join('\n'),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
  };
};

/** Bytes that are written before the turn ends. */
const MANY = 8 * 1024;
const errorOutput = pino.destination({ dest: 2, minLength: MANY, sync: true });
let isToWrite = false;
const writeAll = (): void => {
  isToWrite = false;
  errorOutput.flush();
};
process.on('exit', () => errorOutput.flushSync());

/** Lines of one turn of the event loop are written at once: each write holds up the process, and there is a line a request. */
const gathered = {
  write(line: string): void {
    errorOutput.write(line);
    if (isToWrite) return;
    isToWrite = true;
    setImmediate(writeAll);
  },
  flushSync: () => errorOutput.flushSync(),
};

/**
 * Starts at level info; an entry (server, worker, standalone) sets `logger.level` from the settings.
 * One structured line per fact, on standard error: standard output belongs to commands that print JSON.
 * Personal data never goes into a log: ids and codes only.
 */
export const logger = pino(
  {
    level: 'info',
    base: null,
    mixin: () => {
      const request = requestId();
      return request === undefined ? {} : { request };
    },
    redact: ['email', 'phone', 'name', 'to', '*.email', '*.phone'],
    serializers: { err: faultOnly },
  },
  gathered,
);
