import type { Connection } from 'mongoose';
import { INVARIANT_IDS, type InvariantId, invariantOf } from '../../../src/services/verify/invariants.js';
import { type VerifyOptions, verifyStore } from '../../../src/services/verify/verifyStore.js';
import type { Desk } from '../../support/startDesk.js';
import { verifyParts, type WholeLife, wholeLife } from '../../support/wholeLife.js';

let life: WholeLife;
let desk: Desk;
beforeAll(async () => {
  life = await wholeLife();
  desk = life.desk;
});
afterAll(() => desk.stop());

const verify = (options: Partial<VerifyOptions> = {}) => verifyStore(verifyParts(desk))({ pause: 0, ...options });
const found = ({ findings }: Pick<Awaited<ReturnType<typeof verify>>, 'findings'>): string[] => [
  ...new Set(findings.map(({ invariant }) => invariant)),
];

type Raw = Record<string, unknown>;
type Id = { _id: string };
/** The records of a collection, past its repository: a wound follows no rule. */
const connection = (): Connection => (desk.parts as unknown as { connection: Connection }).connection;
const raw = (name: string) => connection().collection<Id>(name);
const one = async (name: string, filter: Raw): Promise<Id & Raw> => {
  const record = await raw(name).findOne(filter as never);
  if (!record) throw new Error(`no such record in ${name}`);
  return record as unknown as Id & Raw;
};
const change = async (name: string, filter: Raw, set: Raw): Promise<void> => {
  await raw(name).updateOne({ _id: (await one(name, filter))._id } as never, { $set: set });
};
const remove = async (name: string, filter: Raw): Promise<void> => {
  await raw(name).deleteOne({ _id: (await one(name, filter))._id } as never);
};
const add = async (name: string, record: Id & Raw): Promise<void> => {
  await raw(name).insertOne(record as never);
};
const copy = async (name: string, filter: Raw, set: Id & Raw): Promise<void> =>
  add(name, { ...(await one(name, filter)), ...set });

/** All that the store holds, to be put back after each wound. */
const before = new Map<string, never[]>();
const keepAll = async (): Promise<void> => {
  for (const { name } of await connection().listCollections())
    before.set(name, (await raw(name).find({}).toArray()) as never[]);
};
const putBack = async (): Promise<void> => {
  for (const [name, records] of before) {
    await raw(name).deleteMany({});
    if (records.length > 0) await raw(name).insertMany(records);
  }
};

const LATER = new Date('2027-06-01T10:00:00Z');
const LONG_AGO = new Date('2020-01-01T10:00:00Z');

type Wound = [InvariantId, string, () => Promise<void>, also?: InvariantId[]];

