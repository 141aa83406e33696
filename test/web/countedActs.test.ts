import request from 'supertest';
import { createApp } from '../../src/app.js';
import { addStaff, PASSWORD, type StaffName, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const EMAIL = 'camille@example.org';
/** A port on which nothing listens: whatever is counted is counted before. */
const NOBODY = 'http://127.0.0.1:9';

let desk: Desk;
let app: Desk['app'];
/** What was counted, by name, and under which key. */
const counted: [name: string, key: string][] = [];

beforeAll(async () => {
  desk = await startDesk({
    settings: {
      INBOUND_SECRET: 'a secret for mail servers, long enough',
      OIDC_ISSUER: NOBODY,
      OIDC_CLIENT_ID: 'desk',
      OIDC_CLIENT_SECRET: 'a secret of the provider',
      OIDC_NAME: 'ProConnect',
    },
  });
  await addStaff(desk);
  const { limits, slowDowns } = desk.parts;
  const services = desk.with({
    limits: {
      ...limits,
      take: (name, key) => {
        counted.push([name, key]);
        return limits.take(name, key);
      },
    },
    slowDowns: {
      ...slowDowns,
      attempt: (name, key) => {
        counted.push([name, key]);
        return slowDowns.attempt(name, key);
      },
    },
  });
  app = createApp(services, desk.sessions, desk.config);
});
afterAll(() => desk.stop());

const tokenIn = (html: string): string => /_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

const send = async (page: string, address: string, form: object, who: StaffName | null): Promise<void> => {
  const agent = request.agent(app);
  if (who) {
    const _csrf = tokenIn((await agent.get('/connexion')).text);
    await agent
      .post('/connexion')
      .type('form')
      .send({ _csrf, email: staffMember(who).email, password: PASSWORD });
  }
  const _csrf = tokenIn((await agent.get(page)).text);
  counted.length = 0;
  await agent
    .post(address)
    .type('form')
    .send({ _csrf, ...form });
};

/**
 * What costs, or may be used against somebody, is counted by address of the network and, where there is one, by account or e-mail. Sending a
 * project: test/web/public/sendingLimits.test.ts; codes of a second factor: test/web/account.
 */
it.each<[address: string, form: object, names: string[], who: StaffName | null]>([
  ['/connexion', { email: EMAIL, password: 'x' }, ['password-from-address', 'password-of-account'], null],
  ['/connexion/lien', { email: EMAIL }, ['account-links-from-address', 'account-links-of-email'], null],
  ['/mot-de-passe-perdu', { email: EMAIL }, ['account-links-from-address', 'account-links-of-email'], null],
  ['/lien-perdu', { email: EMAIL }, ['lost-links-from-address', 'lost-links-of-email'], null],
  ['/projet/plus-tard', { email: EMAIL }, ['resume-links-from-address', 'resume-links-of-email'], null],
  ['/pilotage/exports', { quoi: 'referrals', format: 'csv', periode: '2024-11' }, ['exports-of-account'], 'lea'],
])('%s is counted', async (address, form, names, who) => {
  await send(address === '/projet/plus-tard' ? '/projet/besoins' : address, address, form, who);
  const kinds = counted.map(([name]) => name);
  for (const name of names) expect(kinds).toContain(name);
  for (const [name, key] of counted) {
    if (/(of-email|of-account)$/.test(name)) expect(key).toBe(who ?? EMAIL);
    if (/from-address$/.test(name)) expect(key).toBe('127.0.0.1');
  }
});

it('leaving for the provider of sign-ins is counted', async () => {
  counted.length = 0;
  await request(app).get('/connexion/organisation').expect(503);
  expect(counted).toEqual([['provider-sign-ins-from-address', '127.0.0.1']]);
});

it.each([
  ['/webhooks/inbound', 'wrong-secrets-from-address', 401],
  ['/desabonnement/nothing', 'unsubscribes-from-address', 404],
])('%s, which needs no form, is counted', async (address, name, status) => {
  counted.length = 0;
  await request(app).post(address).expect(status);
  expect(counted).toEqual([[name, '127.0.0.1']]);
});
