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
  pino.destination(2),
);
