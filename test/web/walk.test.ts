import { parse } from 'node-html-parser';
import request from 'supertest';
import { ACCESS, may, type Permission, type Role } from '../../src/domain/referrals/access.js';
import { hashPassword } from '../../src/services/accounts/passwords.js';
import { arrivals } from '../support/arrivals.js';
import { inAWord, type Route, routesOfApp } from '../support/routes.js';
import { addStaff, PASSWORD, STAFF, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');
/** One of each role at the project's partner, two of another partner, a manager, an observer and an administrator. */
const ROLES = ['anne', 'lea', 'chloe', 'paul', 'marie', 'odile', 'admin'] as const;
type Member = (typeof ROLES)[number];
/** And who is signed out, and a manager who has shown the password and no second factor. */
const WHO = [...ROLES, 'signed out', 'pending'] as const;
type Who = (typeof WHO)[number];
/** For what depends on the role alone. */
const EACH_ROLE = WHO.filter((who) => who !== 'chloe' && who !== 'paul');
const isMember = (who: Who): who is Member => who in STAFF;

const FIRST_PAGES: Record<Role, string> = {
  advisor: '/dossiers',
  lead: '/dossiers',
  manager: '/pilotage',
  observer: '/pilotage',
  admin: '/exploitation',
};
const METRICS_TOKEN = 'a-token-for-those-who-watch-long-enough';
const WITHOUT_TOKEN = 'Cette page a expiré';

interface Answer {
  status: number;
  text: string;
  headers: Record<string, string>;
}
interface Browser {
  get(address: string): Promise<Answer>;
  /** With the token of a form, unless another is given. */
  post(address: string, token?: string, form?: object): Promise<Answer>;
  token(): string;
}

let desk: Desk;
let referral: string;
let project: string;
let token: string;
let things: Thing[];
let routes: Route[];
const browsers = {} as Record<Who, Browser>;

const tokenIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
const titleOf = ({ text }: Answer): string => parse(text).querySelector('h1')?.text ?? '';

/** Signs in with the password, where there is an account, and keeps a token as long as it is good. */
const browserOf = async (who: Who): Promise<Browser> => {
  const agent = request.agent(desk.app);
  const formPage = isMember(who) ? FIRST_PAGES[staffMember(who).role] : '/connexion';
  const freshToken = async (): Promise<string> => tokenIn((await agent.get(formPage)).text);
  if (who !== 'signed out') {
    const email = `${isMember(who) ? who : 'gil'}@example.org`;
    const form = { _csrf: tokenIn((await agent.get('/connexion')).text), email, password: PASSWORD };
    await agent.post('/connexion').type('form').send(form).expect(303);
  }
  let _csrf = await freshToken();
  const send = (address: string, form: object): Promise<Answer> =>
    agent.post(address).type('form').send(form).redirects(0);
  return {
    get: (address) => agent.get(address).redirects(0),
    token: () => _csrf,
    async post(address, given, form = {}) {
      if (given !== undefined) return send(address, { _csrf: given });
      const answer = await send(address, { ...form, _csrf });
      if (titleOf(answer) !== WITHOUT_TOKEN) return answer;
      // An act that changes the session takes the token with it.
      _csrf = await freshToken();
      return send(address, { _csrf });
    },
  };
};

/** Something of one partner, or of one person: what stands for the words with a colon in the addresses that begin so. */
interface Thing {
  starts: string;
  ids: string[];
  owner: Member;
}

const makeThings = async (): Promise<Thing[]> => {
  const { services, parts } = desk;
  const entry = await services.startEntry(staffMember('anne'), 'telephone');
  // As if Anne had entered it at the counter: it has a receipt then.
  const entered = (await arrivals(desk).arrives()).project;
  await parts.projects.model.updateOne({ _id: entered }, { $set: { 'consent.by': 'anne' } });
  const listId = (await parts.sessions.ofAccount('anne', desk.clock.now))[0]?.listId ?? '';
  await services.addAbsence(staffMember('anne'), {
    account: 'anne',
    from: '2024-12-02',
    to: '2024-12-03',
    deputy: null,
  });
  const absence = (await parts.absences.ofAccount('anne')).absences[0]?.id ?? '';
  const delivery = (await parts.deliveries.ofProject(project))[0]?.id ?? '';
  return [
    { starts: '/dossiers/a-appeler/:id', ids: [referral], owner: 'anne' },
    { starts: '/dossiers/:id', ids: [referral], owner: 'anne' },
    { starts: '/guichet/saisie/:id', ids: [entry, 'besoin'], owner: 'anne' },
    { starts: '/guichet/recepisse/:id', ids: [entered], owner: 'anne' },
    { starts: '/equipe/absences/:account/:id', ids: ['anne', absence], owner: 'anne' },
    { starts: '/equipe/personnes/:account', ids: ['anne'], owner: 'lea' },
    { starts: '/courriels/:id', ids: [delivery], owner: 'anne' },
    { starts: '/pilotage/exports/:id', ids: [await exportOf('lea')], owner: 'lea' },
    { starts: '/compte/connexions/:id', ids: [listId], owner: 'anne' },
  ];
};

/** A file that somebody has asked for. */
const exportOf = async (who: Member): Promise<string> => {
  await browsers[who].post('/pilotage/exports', undefined, { quoi: 'referrals', format: 'csv', periode: '2024-11' });
  const id = String((await desk.parts.exportRecords.model.findOne({}, { _id: 1 }).lean())?._id ?? '');
  await desk.services.runExport(id);
  return id;
};

/** Named in an address, and nobody's: a figure, a report of everybody. */
const NOBODYS = ['/pilotage/chiffres/:kpi', '/pilotage/rapports/:id'];

beforeAll(async () => {
  desk = await startDesk({
    at: MONDAY,
    settings: { INBOUND_SECRET: 'a secret for mail servers, long enough', METRICS_TOKEN },
  });
  await addStaff(desk);
  const gil = { id: 'gil', name: 'Gil T.', email: 'gil@example.org', role: 'manager', partner: null } as const;
  await desk.parts.accounts.insert(gil, { passwordHash: await hashPassword(PASSWORD), demo: false });
  const arrived = await arrivals(desk).arrives();
  referral = arrived.id;
  project = arrived.project;
  token = arrived.token;
  for (const who of WHO) browsers[who] = await browserOf(who);
  things = await makeThings();
  const isSignOut = ({ path }: Route): boolean => path === '/deconnexion';
  routes = routesOfApp(desk.app).filter(({ needs }) => needs.length > 0);
  routes.sort((a, b) => Number(isSignOut(a)) - Number(isSignOut(b)));
});
afterAll(() => desk.stop());

const ask = (who: Who, { method }: Pick<Route, 'method'>, address: string): Promise<Answer> =>
  method === 'post' ? browsers[who].post(address) : browsers[who].get(address);
/** The address of a route about something that nobody knows. */
const aboutNothing = (path: string): string => path.replace(/:\w+/g, 'nothing');
const named = ({ method, path }: Route): string => `${method} ${path}`;

const isRefused = (answer: Answer): boolean => answer.status === 403 && titleOf(answer) === 'Accès réservé';
const isSentToSignIn = ({ status, headers }: Answer): boolean =>
  status === 303 && /^\/connexion(\?|$)/.test(headers['location'] ?? '');

/** What an answer must look like for whoever asks; null: as it should be. */
const fault = (who: Who, { needs: [need] }: Route, answer: Answer): string | null => {
  const { status } = answer;
  if (status >= 500 && status !== 503) return 'a fault of ours';
  if (titleOf(answer) === WITHOUT_TOKEN) return 'a token that is not good';
  const answers = !isRefused(answer) && !isSentToSignIn(answer);
  switch (need?.who) {
    case 'anybody':
      return isRefused(answer) ? 'refused' : null;
    case 'holder of a link':
      return status === 404 || status === 410 ? null : 'opened without the link';
    case 'staff': {
      if (!isMember(who)) return isSentToSignIn(answer) ? null : 'not sent to sign in';
      if (may(staffMember(who), need.permission)) return answers ? null : 'refused';
      return isRefused(answer) ? null : 'let in';
    }
    case 'signing in':
      if (who === 'pending') return null;
      return isSentToSignIn(answer) ? null : 'let in';
    case 'watcher':
      return status === 401 ? null : 'let in';
    case 'program':
      return [401, 404].includes(status) ? null : 'let in';
    default:
      return 'nothing is said';
  }
};

describe('every route, for every role, for who is signed out, and for who is half signed in', () => {
  it.each(EACH_ROLE)(
    '%s: as the route says, and the table of access',
    async (who) => {
      expect(routes.length).toBeGreaterThan(200);
      const wrong: string[] = [];
      for (const route of routes) {
        const answer = await ask(who, route, aboutNothing(route.path));
        const why = fault(who, route, answer);
        if (why) wrong.push(`${named(route)} (${inAWord(route.needs[0])}): ${answer.status}, ${why}`);
      }
      expect(wrong).toEqual([]);
      browsers[who] = await browserOf(who);
    },
    120_000,
  );
});

describe('every form of the application', () => {
  it('is refused without its token, with one made up, and with that of another browser', async () => {
    const forms = routes.filter(({ method, needs }) => method === 'post' && needs[0]?.who !== 'program');
    expect(forms.length).toBeGreaterThan(70);
    const wrong: string[] = [];
    const another = browsers.lea.token();
    for (const who of ['signed out', 'anne', 'marie', 'admin', 'pending'] as const) {
      for (const route of forms) {
        for (const given of who === 'anne' ? ['', 'made-up.token', another] : ['']) {
          const answer = await browsers[who].post(aboutNothing(route.path), given);
          if (answer.status !== 403 || titleOf(answer) !== WITHOUT_TOKEN)
            wrong.push(`${who} ${named(route)} ${given}: ${answer.status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the link of a holder', () => {
  it('opens the own project to whoever has it, and no role opens it without', async () => {
    const own = routes.filter(({ method, needs: [need] }) => method === 'get' && inAWord(need) === 'link: follow-up');
    expect(own.length).toBeGreaterThan(8);
    const wrong: string[] = [];
    for (const who of ['signed out', 'anne', 'chloe', 'admin'] as const) {
      for (const route of own) {
        const { status } = await browsers[who].get(route.path.replace(':token', token));
        const isOther = await browsers[who].get(route.path.replace(':token', project));
        const isAppointment = route.path.endsWith('.ics') && status === 404;
        if ((status >= 400 && !isAppointment) || isOther.status !== 404)
          wrong.push(`${who} ${named(route)}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Whether it matters at which partner, or with whom, somebody is: the table says "own", or it is of the own account. */
const isOwned = ({ path, needs: [need] }: Route): boolean =>
  path.includes(':') &&
  need?.who === 'staff' &&
  (path.startsWith('/compte/') || Object.values<string>(ACCESS[need.permission]).includes('own'));
const thingOf = ({ path }: Route): Thing | undefined =>
  things.find(({ starts }) => `${path}/`.startsWith(`${starts}/`));
/** What an address needs beside its path. */
const QUERIES: Record<string, string> = { '/dossiers/:id/brouillon': '?formulaire=note' };
const filled = (path: string, ids: string[]): string => {
  const left = [...ids];
  return path.replace(/:\w+/g, () => left.shift() ?? 'nothing') + (QUERIES[path] ?? '');
};
const mayAsk = (who: Member, { needs: [need] }: Route): boolean =>
  need?.who === 'staff' && may(staffMember(who), need.permission as Permission);

/** Ids that people see and pass on: what is read may not tell either that they exist. Others are secrets by themselves. */
const SEEN = /^\/dossiers\//;

/** A page without what differs from one answer to the next: its tokens, and what was asked for. */
const bare = ({ text }: Answer, asked: string[]): string =>
  asked.reduce((page, id) => page.replaceAll(id, 'ASKED'), text).replace(/_csrf" value="[^"]*"/g, '');

describe('what belongs to a partner, or to a person', () => {
  it('is known to this test for every address that names it', () => {
    const gaps = routes.filter(
      (route) => isOwned(route) && !thingOf(route) && !NOBODYS.some((one) => route.path.startsWith(one)),
    );
    expect(gaps.map(named)).toEqual([]);
    expect(things.flatMap(({ ids }) => ids)).not.toContain('');
  });

  it('opens to those of the partner', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter((one) => isOwned(one) && one.method === 'get')) {
      const thing = thingOf(route);
      if (!thing || !mayAsk(thing.owner, route)) continue;
      const answer = await browsers[thing.owner].get(filled(route.path, thing.ids));
      if (answer.status >= 400 && answer.status !== 409)
        wrong.push(`${named(route)}: ${answer.status} ${titleOf(answer)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('answers those of another partner exactly like what does not exist: same status, same page, same reads', async () => {
    const reads = countReads();
    const differing: string[] = [];
    const everRead = new Set<string>();
    let walked = 0;
    for (const who of ['chloe', 'paul'] as const) {
      for (const route of routes.filter((one) => isOwned(one) && mayAsk(who, one))) {
        const thing = thingOf(route);
        if (!thing) continue;
        walked += 1;
        const tell = async (ids: string[]) => {
          reads.length = 0;
          const answer = await ask(who, route, filled(route.path, ids));
          for (const read of reads) everRead.add(read);
          return {
            status: answer.status,
            text: bare(answer, ids),
            ...(SEEN.test(route.path) && { reads: [...reads] }),
          };
        };
        const foreign = await tell(thing.ids);
        const nothing = await tell(thing.ids.map(() => '0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1'));
        const isHidden = [303, 404].includes(foreign.status) || (foreign.status === 422 && route.method === 'post');
        if (JSON.stringify(foreign) !== JSON.stringify(nothing) || !isHidden)
          differing.push(`${who} ${named(route)}: ${foreign.status}, ${nothing.status}`);
      }
    }
    expect(differing).toEqual([]);
    expect(walked).toBeGreaterThan(80);
    expect([...everRead]).toContain('referrals.findById');
    expect((await desk.parts.referrals.byId(referral))?.version).toBe(1);
  });

  it('is on none of the pages that its people do not share', async () => {
    for (const who of ['chloe', 'paul'] as const) {
      for (const address of ['/dossiers', '/dossiers?q=robot', `/dossiers/fraicheur?dossier=${referral}`, '/equipe']) {
        const { text } = await browsers[who].get(address);
        expect(text).not.toContain(referral);
        expect(text).not.toContain('Camille');
      }
    }
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
