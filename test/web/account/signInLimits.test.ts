import request from 'supertest';
import { addStaff, type Door, openDoor, PASSWORD } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
let door: Door;
beforeEach(async () => {
  desk = await startDesk({ limits: true });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterEach(async () => {
  await door.close();
  await desk.stop();
});

const tries = async (email: string, password: string) => {
  const visitor = door.visitor();
  return visitor.send(await visitor.open('/connexion'), { email, password });
};
const statuses = async (count: number, emailOf: (i: number) => string, password: string): Promise<number[]> => {
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await tries(emailOf(i), password)).status);
  return seen;
};

describe('signing in too often', () => {
  it('makes a pause after 10 failures of one account, even with the right password', async () => {
    expect(new Set(await statuses(10, () => 'anne@example.org', 'wrong'))).toEqual(new Set([422]));
    const refused = await tries('ANNE@example.org', PASSWORD);
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Trop d’essais à la suite');
    expect(refused.text).toContain('Attendez 5 minutes, puis essayez à nouveau.');
    expect((await tries('marie@example.org', PASSWORD)).url).toBe(`${door.base}/pilotage`);
  }, 30_000);

  it('makes a pause after 20 failures from one address, whatever the account', async () => {
    expect(new Set(await statuses(20, (i) => `nobody${i}@example.org`, 'wrong'))).toEqual(new Set([422]));
    expect((await tries('marie@example.org', PASSWORD)).status).toBe(429);
  }, 30_000);

  it('does not count those that succeed', async () => {
    expect(new Set(await statuses(25, () => 'marie@example.org', PASSWORD))).toEqual(new Set([200]));
  }, 30_000);

  it('says in a header when to try again', async () => {
    for (let i = 0; i < 10; i += 1) await desk.services.limits.take('sign-ins-of-account', 'anne@example.org');
    const agent = request.agent(desk.app);
    const page = await agent.get('/connexion');
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1];
    const form = { _csrf: token, email: 'anne@example.org', password: PASSWORD };
    const answer = await agent.post('/connexion').type('form').send(form).expect(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(290);
  });
});
