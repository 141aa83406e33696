import type { RequestHandler } from 'express';
import { createApp } from '../../src/app.js';
import { paths } from '../../src/paths.js';
import { textNotSent } from '../../src/web/advisor/textNotSent.js';
import { entryChannel } from '../../src/web/middleware/entryChannel.js';
import { neverCached, onlyForBack } from '../../src/web/middleware/neverCached.js';
import { inAWord, type Route, routesOfApp, throughRouters } from '../support/routes.js';
import { type Desk, startDesk } from '../support/startDesk.js';

/** They answer nobody: they may stand before a guard, or without one. */
const PASSING: RequestHandler[] = [neverCached, onlyForBack, entryChannel, textNotSent];

let desk: Desk;
let routes: Route[];
beforeAll(async () => {
  desk = await startDesk({ settings: { INBOUND_SECRET: 'a secret for mail servers, long enough' } });
  routes = routesOfApp(desk.app);
});
afterAll(() => desk.stop());

const answers = ({ needs, before }: Route): boolean =>
  needs.length > 0 || !before.every((one) => PASSING.includes(one));
const named = ({ method, path, needs }: Route): string => `${method} ${path}: ${needs.map(inAWord).join(', ')}`;

describe('every route of the application', () => {
  it('says what it asks for, once, before anything else answers', () => {
    expect(routes.filter(answers).length).toBeGreaterThan(150);
    const silent = routes.filter(answers).filter(({ needs, before }) => {
      return needs.length !== 1 || !before.every((one) => PASSING.includes(one));
    });
    expect(silent.map(named)).toEqual([]);
  });

  it('is asked for by GET or POST, and nothing else passes through the routers', () => {
    expect(routes.filter(({ method }) => !['get', 'post', 'use'].includes(method)).map(named)).toEqual([]);
    expect(routes.filter(({ method, needs }) => method === 'use' && needs.length > 0).map(named)).toEqual([
      `use ${paths.queues()}: seeQueues`,
    ]);
    expect(throughRouters(desk.app).filter((one) => !PASSING.includes(one))).toEqual([]);
  });

  it('has its address in paths.ts, and each address there has a route', () => {
    const plain = (address: string): string => address.replace(/\?.*$/, '').replace(/:\w+/g, ':');
    const known = new Set(
      Object.values(paths)
        .flatMap((path) => {
          const made = path as (...given: (string | undefined)[]) => string;
          return [made(...Array<string>(made.length).fill(':some')), ...(made.length === 1 ? [made(undefined)] : [])];
        })
        .filter((address) => !address.includes('undefined'))
        .map(plain),
    );
    const routed = new Set(routes.filter(answers).map(({ path }) => plain(path)));
    expect([...routed].filter((path) => !known.has(path))).toEqual([]);
    expect([...known].filter((path) => !routed.has(path))).toEqual([]);
  });

  it('changes nothing without the token of a form, but for two that come from programs', () => {
    const ofPrograms = routes.filter(({ needs }) => needs[0]?.who === 'program');
    expect(ofPrograms.map(named)).toEqual([
      'post /webhooks/inbound: program: inbound webhook',
      'post /desabonnement/:token: program: one-click unsubscribe',
    ]);
  });

  it('is found missing when it says nothing', () => {
    const app = createApp(desk.services, desk.sessions, desk.config);
    app.get('/forgotten', (_req, res) => void res.send('open to all'));
    app.use('/also-forgotten', neverCached, (_req, res) => void res.send('open to all'));
    const silent = routesOfApp(app)
      .filter(answers)
      .filter(({ needs }) => needs.length !== 1);
    expect(silent.map(named)).toEqual(['get /forgotten: ', 'use /also-forgotten: ']);
  });
});
