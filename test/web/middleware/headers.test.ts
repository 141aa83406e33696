import request from 'supertest';
import { addStaff, signInByHand } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await addStaff(desk);
});
afterAll(() => desk.stop());

it('an answer that carries the cookie of a session is for no shared cache', async () => {
  const { agent } = await signInByHand(desk, 'anne');
  const answer = await agent.get('/communes?q=thiers').expect(200);
  expect(String(answer.headers['set-cookie'])).toContain('session=');
  expect(answer.headers['cache-control']).toBe('private, max-age=3600');
});

it('a cookie that is not what we gave (an object, for the parser) is as good as none', async () => {
  const page = request(desk.app).get('/projet/besoins').set('Cookie', 'jeton=j:{"a":1}');
  expect((await page).text).toMatch(/name="_csrf" value="\w+\.\w+"/);
  const sent = request(desk.app).post('/projet/besoins').set('Cookie', 'jeton=j:{"a":1}').send('_csrf=a');
  expect((await sent).status).toBe(403);
});

it.each(['/reprendre/some-secret', '/suivi/some-secret'])('%s is neither kept nor for search engines', async (path) => {
  const { headers } = await request(desk.app).get(path).expect(404);
  expect([headers['cache-control'], headers['x-robots-tag']]).toEqual(['no-store', 'noindex']);
});
