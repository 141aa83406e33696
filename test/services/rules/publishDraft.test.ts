import type { RulesetDraft } from '../../../src/services/rules/currentDraft.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const marie = staffMember('marie');
let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: new Date('2026-12-01T09:30:00+01:00') });
  await addStaff(desk);
});
afterEach(() => desk.stop());

const seenOf = ({ id: draft, revision }: RulesetDraft) => ({ draft, revision });
const submit = async () =>
  (await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() })).project.decision;

/** Everything to its own desk, but what is not sure goes to a person a little sooner. */
const raise = async (triageBelow = 0.41) => {
  const { draft } = await desk.services.startDraft(marie);
  const settings = { ...draft.ruleset.settings, triageBelow };
  const outcome = await desk.services.editDraft(marie, seenOf(draft), { act: 'settings', settings });
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
  return outcome.draft;
};
const reasons = async () => {
  const { checks } = await desk.services.checkDraft(marie);
  const warnings = checks.findings.filter(({ level }) => level === 'warning');
  return warnings.map(({ id }) => ({ check: id, reason: 'Vu avec le comité' }));
};
const publish = async (draft: RulesetDraft, services = desk.services) =>
  services.publishDraft(marie, seenOf(draft), { note: 'Plus de prudence', overrides: await reasons() });

test('the next project is routed by the version just published, in every process', async () => {
  const otherProcess = desk.with({});
  expect((await submit()).rulesetVersion).toBe('2026-11');
  const outcome = await publish(await raise());
  expect(outcome).toMatchObject({ kind: 'published', version: { number: 2, version: '2026-12.2', by: 'marie' } });
  expect((await submit()).rulesetVersion).toBe('2026-12.2');
  const { project } = await otherProcess.submitProject({ visitor: 'other', submission: aSubmission() });
  expect(project.decision.rulesetVersion).toBe('2026-12.2');
  expect((await desk.services.readRules(marie)).draft).toBeNull();
});

test('the rules of the code are kept as they were, and come back by publishing them again', async () => {
  await publish(await raise());
  const back = await desk.services.rollBack(marie, 1, 'Trop de prudence');
  expect([back.number, back.basedOn, back.version]).toEqual([3, 1, '2026-12.3']);
  expect(await desk.services.diffVersions(marie, 1, 3)).toEqual([]);
  expect((await desk.services.diffVersions(marie, 1, 2)).map(({ table }) => table)).toEqual(['settings']);
  expect((await submit()).rulesetVersion).toBe('2026-12.3');
  const { history } = await desk.services.readRules(marie);
  expect(history.map(({ number }) => number)).toEqual([3, 2, 1]);
  await expect(desk.services.rollBack(marie, 9, 'x')).rejects.toMatchObject({ status: 404 });
});

test('a draft that sends an example project astray is refused, whatever the reasons', async () => {
  const draft = await raise(1);
  const outcome = await publish(draft);
  expect(outcome).toMatchObject({ kind: 'refused', checks: { mayPublish: false } });
  const missed = outcome.kind === 'refused' ? outcome.checks.missed : [];
  expect(missed.length).toBeGreaterThan(0);
  expect(missed.every(({ regresses }) => regresses)).toBe(true);
  expect((await submit()).rulesetVersion).toBe('2026-11');
});

test('warnings need a reason, which is kept; so does the note', async () => {
  const warning = {
    level: 'warning',
    check: 'tie',
    rule: 'x',
    text: 'Deux règles se valent.',
    exact: true,
    id: 'tie x',
  } as const;
  const checks = { faults: [], findings: [warning], missed: [], mayPublish: true };
  const { publishDraft } = await import('../../../src/services/rules/publishDraft.js');
  const { activeRuleset } = await import('../../../src/services/rules/activeRuleset.js');
  const act = publishDraft({
    ...desk.parts,
    activeRuleset: activeRuleset(desk.parts),
    draftChecks: async () => checks,
  });
  const draft = await raise();
  const bare = await act(marie, seenOf(draft), { note: ' ', overrides: [{ check: 'tie x', reason: ' ' }] });
  expect(bare).toMatchObject({ kind: 'refused', missingNote: true, missingReasons: ['tie x'] });
  const overrides = [{ check: 'tie x', reason: 'Voulu' }];
  const done = await act(marie, seenOf(draft), { note: 'Ok', overrides });
  expect(done).toMatchObject({ kind: 'published' });
  expect((await desk.parts.rulesets.byNumber(2))?.overrides).toEqual([
    { check: 'tie x', message: 'Deux règles se valent.', reason: 'Voulu' },
  ]);
});

test('two managers who publish at once make one version', async () => {
  const draft = await raise();
  const outcomes = await Promise.all([publish(draft), publish(draft, desk.with({}))]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed', 'published']);
  expect(await desk.parts.rulesets.latestNumber()).toBe(2);
});

test('what is changed in the draft while it is published becomes the next draft', async () => {
  const draft = await raise();
  const parts = {
    ...desk.parts.rulesets,
    insert: async (...args: Parameters<typeof desk.parts.rulesets.insert>) => {
      const isNew = await desk.parts.rulesets.insert(...args);
      const change = { ruleset: draft.ruleset, updatedBy: 'luc', updatedAt: desk.clock.now };
      if (args[1].id === draft.id) await desk.parts.rulesetDrafts.change(draft, change);
      return isNew;
    },
  };
  expect((await publish(draft, desk.with({ rulesets: parts }))).kind).toBe('published');
  const { draft: next } = await desk.services.readRules(marie);
  expect(next).toMatchObject({ basedOn: 2, updatedBy: 'luc', revision: draft.revision + 1 });
  expect(next?.id).not.toBe(draft.id);
});

test('a crash just after the publication leaves no draft to publish twice', async () => {
  const draft = await raise();
  const crash = async () => Promise.reject(new Error('crash'));
  const broken = { ...desk.parts.rulesetDrafts, discard: crash };
  await expect(publish(draft, desk.with({ rulesetDrafts: broken }))).rejects.toThrow('crash');
  expect((await desk.services.readRules(marie)).draft).toBeNull();
  expect(await desk.parts.rulesets.latestNumber()).toBe(2);
});
