import { Redis } from 'ioredis';
import request from 'supertest';
import { addStaff, type Door, openDoor, PASSWORD, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { telephone } from '../../support/telephone.js';
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
});
afterAll(async () => {
  redis.disconnect();
  await door.close();
  await desk.stop();
});
beforeEach(() => redis.flushall());

const signsIn = async (visitor: Visitor, email: string, password: string) =>
  visitor.send(await visitor.open('/connexion'), { email, password });
const tries = (email: string, password: string) => signsIn(door.visitor(), email, password);
/** As if the waits were over. */
const time = async (): Promise<void> => {
  const waits = await redis.keys('slow:*:wait:*');
  if (waits.length > 0) await redis.del(waits);
};
/** So many wrong passwords, each as soon as it is looked at: the last of ten is followed by a wait of two minutes. */
const fails = async (times: number, emailOf: (i: number) => string): Promise<void> => {
  for (let i = 0; i < times; i += 1) {
    await time();
    expect((await tries(emailOf(i), 'wrong')).status).toBe(422);
  }
};
const anne = () => 'anne@example.org';

describe('wrong passwords', () => {
  it('slow the next attempt down, even a right one, and the right one works after the wait', async () => {
    await fails(10, anne);
    const early = await tries('ANNE@example.org', PASSWORD);
    expect(early.status).toBe(429);
    expect(early.text).toContain('Trop d’essais à la suite');
    expect(early.text).toContain('Recevoir un lien de connexion');
    expect(early.text).toMatch(/Attendez 3 minutes, puis essayez à nouveau\. Vous pouvez aussi demander un lien/);
    expect((await tries('bruno@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
    await time();
    expect((await tries('anne@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
    await fails(2, anne);
    expect((await tries('anne@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
  });

  it('answer the same for an address that has no account', async () => {
    await fails(10, anne);
    const known = await tries('anne@example.org', 'wrong');
    await redis.flushall();
    await fails(10, () => 'nobody@example.org');
    const unknown = await tries('nobody@example.org', 'wrong');
    expect(unknown.status).toBe(429);
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  });

  it('of others, however many, do not hold up somebody in the browser where they signed in before', async () => {
    const own = door.visitor();
    await signsIn(own, 'anne@example.org', PASSWORD);
    await fails(10, anne);
    expect((await tries('anne@example.org', PASSWORD)).status).toBe(429);
    await desk.parts.endSessions('anne');
    expect((await signsIn(own, 'anne@example.org', PASSWORD)).url).toBe(`${door.base}/dossiers`);
  });

  it('from one address of the network slow it down whatever the account', async () => {
    await fails(27, (i) => `nobody${i}@example.org`);
    expect((await tries('marie@example.org', PASSWORD)).status).toBe(429);
    await time();
    expect((await tries('marie@example.org', PASSWORD)).url).toBe(`${door.base}/pilotage`);
  });

  it('say in a header when to try again', async () => {
    await fails(10, anne);
    const agent = request.agent(desk.app);
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/connexion')).text)?.[1];
    const { email, password } = { email: 'anne@example.org', password: PASSWORD };
    const answer = await agent.post('/connexion').type('form').send({ _csrf: token, email, password });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(60);
  });
});

it('wrong codes slow the next one down, even a right one, which works after the wait', async () => {
  const chloe = staffMember('chloe');
  const { sealed, secret } = desk.services.proposeSecondFactor(chloe, undefined);
  const phone = telephone(desk, secret);
  await desk.services.setSecondFactor(chloe, { sealed, code: phone.code() }, { address: '', browser: '' });
  const visitor = door.visitor();
  const page = await signsIn(visitor, 'chloe@example.org', PASSWORD);
  for (let i = 0; i < 12; i += 1) {
    await time();
    expect((await visitor.send(page, { code: 'abc' })).status).toBe(422);
  }
  const refused = await visitor.send(page, { code: phone.nextCode() });
  expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('Attendez 3 minutes, puis essayez')]);
  await time();
  expect((await visitor.send(page, { code: phone.code() })).url).toBe(`${door.base}/dossiers`);
});

it('signing in again and again is not slowed down', async () => {
  for (let i = 0; i < 8; i += 1) expect((await tries('marie@example.org', PASSWORD)).status).toBe(200);
});
