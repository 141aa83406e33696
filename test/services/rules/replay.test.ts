import type { Project, ProjectEvent } from '../../../src/domain/referrals/referral.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import type { Needs } from '../../../src/services/rules/runReplay.js';
import { runReplay } from '../../../src/services/rules/runReplay.js';
import { aSubmission, UNTOUCHED } from '../../support/aSubmission.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const marie = staffMember('marie');
const PERIOD = { from: new Date('2026-01-01T00:00:00+01:00'), to: new Date('2027-01-01T00:00:00+01:00') };
const COUNT = 1230;
let desk: Desk;

/** Projects of cutlers: three in five at TILTAM about industry, the others about water; many of the same instant. */
const past = (index: number): Project => {
  const needs = index % 5 < 3 ? (['industry-of-the-future'] as const) : (['water'] as const);
  const submission = aSubmission({ facts: { needs: [...needs] } });
  const decision = routeProject(submission.facts, DEFAULT_RULESET, desk.parts.territory);
  const submittedAt = new Date(Date.UTC(2026, 2, 1 + Math.floor(index / 700)));
  const id = `p${String(index).padStart(5, '0')}`;
  return { ...submission, id, reference: id, submittedAt, decision, state: 'waiting', ...UNTOUCHED };
};
const event = (project: string, type: ProjectEvent['type'], partner: string, day: number): ProjectEvent => ({
  id: `${project}-${type}-${partner}`,
  project,
  referral: null,
  partner,
  type,
  at: new Date(Date.UTC(2026, 3, day)),
  actor: { role: type === 'referred' ? 'manager' : 'advisor', account: 'marie' },
  before: null,
  after: null,
  reason: null,
  note: null,
});

beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  await desk.parts.projects.insertAll(Array.from({ length: COUNT }, (_, index) => past(index)));
  await desk.parts.events.insertAll([
    event('p00003', 'referred', 'metropole-clermont', 1),
    event('p00004', 'referred', 'cci-puy-de-dome', 1),
    event('p00008', 'referred', 'cci-puy-de-dome', 1),
    event('p00008', 'declined', 'cci-puy-de-dome', 2),
  ]);
  const { draft } = await desk.services.startDraft(marie);
  await desk.services.editDraft(
    marie,
    { draft: draft.id, revision: 1 },
    {
      act: 'add',
      form: {
        table: 'rules',
        label: 'L’eau va à la CCI',
        when: { op: 'in', fact: 'mainNeed', values: ['water'] },
        to: { partner: 'cci-puy-de-dome' },
        role: 'main',
        weight: 90,
        sentence: 'La CCI suit l’eau.',
      },
    },
  );
});
afterAll(() => desk.stop());

const WATER = Array.from({ length: COUNT }, (_, index) => index).filter((index) => index % 5 >= 3).length;
const start = () => desk.services.startReplay(marie, PERIOD);
const read = (id: string, page?: number) => desk.services.readReplay(marie, id, page);

test('reads every project once, in order, whatever the instants, and lists who moves', async () => {
  const id = await start();
  expect((await read(id)).replay).toMatchObject({ state: 'waiting', before: 1 });
  expect(await desk.services.runReplay(id)).toBe('done');
  const { replay, rows, pages, isCurrent, by } = await read(id);
  expect(replay).toMatchObject({ state: 'done', total: COUNT, done: COUNT, moved: WATER, attempt: 1 });
  expect(replay.report).toMatchObject({ total: COUNT, moved: WATER, unlikeStored: 0 });
  expect(replay.report?.agreement).toEqual({ compared: 2, before: 0, after: 1 });
  expect([pages, isCurrent, by?.name, rows.length]).toEqual([Math.ceil(WATER / 100), true, marie.name, 100]);
  expect(rows[0]).toMatchObject({
    id: 'p00003',
    from: 'ti-tiltam',
    to: 'cci-puy-de-dome',
    project: { reference: 'p00003' },
  });
  const ids = new Set<string>();
  for (let page = 1; page <= pages; page += 1) for (const row of (await read(id, page)).rows) ids.add(row.id);
  expect(ids.size).toBe(WATER);
});

test('done twice, changes nothing', async () => {
  const id = await start();
  await desk.services.runReplay(id);
  expect(await desk.services.runReplay(id)).toBe('nothing to do');
});

/** A replay during which something happens once `pages` pages are done. */
const interrupted = (pages: number, happen: () => Promise<unknown>): Promise<string> => {
  let done = 0;
  const routedPage: Needs['projects']['routedPage'] = async (...args) => {
    if (done++ === pages) await happen();
    return desk.parts.projects.routedPage(...args);
  };
  return start().then(async (id) => {
    current = id;
    return runReplay({ ...desk.parts, projects: { ...desk.parts.projects, routedPage } })(id, leaving.signal);
  });
};
let current = '';
let leaving = new AbortController();
beforeEach(() => {
  leaving = new AbortController();
});

test('is stopped by a manager, and keeps what it has found', async () => {
  expect(await interrupted(1, () => desk.services.stopReplay(marie, current))).toBe('stopped');
  const { replay } = await read(current);
  expect(replay).toMatchObject({ state: 'stopped', done: 500, total: COUNT, report: { total: 500 } });
  expect(await desk.services.runReplay(current)).toBe('nothing to do');
  expect(await desk.services.stopReplay(marie, current)).toBe(false);
});

test('is given back by a worker that leaves, and done by another', async () => {
  expect(await interrupted(1, async () => leaving.abort())).toBe('released');
  expect((await read(current)).replay.state).toBe('waiting');
  expect(await desk.services.runReplay(current)).toBe('done');
  expect((await read(current)).replay).toMatchObject({ moved: WATER, attempt: 2 });
});

test('left by a killed worker, is queued again by the sweep and begun again from clean', async () => {
  await expect(interrupted(2, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  const left = (await read(current)).replay;
  expect(left).toMatchObject({ state: 'running', done: 1000 });
  expect(await desk.services.runReplay(current)).toBe('nothing to do');

  desk.clock.now = new Date(desk.clock.now.getTime() + 31_000);
  const told: string[] = [];
  await desk.with({ enqueueReplays: async (ids) => told.push(...ids) > 0 }).sweep();
  expect(told).toEqual([current]);
  expect(await desk.services.runReplay(current)).toBe('done');
  const { replay, rows } = await read(current, 5);
  expect(replay).toMatchObject({ attempt: 2, done: COUNT, moved: WATER });
  expect(rows).toHaveLength(WATER - 400);
  expect(await desk.parts.replayMoves.page({ id: current, attempt: 1 }, 1)).toEqual([]);
});

test('a worker thought dead that wakes up writes nothing over the other', async () => {
  const outcome = await interrupted(1, async () => {
    desk.clock.now = new Date(desk.clock.now.getTime() + 31_000);
    expect(await desk.services.runReplay(current)).toBe('done');
  });
  expect(outcome).toBe('stopped');
  expect((await read(current)).replay).toMatchObject({ state: 'done', attempt: 2, done: COUNT });
});

test('asked for while Redis is away, waits for the sweep', async () => {
  const away = desk.with({ enqueueReplays: async () => false });
  const id = await away.startReplay(marie, PERIOD);
  const told: string[] = [];
  await desk.with({ enqueueReplays: async (ids) => told.push(...ids) > 0 }).sweep();
  expect(told).toContain(id);
});
