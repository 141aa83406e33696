import type { Router } from 'express';
import type { Permission } from '../../src/domain/referrals/access.js';

/** One address of the desk and how it is asked for; `permission`: what it demands, null when it does not say. */
export interface StaffRoute {
  method: 'get' | 'post';
  path: string;
  permission: Permission | null;
}

interface Layer {
  handle: { need?: { permission?: Permission }; stack?: Layer[] };
  route?: { path: string; methods: Record<string, boolean>; stack: Layer[] };
}

const routesOf = (layers: Layer[]): StaffRoute[] =>
  layers.flatMap(({ route, handle }) => {
    if (!route) return routesOf(handle.stack ?? []);
    const permission = route.stack.map((layer) => layer.handle.need?.permission).find((one) => one !== undefined) ?? null;
    return (['get', 'post'] as const)
      .filter((method) => route.methods[method])
      .map((method) => ({ method, path: route.path, permission }));
  });

/** Every route of a router and of those mounted in it, as Express holds them: none can be forgotten. */
export const staffRoutes = (router: Router): StaffRoute[] => routesOf(router.stack as unknown as Layer[]);
