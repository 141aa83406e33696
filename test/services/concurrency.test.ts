import { ACTS } from '../../src/domain/referrals/lifecycle.js';
import { rankOf } from '../../src/domain/referrals/projectState.js';
import type { Project, ProjectEvent, Referral } from '../../src/domain/referrals/referral.js';
import { replayEvents } from '../../src/domain/referrals/replayEvents.js';
import { settle } from '../../src/services/settle.js';
import { fullSize } from '../support/fullSize.js';
import { manyAdvisors, PARTNERS, type Try, worksAtRandom } from '../support/manyAdvisors.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { type Ask, type Failed, startWebProcesses } from '../support/startWebProcesses.js';
import { aProject } from '../support/stories.js';

/** At full size fifty advisors act at random on five hundred referrals, at once, through several web processes on one store. */
const ADVISORS = fullSize ? 50 : 20;
const REFERRALS = fullSize ? 500 : 200;
const PROCESSES = 3;
const TRIES_EACH = 40;
/** How many holders answer, or take their project back, meanwhile. */
const HOLDERS = 60;

interface Found {
  project: Project;
  main: Referral[];
  associated: Referral[];
  events: ProjectEvent[];
}

let desk: Desk;
let tries: Try[] = [];
let byHolders: Failed[] = [];
let found: Found[] = [];
const links: string[] = [];

const arrives = async (index: number): Promise<void> => {
  const { links: secrets, projects } = desk.parts;
  const at = desk.clock.now;
  const id = `project-${index}`;
  const decision = { main: PARTNERS[index % PARTNERS.length] ?? null };
  const project = aProject({ id, reference: `26-P${index}`, submittedAt: at, decision });
  const about = { project: id, referral: null, partner: null, reason: null, note: null };
  const actor = { role: 'holder', account: null } as const;
  const sent = { ...about, id: `${id}:sent`, type: 'submitted', at, actor, before: null, after: 'routed' } as const;
  await projects.insert(project, `draft-${index}`, [sent]);
  await settle({ ...desk.parts, enqueue: async () => true }).settleProject(id);
  links[index] = await secrets.create({ purpose: 'follow-up', project: id }, at);
};

const livesOn = async (token: string, index: number, ask: Ask): Promise<Failed[]> => {
  const wrote = await ask('addMessage', token, 'Voici la précision.');
  const left = index % 3 === 0 ? await ask('withdrawProject', token, { reason: 'solved', words: null }) : null;
  return [wrote, left].flatMap((answer) => (answer && 'failed' in answer ? answer.failed : []));
};

const gather = async (id: string): Promise<Found> => {
  const { projects, referrals, events } = desk.parts;
  const project = (await projects.byId(id)) as Project;
  const [main, associated] = [await referrals.ofProject(id), await referrals.associatedOf(id)];
  return { project, main, associated, events: await events.ofProject(id) };
};

beforeAll(async () => {
  desk = await startDesk({ at: new Date() });
  const team = manyAdvisors(ADVISORS);
  for (const account of team) await desk.parts.accounts.insert(account, { passwordHash: 'none', demo: false });
  for (let index = 0; index < REFERRALS; index += 1) await arrives(index);
  const web = await startWebProcesses(PROCESSES, desk.config.mongodbUrl);
  const askOf = (index: number): Ask => web.asks[index % PROCESSES] as Ask;
  const work = team.map((by, index) => worksAtRandom(desk, { by, ask: askOf(index), tries: TRIES_EACH }));
  const lives = links.slice(0, HOLDERS).map((token, index) => livesOn(token, index, askOf(index)));
  [tries, byHolders] = [(await Promise.all(work)).flat(), (await Promise.all(lives)).flat()];
  await web.stop();
  found = await Promise.all(links.map((_, index) => gather(`project-${index}`)));
});
afterAll(() => desk.stop());

test('every try has its answer: the act, or a refusal that says why', () => {
  const refused = tries.flatMap(({ failed }) => failed ?? []);
  expect([...refused, ...byHolders].filter(({ status }) => status !== 409 && status !== 422)).toEqual([]);
  expect(refused.every(({ message }) => message.length > 20)).toBe(true);
  expect(tries).toHaveLength(ADVISORS * TRIES_EACH);
  expect(refused.filter(({ status }) => status === 409).length).toBeGreaterThan(ADVISORS);
  expect(refused.length).toBeLessThan(tries.length / 2);
});

test('no act is lost: each that was acknowledged is in the story, at its place', () => {
  const told = new Map(
    found.flatMap(({ events }) => events.map((event) => [`${event.referral} ${event.rank}`, event])),
  );
  for (const { kind, by, done } of tries) {
    const event = done && told.get(`${done.id} ${rankOf(done)}`);
    if (done) expect(event).toMatchObject({ type: ACTS[kind].event, after: done.state, actor: { account: by } });
  }
  // A second click is the first one; and who acts on what the holder takes back is told so.
  const withdrawn = new Set(found.filter(({ project }) => project.withdrawnAt).map(({ project }) => project.id));
  const acts = found.flatMap(({ events }) => events).filter(({ actor, type }) => actor.account && type !== 'referred');
  const acknowledged = new Set(tries.flatMap(({ done }) => (done ? `${done.id} ${rankOf(done)}` : [])));
  const untold = acts.filter(
    ({ referral, rank, project }) => !withdrawn.has(project) && !acknowledged.has(`${referral} ${rank}`),
  );
  expect(untold).toEqual([]);
});

test('no change of a referral is outside its story', () => {
  for (const { project, main, events } of found)
    for (const referral of main) {
      const ranks = events.filter((event) => event.referral === referral.id).flatMap(({ rank }) => rank ?? []);
      const byHolder = referral.state === 'withdrawn' ? 1 : 0;
      const versions = Array.from({ length: referral.version - byHolder }, (_, index) => index + 1);
      expect(ranks.toSorted((a, b) => a - b)).toEqual(versions.map((version) => rankOf({ ...referral, version })));
      expect(project.id).toBe(referral.project);
    }
});

test('the events, replayed from empty, give the states that the store holds', () => {
  for (const { project, main, associated, events } of found) {
    const stored = [...main, ...associated].map(({ id, partner, role, state, takenBy }) => ({
      id,
      partner,
      role,
      state,
      takenBy,
    }));
    const { referrals, state, impossible } = replayEvents(events);
    expect(impossible).toEqual([]);
    expect(state).toBe(project.state);
    const byId = <Row extends { id: string }>(rows: Row[]): Row[] => rows.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(byId(referrals)).toEqual(byId(stored));
  }
});

test('a project is in one pair of hands at a time, and nothing is left half done', async () => {
  for (const { main } of found) {
    expect(main.filter(({ state }) => state === 'waiting' || state === 'taken').length).toBeLessThan(2);
    for (const { state, takenBy } of main)
      expect(state === 'taken' ? takenBy !== null : state !== 'waiting' || takenBy === null).toBe(true);
  }
  const later = new Date(desk.clock.now.getTime() + 86_400_000);
  expect(await desk.parts.referrals.withLeftovers(later)).toEqual([]);
  expect(await desk.parts.projects.withLeftovers(later)).toEqual([]);
});
