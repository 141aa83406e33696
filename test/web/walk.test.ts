import { may, type Permission, type Role } from '../../src/domain/referrals/access.js';
import { ownEmailsRouter } from '../../src/web/account/ownEmails.js';
import { adminRouter } from '../../src/web/admin/router.js';
import { advisorRouter } from '../../src/web/advisor/router.js';
import { leadRouter } from '../../src/web/lead/router.js';
import { managerRouter } from '../../src/web/manager/router.js';
import { arrivals } from '../support/arrivals.js';
import { addStaff, type StaffName, signInByHand, staffMember } from '../support/staff.js';
import { type StaffRoute, staffRoutes } from '../support/staffRoutes.js';
import { type Desk, startDesk } from '../support/startDesk.js';

// In the past: sessions live by the clock of the machine, and the store drops what its own clock calls over.
const MONDAY = new Date('2024-11-25T09:30:00+01:00');
/** One of each role at the project's partner, two of another partner, a manager, an observer and an administrator. */
const WHO = ['anne', 'lea', 'chloe', 'paul', 'marie', 'odile', 'admin'] as const satisfies StaffName[];
type Who = (typeof WHO)[number];
const FIRST_PAGES: Record<Role, string> = {
  advisor: '/dossiers',
  lead: '/dossiers',
  manager: '/pilotage',
  observer: '/pilotage',
  admin: '/exploitation',
};

interface Browser {
  get(address: string): Promise<Answer>;
  post(address: string, form?: Record<string, string>): Promise<Answer>;
}
interface Answer {
  status: number;
  text: string;
  headers: Record<string, string>;
}

let desk: Desk;
let referral: string;
let project: string;
const browsers = {} as Record<Who, Browser>;

const browserOf = async (who: Who): Promise<Browser> => {
  const { agent, tokenIn } = await signInByHand(desk, who);
  const _csrf = tokenIn((await agent.get(FIRST_PAGES[staffMember(who).role])).text);
  return {
    get: (address) => agent.get(address).redirects(0),
    post: (address, form = {}) =>
      agent
        .post(address)
        .type('form')
        .send({ _csrf, ...form })
        .redirects(0),
  };
};

beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  const arrived = await arrivals(desk).arrives();
  referral = arrived.id;
  project = arrived.project;
  for (const who of WHO) browsers[who] = await browserOf(who);
}, 60_000);
afterAll(() => desk.stop());

const allRoutes = (): StaffRoute[] =>
  [ownEmailsRouter, advisorRouter, leadRouter, managerRouter, adminRouter].flatMap((router) =>
    staffRoutes(router(desk.services)),
  );

/** The address of a route about something that nobody knows. */
const aboutNothing = (path: string): string => path.replace(/:\w+/g, 'nothing');
const ask = (who: Who, { method }: StaffRoute, address: string): Promise<Answer> =>
  method === 'get' ? browsers[who].get(address) : browsers[who].post(address);

/** A page without what differs from one answer to the next: its tokens, and what was asked for. */
const bare = ({ text }: Answer, asked: string): string =>
  text.replaceAll(asked, 'ASKED').replace(/_csrf" value="[^"]*"/g, '');

describe('every route of the desk', () => {
  it('says which permission it demands', () => {
    const routes = allRoutes();
    expect(routes.length).toBeGreaterThan(50);
    expect(routes.filter(({ permission }) => permission === null)).toEqual([]);
  });

  it('lets in each role as the table of access says, and nobody who is signed out', async () => {
    const wrong: string[] = [];
    for (const route of allRoutes()) {
      const address = aboutNothing(route.path);
      const allowed = (who: Who): boolean => may(staffMember(who), route.permission as Permission);
      for (const who of ['anne', 'lea', 'marie', 'admin'] as const) {
        const { status, text } = await ask(who, route, address);
        const isRefused = status === 403 && text.includes('Accès réservé');
        const isFine = allowed(who) ? status < 500 && status !== 403 : isRefused;
        if (!isFine) wrong.push(`${route.method} ${address} ${who}: ${status}`);
      }
      if (route.method === 'post') continue;
      const answer = await fetchSignedOut(address);
      if (answer.status !== 303 || !answer.headers['location']?.startsWith('/connexion?suite='))
        wrong.push(`${address} signed out: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

const fetchSignedOut = async (address: string): Promise<Answer> => {
  const { default: request } = await import('supertest');
  return request(desk.app).get(address).redirects(0);
};

describe('a project of another partner', () => {
  const aboutReferrals = (): StaffRoute[] => allRoutes().filter(({ path }) => path.startsWith('/dossiers/:id'));

  it('answers exactly like one that does not exist: same status, same page, same reads', async () => {
    const routes = aboutReferrals();
    expect(routes.length).toBeGreaterThan(20);
    const reads = countReads();
    const differing: string[] = [];
    const everRead = new Set<string>();
    for (const who of ['chloe', 'paul'] as const) {
      for (const route of routes) {
        const tell = async (id: string) => {
          reads.length = 0;
          const answer = await ask(who, route, route.path.replace(':id', id));
          for (const read of reads) everRead.add(read);
          return { status: answer.status, text: bare(answer, id), reads: [...reads] };
        };
        const foreign = await tell(referral);
        const nothing = await tell('0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1');
        const isSame = JSON.stringify(foreign) === JSON.stringify(nothing);
        const isHidden = foreign.status === 404 || (foreign.status === 422 && route.method === 'post');
        if (!isSame || !isHidden)
          differing.push(`${who} ${route.method} ${route.path}: ${foreign.status}, ${nothing.status}`);
      }
    }
    expect(differing).toEqual([]);
    expect([...everRead]).toContain('referrals.findById');
    expect((await desk.parts.referrals.byId(referral))?.version).toBe(1);
  }, 120_000);

  it('is on none of the pages that its people do not share', async () => {
    for (const who of ['chloe', 'paul'] as const) {
      for (const address of ['/dossiers', '/dossiers?q=robot', `/dossiers/fraicheur?dossier=${referral}`, '/equipe']) {
        const { text } = await browsers[who].get(address);
        expect(text).not.toContain(referral);
        expect(text).not.toContain('Camille');
      }
    }
    for (const who of ['anne', 'lea', 'chloe', 'paul'] as const)
      expect((await browsers[who].get(`/pilotage/projets/${project}`)).status).toBe(403);
  });
});

/** Which collections are read, in order, from now on: the same for what is hidden and for what does not exist. */
const countReads = (): string[] => {
  const reads: string[] = [];
  for (const [name, repository] of Object.entries(desk.parts)) {
    const model = (repository as { model?: { findOne?: unknown } } | null)?.model;
    if (!model) continue;
    for (const method of ['find', 'findOne', 'findById', 'countDocuments', 'aggregate'] as const) {
      const original = (model as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.bind(model);
      if (!original) continue;
      (model as unknown as Record<string, unknown>)[method] = (...args: unknown[]) => {
        reads.push(`${name}.${method}`);
        return original(...args);
      };
    }
  }
  return reads;
};
