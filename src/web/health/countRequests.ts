import type { Request, RequestHandler } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import { paths } from '../../paths.js';

/** The ways to ask that the application knows; programs try others. */
const METHODS = ['GET', 'HEAD', 'POST'];

/** In seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Five of us wait for the end of an answer, and a file that is streamed adds six: no leak, whatever Node thinks of eleven. */
const LISTENERS = 20;

/** Doors behind which another application answers, with addresses of its own. */
const DOORS = [paths.queues()];

/**
 * "/suivi/:token": the pattern of the route that answers, never the address, which may hold a secret or an id. 'none' for
 * files, for addresses that nobody knows, and for what was refused before any route.
 */
const routeOf = ({ route, baseUrl }: Request): string => {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  if (baseUrl) return DOORS.includes(baseUrl) ? baseUrl : 'none';
  return typeof path === 'string' ? path : 'none';
};

/** Counts each request and its time. First of all on the way of a request, so that nothing is answered before. */
export const countRequests = (registry: Registry): RequestHandler => {
  const registers = [registry];
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by pattern of the route; status "aborted": nobody waited for the answer',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  });
  return (req, res, next) => {
    const begun = performance.now();
    res.setMaxListeners(LISTENERS);
    res.once('close', () => {
      const method = METHODS.includes(req.method) ? req.method : 'other';
      const route = routeOf(req);
      requests.inc({ method, route, status: res.writableFinished ? String(res.statusCode) : 'aborted' });
      seconds.observe({ method, route }, (performance.now() - begun) / 1000);
    });
    next();
  };
};
