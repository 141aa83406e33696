import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { may, type Permission } from '../../src/domain/referrals/access.js';
import { type Route, routesOfApp } from '../support/routes.js';
import { addStaff, type StaffName, signInByHand, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const SRC = path.resolve(__dirname, '../../src');
/** The names of fields and parameters that the code reads, found in its sources. */
const NAMES = ((): string[] => {
  const files = ['web', 'domain/questionnaire'].flatMap((folder) =>
    readdirSync(path.join(SRC, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(SRC, folder, file), 'utf8')),
  );
  const found = files.flatMap((source) => [...source.matchAll(/(?:query\['|\bname: ')([\w-]+)'/g)]);
  return [...new Set(found.map(([, name]) => name ?? ''))].sort();
})();

/** Each name twice (a list where a text is expected), with brackets, and as an operator of the store. */
const confused = (names: string[]): string =>
  names.flatMap((name) => [`${name}=a`, `${name}=b`, `${name}[]=c`, `${name}[$gt]=`]).join('&');
const chunks = (size: number): string[][] =>
  Array.from({ length: Math.ceil(NAMES.length / size) }, (_, i) => NAMES.slice(i * size, (i + 1) * size));

const WHO = ['anne', 'lea', 'marie', 'admin'] as const satisfies StaffName[];
let desk: Desk;
let routes: Route[];
const agents = new Map<string, { agent: ReturnType<typeof request.agent>; token: string }>();

beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
  routes = routesOfApp(desk.app).filter(({ needs }) => needs.length > 0);
  for (const who of WHO) {
    const { agent, tokenIn } = await signInByHand(desk, who);
    agents.set(who, { agent, token: tokenIn((await agent.get('/compte')).text) });
  }
  const agent = request.agent(desk.app);
  const token = /_csrf" value="([^"]+)"/.exec((await agent.get('/projet/besoins')).text)?.[1] ?? '';
  agents.set('visitor', { agent, token });
});
afterAll(() => desk.stop());

/** Somebody whom the route lets in. */
const whoeverMay = ({ needs: [need] }: Route): string =>
  need?.who === 'staff'
    ? (WHO.find((who) => may(staffMember(who), need.permission as Permission)) ?? 'lea')
    : 'visitor';
const agentFor = (route: Route) =>
  agents.get(whoeverMay(route)) as { agent: ReturnType<typeof request.agent>; token: string };
const addressOf = ({ path: address }: Route): string => address.replace(/:\w+/g, 'nothing');
/** They end what the others need. */
const ENDS = /^\/(deconnexion|compte\/(connexions|mot-de-passe|double))/;

describe('parameters of another kind than expected', () => {
  it('are no fault of ours in any address', async () => {
    expect(NAMES.length).toBeGreaterThan(40);
    const faults: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'get')) {
      const { agent } = agentFor(route);
      const { status } = await agent.get(`${addressOf(route)}?${confused(NAMES)}`).redirects(0);
      if (status >= 500) faults.push(`${addressOf(route)}: ${status}`);
    }
    expect(faults).toEqual([]);
  });

  it('are no fault of ours in any form', async () => {
    const faults: string[] = [];
    for (const route of routes.filter(({ method, path: address }) => method === 'post' && !ENDS.test(address))) {
      const { agent, token } = agentFor(route);
      // As many as one form may hold.
      for (const names of chunks(45)) {
        const body = `_csrf=${encodeURIComponent(token)}&${confused(names)}`;
        const { status } = await agent.post(addressOf(route)).type('form').send(body).redirects(0);
        if (status >= 500) faults.push(`${addressOf(route)}: ${status}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('cannot be objects, nor reach what all objects share', async () => {
    const { agent, token } = agents.get('visitor') as NonNullable<ReturnType<typeof agents.get>>;
    const body = `_csrf=${token}&__proto__[polluted]=yes&constructor[prototype][polluted]=yes&__proto__=x`;
    await agent.post('/projet/besoins?__proto__[polluted]=yes').type('form').send(body);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('what a request may hold', () => {
  const send = (body: string, type = 'application/x-www-form-urlencoded') => {
    const { agent } = agents.get('visitor') as NonNullable<ReturnType<typeof agents.get>>;
    return agent.post('/projet/besoins').set('Content-Type', type).send(body).redirects(0);
  };
  const token = (): string => agents.get('visitor')?.token ?? '';

  it.each<[string, () => string, number]>([
    ['a form of 64 KB or less is read', () => `_csrf=${token()}&a=${'x'.repeat(60_000)}`, 422],
    ['a longer one is refused', () => `_csrf=${token()}&a=${'x'.repeat(70_000)}`, 413],
    ['two hundred fields are read', () => `_csrf=${token()}${'&a=1'.repeat(198)}`, 422],
    ['more are refused', () => `_csrf=${token()}${'&a=1'.repeat(220)}`, 413],
    ['brackets make no depth', () => `_csrf=${token()}&a${'[b]'.repeat(5000)}=1`, 422],
  ])('%s', async (_name, body, status) => {
    expect((await send(body())).status).toBe(status);
  });

  it.each([
    ['application/json', '{"_csrf":"TOKEN","needs":{"$gt":""}}'],
    ['text/plain', '_csrf=TOKEN'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\nTOKEN\r\n--x--'],
    ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ])('%s is not read: nothing but forms is', async (type, body) => {
    expect((await send(body.replace('TOKEN', token()), type)).status).toBe(403);
  });

  it.each([
    ['x-http-method-override', 'DELETE'],
    ['x-forwarded-host', 'elsewhere.example.org'],
    ['host', 'elsewhere.example.org'],
  ])('%s changes nothing in what is answered', async (name, value) => {
    const answer = await request(desk.app).get('/connexion').set(name, value).expect(200);
    expect(answer.text).not.toContain('elsewhere.example.org');
  });

  it.each(['put', 'patch', 'delete'] as const)('%s is refused everywhere', async (method) => {
    for (const address of ['/', '/projet/besoins', '/dossiers', '/webhooks/inbound', '/desabonnement/nothing'])
      expect((await request(desk.app)[method](address)).status).toBeGreaterThanOrEqual(403);
  });
});
