import { readFileSync } from 'node:fs';
import { createApp } from '../../src/app.js';
import { readConfig, requireAddresses } from '../../src/config.js';
import { logger } from '../../src/logger.js';
import { openServices } from '../../src/services.js';
import { fullSize } from '../support/fullSize.js';
import { type Jar, KIND_COUNT, oddRequest } from '../support/malformed/oddRequests.js';
import { type Outcome, rawExchange } from '../support/malformed/rawExchange.js';
import { type Route, routesOfApp } from '../support/routes.js';
import { addStaff, PASSWORD, type StaffName } from '../support/staff.js';
import type { Desk } from '../support/startDesk.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';

/** Requests that no browser sends, at the web process as it is deployed, over bare sockets, at every route, signed in and not. */
const COUNT = fullSize ? 50_000 : 1500;
/** Connections at the same time: far below what makes the desk refuse requests. */
const AT_ONCE = 16;
/** By which memory may grow from the middle to the end, in MB: garbage that is not yet collected. A leak of 3 KB a request is more. */
const GROWTH = fullSize ? 60 : 100;

let processes: Processes;
let port: number;
let routes: Route[];
let jars: Jar[];
const level = logger.level;

/** A page's form token and the cookies that go with it. */
const openPage = async (path: string, cookie = ''): Promise<Jar> => {
  const answer = await fetch(`${processes.base}${path}`, { headers: { cookie } });
  const given = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const kept = cookie
    .split('; ')
    .filter((pair) => pair && !given.some((one) => one.startsWith(`${pair.split('=')[0]}=`)));
  const token = /name="_csrf" value="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
  return { cookie: [...kept, ...given].join('; '), token };
};

const signIn = async (who: StaffName): Promise<Jar> => {
  const { cookie, token } = await openPage('/connexion');
  const answer = await fetch(`${processes.base}/connexion`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ _csrf: token, email: `${who}@example.org`, password: PASSWORD }),
  });
  const given = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return openPage(
    '/compte',
    [...cookie.split('; ').filter((pair) => !/^(visiteur|jeton)=/.test(pair)), ...given].join('; '),
  );
};

beforeAll(async () => {
  logger.level = 'silent';
  const settings = { TRUST_PROXY: '1', INBOUND_SECRET: 'a secret for mail servers, long enough', LOG_LEVEL: 'silent' };
  processes = await startProcesses({ ...settings, NODE_ENV: 'test' });
  await processes.startWeb();
  port = Number(new URL(processes.base).port);
  const config = requireAddresses(readConfig(processes.env));
  const opened = await openServices(config);
  await addStaff(opened as unknown as Desk);
  routes = routesOfApp(createApp(opened.services, opened.sessions, config));
  await opened.close();
  jars = [{ cookie: '', token: '' }, await openPage('/projet/besoins')];
  for (const who of ['anne', 'lea', 'marie', 'admin'] as const) jars.push(await signIn(who));
});
afterAll(async () => {
  logger.level = level;
  await processes.stop();
});

const memory = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${processes.pidOf('web')}/status`, 'utf8'))?.[1]) / 1024;
/** States of a connection, as the kernel writes them, in which the server no longer holds it. */
const GONE = ['06', '07', '0A'];
/** Connections to the web process that it has not let go of. */
const connections = (): number =>
  ['tcp', 'tcp6']
    .flatMap((kind) => readFileSync(`/proc/net/${kind}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, local = '', , state = '']) =>
        Number.parseInt(local.split(':')[1] ?? '', 16) === port && !GONE.includes(state),
    ).length;

/** Sends those of these numbers, so many at the same time; tells what came of each. */
const sendAll = async (from: number, to: number, tell: (name: string, outcome: Outcome) => void): Promise<void> => {
  let number = from;
  const one = async (): Promise<void> => {
    while (number < to) {
      const attack = oddRequest(number, routes, jars);
      number += 1;
      tell(attack.name, await rawExchange(port, attack));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
};

it('answers, or closes, whatever is sent: no fault of its own, no trace of how it is made, no leak', async () => {
  expect(jars.slice(1).every(({ token }) => token)).toBe(true);
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const tell = (name: string, { statuses: answered, hung, text }: Outcome): void => {
    for (const status of answered) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    // "Come back later" is meant, where the store or this process waits for the processor; few may be told so.
    const isMeant = /\r\nretry-after: \d/i.test(text);
    const isFault = hung || answered.some((status) => status >= 500 && !(status === 503 && isMeant));
    if (isFault) faults.push(`${name}: ${hung ? 'neither answered nor closed' : answered.join(' ')}`);
    if (/node_modules|\bat \S+ \(|node:internal|\/src\/\w/.test(text))
      faults.push(`${name}: shows ${text.slice(0, 500)}`);
  };

  await sendAll(0, COUNT / 2, tell);
  const half = memory();
  await sendAll(COUNT / 2, COUNT, tell);
  const end = memory();

  if (fullSize)
    process.stdout.write(
      `${JSON.stringify({ ...Object.fromEntries(statuses), half, end, connections: connections() })}\n`,
    );
  expect(faults.slice(0, 20)).toEqual([]);
  expect(statuses.get(503) ?? 0).toBeLessThan(COUNT / 100);
  // Every kind has come many times, and many were read as far as a page.
  expect(COUNT / KIND_COUNT).toBeGreaterThan(30);
  expect([200, 303, 400, 403, 404, 413, 415, 417, 431].filter((status) => !statuses.has(status))).toEqual([]);
  expect((await fetch(`${processes.base}/partenaires`)).status).toBe(200);
  expect((await fetch(`${processes.base}/livez`)).status).toBe(200);
  expect(end - half).toBeLessThan(GROWTH);
  // What is left are those of the four pages asked for above.
  await until('the connections to be closed', () => connections() <= 4);
});