/** One wound for each rule, made directly in the store. `also`: what it breaks besides. */
const WOUNDS: Wound[] = [
  [
    'half-done',
    'an event is still in the outbox of a referral',
    async () => {
      const event = await one('events', { type: 'taken', referral: life.taken.id });
      const { _id: id, ...rest } = event;
      return change('referrals', { _id: life.taken.id }, { outbox: [{ id, ...rest }] });
    },
  ],
  [
    'project-without-referral',
    'the referral of a project is lost, with its events',
    async () => {
      await remove('referrals', { _id: life.waiting.id });
      await raw('events').deleteMany({ referral: life.waiting.id, type: 'referred' } as never);
      await raw('events').updateMany({ project: life.waiting.project } as never, { $set: { referral: null } });
    },
  ],
  [
    'ended-with-project',
    'a referral is open, though its holder took the project back',
    () => change('referrals', { _id: life.withdrawn.id }, { state: 'waiting', basket: 'a-prendre', version: 1 }),
  ],
  [
    'departure-half-done',
    'somebody left, and nobody handed the projects over',
    () => change('accounts', { _id: 'bruno' }, { leaving: 'cci-allier' }),
  ],
  [
    'in-closed-hands',
    'a project is in the hands of somebody whose account is closed',
    () => change('accounts', { _id: 'anne' }, { active: false }),
  ],
  [
    'two-open-referrals',
    'a second main referral is open',
    () => copy('referrals', { _id: life.taken.id }, { _id: 'second', sequence: 2, version: 0 }),
    ['referral-state'],
  ],
  [
    'referral-sequence',
    'a referral takes the place after the next',
    () => change('referrals', { _id: life.helped.id }, { sequence: 3 }),
    ['story-whole'],
  ],
  [
    'partner-receives',
    'a referral is at a partner that is not in the directory',
    () => change('referrals', { project: life.sentOn.project, sequence: 2 }, { partner: 'nobody' }),
    ['referral-state', 'in-closed-hands'],
  ],
  [
    'referral-state',
    'a referral is in a state that no event tells',
    () => change('referrals', { _id: life.helped.id }, { state: 'unreachable' }),
  ],
  [
    'referral-place',
    'a referral is in another basket',
    () => change('referrals', { _id: life.helped.id }, { basket: 'en-cours' }),
  ],
  [
    'project-state',
    'the state of a project was not written',
    () => change('projects', { _id: life.helped.project }, { state: 'in_progress', stateRank: 0 }),
  ],
  [
    'story-holds',
    'an event begins where none ended',
    () => change('events', { type: 'call-logged' }, { before: 'waiting' }),
  ],
  [
    'story-whole',
    'an event is lost',
    () => remove('events', { type: 'detail-asked', referral: life.taken.id }),
    ['words-without-event'],
  ],
  [
    'event-without-referral',
    'an event names a referral that is not there',
    () => change('events', { type: 'message-added', project: life.waiting.project }, { referral: 'nowhere' }),
  ],
  [
    'promised-date',
    'the date promised is later',
    () => change('referrals', { _id: life.helped.id }, { callBy: LATER }),
  ],
  [
    'known-rules',
    'a decision names rules that nobody published',
    () => change('projects', { _id: life.helped.project }, { 'decision.rulesetVersion': 'never published' }),
  ],
  [
    'words-without-event',
    'the words of an act are lost',
    () => change('referrals', { _id: life.helped.id }, { notes: [] }),
  ],
  [
    'email-missing',
    'an e-mail that was owed is lost',
    () => remove('deliveries', { project: life.taken.project, email: 'holder-taken' }),
  ],
  [
    'email-twice',
    'an e-mail is there twice, under another key',
    () => copy('deliveries', { project: life.taken.project, email: 'holder-taken' }, { _id: 'twice', key: 'another' }),
  ],
  [
    'email-end',
    'an e-mail is no longer owed, and nothing says why',
    () => change('deliveries', { project: life.taken.project, email: 'holder-taken' }, { owed: false }),
  ],
  [
    'email-leaves-once',
    'an e-mail that left is still owed',
    () => change('deliveries', { project: life.taken.project, email: 'holder-taken' }, { sentAt: desk.clock.now }),
  ],
  [
    'email-locked',
    'an e-mail is kept for an attempt of next year',
    () => change('deliveries', { project: life.taken.project, email: 'holder-taken' }, { lockedUntil: LATER }),
  ],
  [
    'erased-project',
    'an erased project still has a name',
    () => change('projects', { _id: life.erased.project }, { 'contact.name': 'Camille R.' }),
  ],
  [
    'erased-around',
    'a note of an erased project is left, and its title in the lists',
    async () => {
      await copy('notes', { _id: 'note-1' }, { _id: 'left', project: life.erased.project, referral: life.erased.id });
      return change('referrals', { _id: life.erased.id }, { 'about.title': 'Une coutellerie' });
    },
  ],
  [
    'referral-without-project',
    'a referral names a project that is not there',
    () => copy('referrals', { _id: life.helped.id }, { _id: 'alone', project: 'nowhere' }),
  ],
  [
    'event-without-project',
    'an event names a project that is not there',
    () => copy('events', { type: 'taken' }, { _id: 'alone', project: 'nowhere' }),
  ],
  [
    'email-without-project',
    'an e-mail names a project that is not there',
    () => copy('deliveries', { email: 'holder-taken' }, { _id: 'alone', project: 'nowhere', key: 'alone' }),
  ],
  [
    'link-nowhere',
    'a link leads to a project that is not there',
    () => copy('links', { purpose: 'follow-up' }, { _id: 'alone', project: 'nowhere' }),
  ],
  [
    'note-nowhere',
    'a note is about nothing',
    () => copy('notes', { _id: 'note-1' }, { _id: 'alone', project: 'nowhere' }),
  ],
  [
    'note-draft-nowhere',
    'a note under way is about nothing',
    () =>
      add('noteDrafts', {
        _id: 'alone',
        account: 'anne',
        referral: 'nowhere',
        project: 'nowhere',
        form: 'note',
        values: {},
        updatedAt: desk.clock.now,
      }),
  ],
  [
    'note-without-referral',
    'a note names a referral that is not there',
    () => change('notes', { _id: 'note-1' }, { referral: 'nowhere' }),
  ],
  [
    'session-of-closed-account',
    'a session outlives its account',
    () =>
      add('sessions', {
        _id: 'alone',
        account: 'nobody',
        content: {},
        startedAt: desk.clock.now,
        seenAt: desk.clock.now,
        expiresAt: LATER,
        endedAt: null,
      }),
  ],
  [
    'key-of-closed-account',
    'an invitation outlives its account',
    () =>
      add('links', {
        _id: 'alone',
        purpose: 'invitation',
        account: 'nobody',
        createdAt: desk.clock.now,
        expiresAt: LATER,
        revokedAt: null,
      }),
  ],
  [
    'kept-too-long',
    'a questionnaire of years ago is still there',
    () =>
      add('drafts', {
        _id: 'old',
        visitors: [],
        answers: {},
        language: 'fr',
        startedAt: LONG_AGO,
        updatedAt: LONG_AGO,
      }),
  ],
  [
    'ledger-held',
    'nobody may take a line of the ledger over',
    () =>
      add('runs', {
        _id: 'purge:2026-11-23',
        name: 'purge',
        slot: '2026-11-23',
        startedAt: desk.clock.now,
        finishedAt: null,
        done: 0,
        failedBecause: null,
        attempts: 1,
        lockedUntil: LATER,
      }),
  ],
  [
    'ruleset-numbers',
    'a version of the rules is missing',
    () =>
      add('rulesets', {
        _id: 'of-draft',
        draftRevision: 1,
        number: 3,
        version: 'of-draft',
        ruleset: {},
        publishedAt: desk.clock.now,
        by: 'marie',
        note: '',
        basedOn: 1,
        overrides: [],
      }),
  ],
  ['audit-chain', 'a line of the audit log was changed', () => change('auditLines', { _id: 1 }, { act: 'signed-in' })],
  [
    'figures',
    'the row of a project is not as its events tell',
    () => change('projectfacts', { _id: life.helped.project }, { epci: 'nowhere' }),
  ],
];

