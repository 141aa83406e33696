import { readTracing } from './config.js';

type Tracing = typeof import('./tracing/startTracing.js');

const settings = readTracing();

/**
 * Now, and not by an import: before express, mongodb and http are loaded, which it changes; and not at all when no traces are
 * asked for. Hence the first import of each entry (server, worker, standalone).
 */
const start = (): ReturnType<Tracing['startTracing']> | null => {
  if (!settings) return null;
  const { startTracing }: Tracing = require('./tracing/startTracing.js');
  return startTracing(settings);
};
const tracing = start();

/** Sends the last spans, for two seconds at most. Never fails. */
export const endTracing = async (): Promise<void> => tracing?.end();
