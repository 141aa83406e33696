import { anUndecidedSubmission, aSubmission } from '../support/aSubmission.js';
import { dyingAfter } from '../support/dyingAfter.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
});
afterAll(() => desk.stop());

const submit = async (visitor: string, submission = aSubmission()) => {
  await desk.services.saveDraft(visitor, { besoins: { needs: submission.facts.needs } });
  return desk.services.submitProject({ visitor, submission });
};

/** At a partner that has nobody: what leaves now, then what leaves for as long as nobody takes it. */
const OWED = [
  'advisor-new-project',
  'advisor-reminder',
  'advisor-second-reminder',
  'holder-not-forgotten',
  'holder-receipt',
  'lead-escalation',
  'lead-nobody-available',
];

describe('submitting a project', () => {
  it('routes it, opens a referral with a promise, and owes the e-mails', async () => {
    const { project, token } = await submit('visitor-1');

    expect(project.decision.main).toBe('ti-tiltam');
    expect(project.reference).toMatch(/^26-[0-9A-HJKMNP-TV-Z]{5}$/);
    const followed = await desk.services.followProject(token);
    expect(followed?.referral).toMatchObject({ partner: 'ti-tiltam', state: 'waiting', sequence: 1 });
    expect(followed?.referral?.callBy).toEqual(new Date('2026-11-25T18:00:00+01:00'));
    expect(followed?.events.map(({ type }) => type)).toEqual(['submitted', 'referred']);
    const owed = await desk.parts.deliveries.ofProject(project.id);
    expect(owed.map(({ email }) => email).sort()).toEqual(OWED);
  });

  it('makes one project of one draft, however often and however fast it is sent', async () => {
    await desk.services.saveDraft('visitor-2', { besoins: { needs: ['water'] } });
    const once = () => desk.services.submitProject({ visitor: 'visitor-2', submission: aSubmission() });
    const sent = await Promise.all([once(), once(), once()]);

    expect(new Set(sent.map(({ project }) => project.id)).size).toBe(1);
    const id = sent[0]?.project.id ?? '';
    expect(await desk.parts.referrals.ofProject(id)).toHaveLength(1);
    expect(await desk.parts.events.ofProject(id)).toHaveLength(2);
    expect((await desk.parts.deliveries.ofProject(id)).map(({ email }) => email).sort()).toEqual(OWED);
    const again = await desk.services.reopenReceipt('visitor-2');
    expect((await desk.services.followProject(again ?? ''))?.project.id).toBe(id);
  });

  it('writes what follows from those sent at once together, and each has its own', async () => {
    const { appendAll } = desk.parts.events;
    const batches: number[] = [];
    const counted: typeof appendAll = (appended) => {
      batches.push(appended.length);
      return appendAll(appended);
    };
    const { submitProject, followProject } = desk.with({ events: { ...desk.parts.events, appendAll: counted } });
    const visitors = Array.from({ length: 10 }, (_, place) => `at-once-${place}`);
    const sent = await Promise.all(visitors.map((visitor) => submitProject({ visitor, submission: aSubmission() })));

    expect(batches.reduce((sum, length) => sum + length, 0)).toBe(20);
    expect(batches.length).toBeLessThan(20);
    for (const { project, token } of sent) {
      const followed = await followProject(token);
      expect(followed?.project.id).toBe(project.id);
      expect(followed?.events.map(({ type }) => type)).toEqual(['submitted', 'referred']);
      expect((await desk.parts.deliveries.ofProject(project.id)).map(({ email }) => email).sort()).toEqual(OWED);
      expect(await desk.parts.projects.outbox(project.id)).toEqual([]);
      expect(await desk.parts.referrals.outbox(followed?.referral?.id ?? '')).toEqual([]);
    }
  });

  it('sends to triage what the rules cannot decide', async () => {
    const { project } = await submit('visitor-3', anUndecidedSubmission());

    expect(project).toMatchObject({ state: 'triage', decision: { outcome: 'triage', main: null } });
    const owed = await desk.parts.deliveries.ofProject(project.id);
    expect(owed.map(({ email }) => email).sort()).toEqual(['holder-receipt-triage', 'manager-triage']);
  });

  it('empties the draft, so that the next project begins anew', async () => {
    await submit('visitor-4');
    expect(await desk.services.readDraft('visitor-4')).toEqual({});
    const second = await submit('visitor-4', aSubmission({ facts: { title: 'Un second projet' } }));
    expect(second.project.facts.title).toBe('Un second projet');
  });

  it('shows a receipt again only once the project has reached its partner, whatever cut the first time short', async () => {
    await desk.services.saveDraft('visitor-5', { besoins: { needs: ['water'] } });
    const { services } = dyingAfter(desk, 1);
    await expect(services.submitProject({ visitor: 'visitor-5', submission: aSubmission() })).rejects.toThrow('killed');
    expect((await desk.parts.drafts.read('visitor-5'))?.lastProject).not.toBeNull();

    const again = await desk.services.reopenReceipt('visitor-5');
    expect((await desk.services.followProject(again ?? ''))?.referral).toMatchObject({ partner: 'ti-tiltam' });
  });

  it('opens no follow-up page with a made-up secret', async () => {
    await expect(desk.services.followProject('made-up')).rejects.toThrow('Ce lien n’ouvre aucun projet.');
  });
});

