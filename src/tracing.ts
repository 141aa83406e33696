import { readTracing } from './config.js';

type StartTracing = typeof import('./tracing/startTracing.js').startTracing;

const settings = readTracing();

// Now, and not by an import: before express, mongodb and http are loaded, which it changes; and not at all when no traces are
// asked for. Hence the first import of each entry (server, worker, standalone).
const tracing =
  settings && (require('./tracing/startTracing.js') as { startTracing: StartTracing }).startTracing(settings);

/** Sends the last spans, for two seconds at most. Never fails. */
export const endTracing = async (): Promise<void> => tracing?.end();
