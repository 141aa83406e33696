import type { DraftAct } from '../../../src/services/rules/applyAct.js';
import type { DraftSeen, RulesetDraft } from '../../../src/services/rules/currentDraft.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const [marie, anne] = [staffMember('marie'), staffMember('anne')];
const luc = { ...marie, id: 'luc', name: 'Luc B.', email: 'luc@example.org' };

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: new Date('2026-11-23T09:30:00+01:00') });
  await addStaff(desk);
  await desk.parts.accounts.insert(luc, { passwordHash: 'none', demo: false });
});
afterAll(() => desk.stop());
afterEach(() => desk.parts.rulesetDrafts.model.deleteMany({}));

const seenOf = ({ id: draft, revision }: RulesetDraft): DraftSeen => ({ draft, revision });
const begin = async () => (await desk.services.startDraft(marie)).draft;
const edit = async (seen: DraftSeen, act: DraftAct, by = marie) => desk.services.editDraft(by, seen, act);
const form = (changes: object = {}): Extract<DraftAct, { act: 'add' }>['form'] => ({
  table: 'rules',
  label: 'L’eau va à la CCI',
  when: { op: 'in', fact: 'mainNeed', values: ['water'] },
  to: { family: 'cci' },
  role: 'main',
  weight: 12,
  sentence: 'La CCI suit l’eau.',
  ...changes,
});

test('the rules of the code decide until something is published, and reading them writes nothing', async () => {
  const sheet = await desk.services.readRules(marie);
  expect([sheet.active.number, sheet.active.version, sheet.draft]).toEqual([1, '2026-11', null]);
  expect(sheet.history.map(({ number }) => number)).toEqual([1]);
  expect(await desk.parts.rulesets.model.countDocuments()).toBe(0);
});

test('two managers share one draft', async () => {
  const draft = await begin();
  const second = await desk.services.startDraft(luc);
  expect([second.isNew, second.draft.id, second.draft.startedBy]).toEqual([false, draft.id, 'marie']);
});

test('a rule is added, changed, moved and removed', async () => {
  const draft = await begin();
  const length = draft.ruleset.rules.length;
  const added = await edit(seenOf(draft), { act: 'add', form: form() });
  if (added.kind !== 'saved') throw new Error(added.kind);
  expect([added.rule, added.draft.revision, added.draft.ruleset.rules.length]).toEqual([
    'l-eau-va-a-la-cci',
    2,
    length + 1,
  ]);
  const rule = added.rule ?? '';
  const up = await edit(seenOf(added.draft), { act: 'move', rule, to: 'up' });
  if (up.kind !== 'saved') throw new Error(up.kind);
  const mains = up.draft.ruleset.rules.filter(({ role }) => role === 'main').map(({ id }) => id);
  expect(mains.at(-2)).toBe(rule);
  const changed = await edit(seenOf(up.draft), { act: 'change', rule, form: form({ weight: 4 }) });
  if (changed.kind !== 'saved') throw new Error(changed.kind);
  expect(changed.draft.ruleset.rules.find(({ id }) => id === rule)?.weight).toBe(4);
  const removed = await edit(seenOf(changed.draft), { act: 'remove', rule });
  if (removed.kind !== 'saved') throw new Error(removed.kind);
  expect(removed.draft.ruleset).toEqual(draft.ruleset);
});

test.each([
  ['an unknown partner', { to: { partner: 'nobody' } }, 'to.partner'],
  ['a weight that is no number', { weight: Number.NaN }, 'weight'],
  ['no label', { label: '' }, 'label'],
  ['an unknown need', { when: { op: 'in', fact: 'mainNeed', values: ['tricot'] } }, 'when.values[0]'],
  ['a fact known only afterwards', { when: { op: 'equals', fact: 'mainKind', value: 'cci' } }, 'when.fact'],
])('%s is refused, with where to correct it, and nothing is written', async (_what, changes, path) => {
  const draft = await begin();
  const outcome = await edit(seenOf(draft), { act: 'add', form: form(changes) });
  expect(outcome).toMatchObject({ kind: 'refused', faults: [{ path }] });
  expect((await desk.parts.rulesetDrafts.read())?.revision).toBe(1);
});

test('the second of two managers is told who was faster, and overwrites nothing', async () => {
  const draft = await begin();
  const [first, second] = await Promise.all([
    edit(seenOf(draft), { act: 'add', form: form({ label: 'Première' }) }, luc),
    edit(seenOf(draft), { act: 'add', form: form({ label: 'Seconde' }) }, marie),
  ]);
  const kinds = [first.kind, second.kind].sort();
  expect(kinds).toEqual(['changed', 'saved']);
  const winner = first.kind === 'saved' ? luc : marie;
  const told = first.kind === 'changed' ? first : second;
  expect(told).toMatchObject({ kind: 'changed', by: { name: winner.name }, draft: { revision: 2 } });
  const later = await edit(seenOf(draft), { act: 'remove', rule: 'demarchage' });
  expect(later.kind).toBe('changed');
  expect((await desk.parts.rulesetDrafts.read())?.ruleset.gates.some(({ id }) => id === 'demarchage')).toBe(true);
});

test('twenty changes at once from the same revision make one change', async () => {
  const draft = await begin();
  const acts = Array.from({ length: 20 }, (_, i) =>
    edit(seenOf(draft), { act: 'add', form: form({ label: `R${i}` }) }),
  );
  const kinds = (await Promise.all(acts)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'saved')).toHaveLength(1);
  expect((await desk.parts.rulesetDrafts.read())?.revision).toBe(2);
});

test('a draft changed since is not thrown away', async () => {
  const draft = await begin();
  await edit(seenOf(draft), { act: 'add', form: form() }, luc);
  expect(await desk.services.discardDraft(marie, seenOf(draft))).toMatchObject({
    kind: 'changed',
    by: { name: 'Luc B.' },
  });
  const now = await desk.parts.rulesetDrafts.read();
  expect(await desk.services.discardDraft(marie, seenOf(now as RulesetDraft))).toEqual({ kind: 'discarded' });
});

test('a made-up project is tried by both rulesets', async () => {
  const draft = await begin();
  const facts = (await import('../../support/aSubmission.js')).aSubmission({ facts: { needs: ['water'] } }).facts;
  await edit(seenOf(draft), { act: 'add', form: form({ weight: 90 }) });
  const { now, draft: then } = await desk.services.tryProject(marie, facts);
  expect([now.rulesetVersion, then?.rulesetVersion, then?.main]).toEqual(['2026-11', 'brouillon', 'cci-puy-de-dome']);
});

test('advisors see none of it', async () => {
  const { services } = desk;
  const seen = { draft: 'd', revision: 1 };
  const calls = [
    () => services.readRules(anne),
    () => services.readVersion(anne, 1),
    () => services.diffVersions(anne, 1, 'draft'),
    () => services.startDraft(anne),
    () => services.editDraft(anne, seen, { act: 'remove', rule: 'demarchage' }),
    () => services.discardDraft(anne, seen),
    () => services.checkDraft(anne),
    () => services.publishDraft(anne, seen, { note: 'x', overrides: [] }),
    () => services.rollBack(anne, 1, 'x'),
    () => services.startReplay(anne, { from: new Date(0), to: new Date() }),
    () => services.stopReplay(anne, 'r'),
    () => services.readReplay(anne, 'r'),
    () => services.readReplays(anne),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ status: 403 });
});