describe('a draft', () => {
  it('keeps what two tabs answered at the same time', async () => {
    await desk.services.saveDraft('two-tabs', { besoins: { needs: ['water'] } });
    await Promise.all([
      desk.services.saveDraft('two-tabs', { avancement: { stage: 'growth' } }),
      desk.services.saveDraft('two-tabs', { vous: { holderKind: 'company' } }),
    ]);
    expect(Object.keys(await desk.services.readDraft('two-tabs')).sort()).toEqual(['avancement', 'besoins', 'vous']);
  });

  it('is forgotten, with the receipt, when somebody starts over', async () => {
    await submit('shared-computer');
    expect(await desk.services.reopenReceipt('shared-computer')).not.toBeNull();
    await desk.services.startOver('shared-computer');
    expect(await desk.services.reopenReceipt('shared-computer')).toBeNull();
  });

  it('shows the receipt again for a quarter of an hour, not to whoever sits there later', async () => {
    await submit('long-ago');
    desk.clock.now = new Date(desk.clock.now.getTime() + 16 * 60_000);
    expect(await desk.services.reopenReceipt('long-ago')).toBeNull();
  });
});

describe('a crash after the first durable write', () => {
  const crashAt = async (step: 'append' | 'plan' | 'insert') => {
    const crash = () => Promise.reject(new Error('crash'));
    const broken = {
      append: { events: { ...desk.parts.events, appendAll: crash } },
      plan: { deliveries: { ...desk.parts.deliveries, planAll: crash } },
      insert: { referrals: { ...desk.parts.referrals, insert: crash } },
    }[step];
    const visitor = `crash-${step}`;
    await desk.services.saveDraft(visitor, { besoins: { needs: ['water'] } });
    await expect(desk.with(broken).submitProject({ visitor, submission: aSubmission() })).rejects.toThrow('crash');
    const { id } = (await desk.parts.drafts.read(visitor)) ?? { id: '' };
    return desk.parts.projects.byDraft(id);
  };

  it.each(['append', 'plan', 'insert'] as const)('at step %s is completed by the sweep, once', async (step) => {
    const project = await crashAt(step);
    const id = project?.id ?? '';
    expect(project).not.toBeNull();

    desk.clock.now = new Date(desk.clock.now.getTime() + 60_000);
    await desk.services.sweep();
    await desk.services.sweep();

    expect(await desk.parts.referrals.ofProject(id)).toHaveLength(1);
    expect((await desk.parts.events.ofProject(id)).map(({ type }) => type)).toEqual(['submitted', 'referred']);
    expect((await desk.parts.deliveries.ofProject(id)).map(({ email }) => email).sort()).toEqual(OWED);
    expect(await desk.parts.projects.outbox(id)).toEqual([]);
  });
});
