import pino from 'pino';

/**
 * Starts at level info; an entry (server, worker, standalone) sets `logger.level` from the settings.
 * One structured line per fact, on standard error: standard output belongs to commands that print JSON.
 * Personal data never goes into a log: ids and codes only.
 */
export const logger = pino(
  { level: 'info', base: null, redact: ['email', 'phone', 'name', 'to', '*.email', '*.phone'] },
  pino.destination(2),
);
