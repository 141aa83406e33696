import { Redis } from 'ioredis';
import request from 'supertest';
import { addStaff, type Door, openDoor, PASSWORD } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

let desk: Desk;
let door: Door;
let redis: Redis;
beforeAll(async () => {
  desk = await startDesk({ limits: true, redis: true });
  await addStaff(desk);
  door = await openDoor(desk);
  redis = new Redis(desk.redis?.url ?? '');
  // Until it is connected, this process counts by itself.
  for (let i = 0; (await redis.keys('slow:*')).length === 0 && i < 1000; i += 1)
    await desk.parts.slowDowns.remember(`warm-up ${i}`, 'a browser');
}, 60_000);
afterAll(async () => {
  redis.disconnect();
  await door.close();
  await desk.stop();
});
beforeEach(() => redis.flushall());

const signsIn = async (visitor: Visitor, email: string, password: string) =>
  visitor.send(await visitor.open('/connexion'), { email, password });
const tries = (email: string, password: string) => signsIn(door.visitor(), email, password);
const fails = async (email: string, times: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) statuses.push((await tries(email, 'wrong')).status);
  return statuses;
};
/** As if the waits were over. */
const time = async (): Promise<void> => {
  const waits = await redis.keys('slow:*:wait:*');
  if (waits.length > 0) await redis.del(waits);
};

describe('wrong passwords', () => {
  it('slow the next attempt down, even a right one, and the right one works after the wait', async () => {
    expect(await fails('anne@example.org', 4)).toEqual([422, 422, 422, 429]);
    const early = await tries('ANNE@example.org', PASSWORD);
    expect(early.status).toBe(429);
    expect(early.text).toContain('Trop d’essais à la suite');
    expect(early.text).toMatch(/Attendez 1 seconde, puis essayez à nouveau\. Vous pouvez aussi demander un lien/);
    expect((await tries('bruno@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
    await time();
    expect((await tries('anne@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
  });

  it('are forgotten after a right one', async () => {
    await fails('anne@example.org', 2);
    await tries('anne@example.org', PASSWORD);
    expect(await fails('anne@example.org', 3)).toEqual([422, 422, 422]);
  });

  it('answer the same for an address that has no account', async () => {
    await fails('anne@example.org', 3);
    await fails('nobody@example.org', 3);
    const [known, unknown] = [await tries('anne@example.org', 'wrong'), await tries('nobody@example.org', 'wrong')];
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  });

  it('of others, however many, do not hold up somebody in the browser where they signed in before', async () => {
    const own = door.visitor();
    await signsIn(own, 'anne@example.org', PASSWORD);
    expect((await fails('anne@example.org', 6)).at(-1)).toBe(429);
    const again = door.visitor();
    expect((await signsIn(again, 'anne@example.org', PASSWORD)).status).toBe(429);
    await desk.parts.endSessions('anne');
    expect((await signsIn(own, 'anne@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
  });

  it('from one address of the network slow it down whatever the account', async () => {
    for (let i = 0; i < 20; i += 1) await fails(`nobody${i}@example.org`, 1);
    expect((await tries('marie@example.org', PASSWORD)).status).toBe(429);
    await time();
    expect((await tries('marie@example.org', PASSWORD)).url).toBe(`${door.base}/pilotage`);
  }, 60_000);

  it('say in a header when to try again', async () => {
    await fails('anne@example.org', 3);
    const agent = request.agent(desk.app);
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/connexion')).text)?.[1];
    const { email, password } = { email: 'anne@example.org', password: PASSWORD };
    const answer = await agent.post('/connexion').type('form').send({ _csrf: token, email, password });
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '1']);
  });
});

it('signing in again and again is not slowed down', async () => {
  for (let i = 0; i < 25; i += 1) expect((await tries('marie@example.org', PASSWORD)).status).toBe(200);
}, 60_000);
