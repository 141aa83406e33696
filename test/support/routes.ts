import type { Express, RequestHandler } from 'express';
import type { Need } from '../../src/web/middleware/routeNeeds.js';

/** One address of the application and how it is asked for. `use`: whatever begins with it. */
export interface Route {
  method: string;
  path: string;
  /** What each guard asks for, in order: one, when all is well. */
  needs: Need[];
  /** The handlers that come before the first guard. */
  before: RequestHandler[];
}

type Handle = RequestHandler & { need?: Need; stack?: Layer[] };
interface Layer {
  handle: Handle;
  rawPath: string;
  route?: { path: string; methods: Record<string, boolean>; stack: { handle: Handle }[] };
}

const declared = (handles: Handle[]): Pick<Route, 'needs' | 'before'> => {
  const first = handles.findIndex(({ need }) => need);
  return {
    needs: handles.flatMap(({ need }) => (need ? [need] : [])),
    before: handles.slice(0, first < 0 ? handles.length : first),
  };
};

/** Layers mounted under one address, one after the other, are one door: `router.use('/files', guard, handler)`. */
const doorsOf = (layers: Layer[]): Route[] => {
  const paths = [...new Set(layers.filter(({ rawPath }) => rawPath !== '/').map(({ rawPath }) => rawPath))];
  return paths.map((path) => ({
    method: 'use',
    path,
    ...declared(layers.filter(({ rawPath }) => rawPath === path).map(({ handle }) => handle)),
  }));
};

const routesOf = (layers: Layer[]): Route[] => {
  const plain = layers.filter(({ route, handle }) => !route && !handle.stack);
  const inside = layers.flatMap(({ route, handle }): Route[] => {
    if (!route) return routesOf(handle.stack ?? []);
    const { path, methods, stack } = route;
    return Object.keys(methods).map((method) => ({ method, path, ...declared(stack.map((layer) => layer.handle)) }));
  });
  return [...inside, ...doorsOf(plain)];
};

const stackOf = (app: Express): Layer[] => app.router.stack as unknown as Layer[];

/** Every route of the application, from its own router: none can be forgotten. */
export const routesOfApp = (app: Express): Route[] => routesOf(stackOf(app));

/** What stands on the way of every request inside a router, beside its routes. */
export const throughRouters = (app: Express): RequestHandler[] => {
  const inside = (layers: Layer[]): Layer[] =>
    layers.flatMap((layer) => (layer.handle.stack && !layer.route ? inside(layer.handle.stack) : [layer]));
  const top = stackOf(app);
  return inside(top)
    .filter((layer) => !top.includes(layer) && !layer.route && layer.rawPath === '/')
    .map(({ handle }) => handle);
};

/** What a route asks for, in a word. */
export const inAWord = (need: Need | undefined): string => {
  if (!need) return 'nothing is said';
  if (need.who === 'staff') return need.permission;
  if (need.who === 'holder of a link') return `link: ${need.purpose}`;
  return need.who === 'program' ? `program: ${need.named}` : need.who;
};