test('every rule has its wound', () => {
  expect(WOUNDS.map(([id]) => id)).toEqual(INVARIANT_IDS);
});

test('a desk where all has happened is clean, and so it stays', async () => {
  const { findings, projects } = await verify();
  expect(findings).toEqual([]);
  expect(projects).toBe(8);
  expect(await verify({ repair: true })).toEqual({ projects, findings: [], hasMore: false });
});

test('what the desk was at meanwhile is not told', async () => {
  const { helped } = life;
  const parts = verifyParts(desk);
  const state = async (value: string) => raw('projects').updateOne({ _id: helped.project }, { $set: { state: value } });
  await state('in_progress');
  const pages: typeof parts.everyRecord.pages = async function* (wanted, size) {
    if (wanted.only) await state('helped');
    yield* parts.everyRecord.pages(wanted, size);
  };
  const everyRecord = { ...parts.everyRecord, pages } as typeof parts.everyRecord;
  expect((await verify({ only: ['project-state'] })).findings).toHaveLength(1);
  expect((await verifyStore({ ...parts, everyRecord })({ pause: 0, only: ['project-state'] })).findings).toEqual([]);
});

/** All of them made anew at each look would be most of the time that this takes. */
const BUT_FIGURES = INVARIANT_IDS.filter((id) => id !== 'figures');

describe('one wound', () => {
  beforeAll(keepAll);
  afterEach(putBack);

  test.each(WOUNDS)('%s: %s', async (id, _what, wound, also = []) => {
    const only = id === 'figures' ? INVARIANT_IDS : BUT_FIGURES;
    await wound();
    expect(found(await verify({ only })).sort()).toEqual([id, ...also].sort());
    const { findings, repaired } = await verify({ only, repair: true });
    if (invariantOf(id).repair) {
      expect(findings).toEqual([]);
      expect(repaired).toHaveProperty(id);
      expect((await verify({ only, repair: true })).repaired).toBeUndefined();
    } else {
      const left = also.filter((other) => !invariantOf(other).repair);
      expect(found({ findings }).sort()).toEqual([id, ...left].sort());
      expect(repaired).not.toHaveProperty(id);
    }
  });
});
