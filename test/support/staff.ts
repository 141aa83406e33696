import type { AddressInfo } from 'node:net';
import { hash } from '@node-rs/argon2';
import request from 'supertest';
import { mustHaveSecondFactor } from '../../src/domain/accounts/secondFactor.js';
import { SESSION_LIMITS } from '../../src/domain/accounts/sessionLimits.js';
import type { EmailId } from '../../src/domain/emails/catalogue.js';
import type { Delivery } from '../../src/domain/emails/delivery.js';
import type { Account, Role } from '../../src/domain/referrals/access.js';
import type { Desk } from './startDesk.js';
import { type Page, type Visitor, visit } from './visit.js';

export const PASSWORD = 'un mot de passe assez long';

/** Two advisors and the lead of TILTAM, one advisor and the lead of the CCI, one manager, one observer, one administrator. */
export const STAFF = {
  anne: { name: 'Anne D.', role: 'advisor', partner: 'ti-tiltam' },
  bruno: { name: 'Bruno P.', role: 'advisor', partner: 'ti-tiltam' },
  chloe: { name: 'Chloé F.', role: 'advisor', partner: 'cci-puy-de-dome' },
  lea: { name: 'Léa M.', role: 'lead', partner: 'ti-tiltam' },
  paul: { name: 'Paul G.', role: 'lead', partner: 'cci-puy-de-dome' },
  marie: { name: 'Marie R.', role: 'manager', partner: null },
  odile: { name: 'Odile V.', role: 'observer', partner: null },
  admin: { name: 'Alix N.', role: 'admin', partner: null },
} as const satisfies Record<string, Pick<Account, 'name' | 'role' | 'partner'>>;
export type StaffName = keyof typeof STAFF;

export const staffMember = (id: StaffName): Account => ({ id, email: `${id}@example.org`, ...STAFF[id] });

/** The least that Argon2id can cost: signing in is not what most tests are about. `hashPassword` makes those of the desk. */
const quickHash = (password: string): Promise<string> => hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });
let hashed: Promise<string> | undefined;

/** Like those of the demonstration, managers and the administrator sign in without a second factor here. */
const withoutSecondFactor = (id: StaffName): boolean => mustHaveSecondFactor({ role: STAFF[id].role, demo: false });

/** Gives everyone an account with the same password. */
export const addStaff = async (desk: { parts: Pick<Desk['parts'], 'accounts'> }): Promise<void> => {
  hashed ??= quickHash(PASSWORD);
  const passwordHash = await hashed;
  for (const id of Object.keys(STAFF) as StaffName[]) {
    await desk.parts.accounts.insert(staffMember(id), { passwordHash, demo: withoutSecondFactor(id) });
  }
};

/** Gives one person an account that nobody signs in to. */
export const hire = async (
  desk: Desk,
  id: string,
  role: Role = 'advisor',
  partner: string | null = 'ti-tiltam',
): Promise<Account> => {
  const account: Account = { id, name: `Personne ${id}`, email: `${id}@example.org`, role, partner };
  await desk.parts.accounts.insert(account, { passwordHash: 'none', demo: false });
  return account;
};

/** The latest e-mail of that kind of a project. */
export const deliveryOf = async (desk: Desk, project: string, email: EmailId): Promise<Delivery> => {
  const found = (await desk.parts.deliveries.ofProject(project)).findLast((each) => each.email === email);
  if (!found) throw new Error(`No ${email} is owed`);
  return found;
};

/** The desk behind an address, for as long as a test runs. */
export const openDoor = async (desk: Desk) => {
  const server = desk.app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    visitor: (): Visitor => visit(base),
    /** A browser in which this person has signed in, and signs in again where a test of several days finds the session over. */
    async signedIn(id: StaffName): Promise<Visitor> {
      const visitor = visit(base);
      const signIn = (page: Page): Promise<Page> =>
        visitor.send(page, { email: `${id}@example.org`, password: PASSWORD });
      await signIn(await visitor.open('/connexion'));
      let since = desk.clock.now.getTime();
      const open = async (url: string): Promise<Page> => {
        const page = await visitor.open(url);
        const isOver = desk.clock.now.getTime() - since >= SESSION_LIMITS.idleHours * 3_600_000;
        if (!isOver || !page.url.includes('/connexion?suite=')) return page;
        since = desk.clock.now.getTime();
        await signIn(page);
        return visitor.open(url);
      };
      return { ...visitor, open };
    },
    close: (): Promise<void> => new Promise((closed) => server.close(() => closed())),
  };
};
export type Door = Awaited<ReturnType<typeof openDoor>>;

const tokenIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** For what a page does not show (headers, bytes): signs in by hand and gives the answer, and the cookies kept. */
export const signInByHand = async (desk: Desk, id: StaffName) => {
  const agent = request.agent(desk.app);
  const page = await agent.get('/connexion');
  const form = { _csrf: tokenIn(page.text), email: `${id}@example.org`, password: PASSWORD };
  const answer = await agent.post('/connexion').type('form').send(form).expect(303);
  return { agent, page, answer, tokenIn };
};
