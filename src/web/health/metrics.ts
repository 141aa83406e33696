import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Services } from '../../services.js';
import type { Guard } from '../middleware/routeNeeds.js';
import { countRequests } from './countRequests.js';
import { deskMeters } from './deskMeters.js';
import { watcher } from './watcher.js';

let ofProcess: Registry | null = null;

/** Memory, processor time, event loop lag: of the process, hence once in it, however many applications it holds. */
const processMeters = (): Registry => {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
};

/**
 * GET /metrics, for Prometheus: this process, its requests, and how the desk stands. `count` goes first on the way of a
 * request, `show` answers whom `guard` lets in. No id, no address and nobody's name is in it.
 */
export const metrics = (
  services: Pick<Services, 'counts' | 'readMeters'>,
  { metricsToken, trustProxy }: { metricsToken: string | null; trustProxy: number },
): { count: RequestHandler; guard: Guard; show: RequestHandler } => {
  const own = new Registry();
  processMeters();
  return {
    count: countRequests(own),
    guard: watcher(metricsToken, trustProxy > 0),
    async show(_req, res) {
      const parts = await Promise.all([processMeters().metrics(), own.metrics(), deskMeters(services)]);
      res.set({ 'Content-Type': own.contentType, 'Cache-Control': 'no-store' }).send(parts.join('\n'));
    },
  };
};
