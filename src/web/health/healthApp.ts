import express, { type Express } from 'express';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { anybody } from '../middleware/routeNeeds.js';
import { livez } from './livez.js';
import { metrics } from './metrics.js';
import { readyz } from './readyz.js';

/** What a process without pages serves to whoever watches over it: the worker, on WORKER_PORT. */
export const healthApp = (
  services: Pick<Services, 'counts' | 'readMeters' | 'readiness'>,
  config: Parameters<typeof metrics>[1],
): Express => {
  const app = express();
  app.disable('x-powered-by');
  const watched = metrics(services, config);
  app.use(watched.count);
  app.get(paths.livez(), anybody, livez);
  app.get(paths.readyz(), anybody, readyz(services));
  app.get(paths.metrics(), watched.guard, watched.show);
  app.use((_req, res) => void res.status(404).type('text').send('Not found\n'));
  return app;
};
