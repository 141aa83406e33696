import { newId, newReference } from '../../src/data/records.js';
import type { Store } from '../../src/data/store.js';
import cases from '../../src/data/territory/cases.json';
import { loadDemonstrationFile, loadTerritory } from '../../src/data/territoryFiles.js';
import { toSubmission } from '../../src/domain/questionnaire/toSubmission.js';
import { OUTCOME_WORDS } from '../../src/domain/routing/decision.js';
import { routeProject } from '../../src/domain/routing/routeProject.js';
import { NEEDS } from '../../src/domain/territory/needs.js';
import { STAGES } from '../../src/domain/territory/stages.js';
import { isPassword } from '../../src/services/accounts/passwords.js';
import { chanceOf } from '../../src/services/demonstration/chance.js';
import { loadDemonstration } from '../../src/services/demonstration/loadDemonstration.js';
import { needsDemonstration } from '../../src/services/demonstration/needsDemonstration.js';
import { at, of, placesOf } from '../../src/services/demonstration/places.js';
import { planYear } from '../../src/services/demonstration/planYear.js';
import { removeDemonstration } from '../../src/services/demonstration/removeDemonstration.js';
import { writeAnswers } from '../../src/services/demonstration/writeAnswers.js';
import { DEFAULT_RULESET } from '../support/defaultRules.js';
import { openMigrated } from '../support/openMigrated.js';
import { startTestStore } from '../support/startStore.js';
import { anAccount, aProject, story } from '../support/stories.js';

const UNTIL = new Date('2026-12-01T00:00:00+01:00');
const territory = loadTerritory();
const demonstration = loadDemonstrationFile()!;
const password = (): string => 'made for this test';

let embedded: Awaited<ReturnType<typeof startTestStore>>;
let store: Store;
beforeAll(async () => {
  embedded = await startTestStore();
  store = await openMigrated(embedded.uri);
});
afterAll(async () => {
  await store.close();
  await embedded.stop();
});

const parts = () => ({
  ...store,
  territory,
  demonstration,
  firstRules: DEFAULT_RULESET,
  newId,
  newReference,
  clock: () => UNTIL,
});

const all = async () => {
  const ids: string[] = [];
  for await (const some of store.projects.countedBetween(new Date(0), new Date('2100-01-01'), 1000))
    ids.push(...some.map(({ id }) => id));
  const projects = await store.projects.byIds(ids);
  const referrals = await store.referrals.ofProjects(ids);
  const events = await store.events.ofProjects(ids);
  const deliveries = (await Promise.all(ids.map(store.deliveries.ofProject))).flat();
  return { projects, referrals, events, deliveries };
};

/** Everything but ids and references, which are drawn anew. */
const figures = async () => {
  const { projects, referrals, events, deliveries } = await all();
  const sorted = (lines: unknown[]): string[] => lines.map((line) => JSON.stringify(line)).sort();
  return {
    projects: sorted(
      projects.map(({ submittedAt, facts, contact, organisation, state, channel, messages, survey }) => {
        const written = messages.map(({ at: when, text }) => [when, text]);
        return [submittedAt, facts, contact, organisation, state, channel, written, survey];
      }),
    ),
    referrals: sorted(
      referrals.map(({ partner, state, sentAt, takenAt, takenBy, closedAt }) => {
        return [partner, state, sentAt, takenAt, takenBy, closedAt];
      }),
    ),
    events: sorted(events.map(({ type, at: when, partner, reason, actor }) => [type, when, partner, reason, actor])),
    deliveries: sorted(
      deliveries.map(({ email, due, sentAt, cancelledBecause }) => [email, due, sentAt, cancelledBecause]),
    ),
  };
};

const byLabel = <T extends Record<string, { label: string }>>(words: T, ids: readonly (keyof T)[]): string[] =>
  ids.map((id) => words[id]?.label ?? '');

describe('the stories', () => {
  test.each(cases.map((example) => [example.id, example] as const))(
    '%s is told as its example is, and routed alike',
    (id, example) => {
      const told = demonstration.stories.find((one) => one.case === id);
      if (!told) throw new Error(`No story for ${id}`);
      expect(byLabel(NEEDS, told.needs)).toEqual(example.needs);
      expect(STAGES[told.stage].code).toBe(example.stage);
      const accepted = [example.expectedPrimary, ...((example as { acceptable?: string[] }).acceptable ?? [])];
      for (let number = 1; number <= 12; number += 1) {
        const chance = chanceOf(`${id} ${number}`);
        const answers = writeAnswers(told, { chance, number, places: placesOf(told.where, territory), territory });
        // Said by a few, and by the examples never.
        const submission = toSubmission({ ...answers, avancement: { stage: told.stage } }, territory, 'fr');
        const decision = routeProject(submission.facts, DEFAULT_RULESET, territory);
        expect(OUTCOME_WORDS[decision.outcome]).toBe(example.outcome);
        if (decision.main) expect(accepted).toContain(decision.main);
        expect(`${answers.projet?.title} ${answers.projet?.summary}`).not.toMatch(/[{}]/);
      }
    },
  );

  test('name communes in good French', () => {
    const [cendre, ancizes, issoire] = ['63069', '63004', '63178'].map((code) => territory.commune(code)!);
    expect([at(cendre!), of(cendre!)]).toEqual(['au Cendre', 'du Cendre']);
    expect([at(ancizes!), of(ancizes!)]).toEqual(['aux Ancizes-Comps', 'des Ancizes-Comps']);
    expect([at(issoire!), of(issoire!)]).toEqual(['à Issoire', 'd’Issoire']);
  });

  test('are quieter in August and busier in autumn', () => {
    const months = planYear(UNTIL, 380, demonstration).map(({ at: when }) => when.getMonth());
    const count = (month: number): number => months.filter((one) => one === month).length;
    expect(count(7)).toBeLessThan(count(5) / 2);
    expect(count(9)).toBeGreaterThan(count(5));
  });
});

describe('the demonstration', () => {
  test('is due in a store that was never used', async () => {
    expect(await needsDemonstration(parts())).toBe(true);
  });

  test('gives the same figures each time for the same day', async () => {
    const progress: number[] = [];
    const onProgress = (done: number): void => void progress.push(done);
    const loaded = await loadDemonstration(parts(), { until: UNTIL, password, size: 90, onProgress });
    expect(loaded).toEqual({ projects: 90, accounts: 33 });
    expect(progress.at(-1)).toBe(90);
    const first = await figures();
    await loadDemonstration(parts(), { until: UNTIL, password, size: 90 });
    expect(await figures()).toEqual(first);
    expect(await needsDemonstration(parts())).toBe(false);
  });

  test('has one report in the archive, of the last quarter that is settled, and nobody is told of it', async () => {
    const [report, ...others] = await store.reports.all();
    expect(others).toEqual([]);
    // The third quarter is settled on 1 November, a public holiday and a Sunday.
    expect(report).toMatchObject({ id: '2026-T3', issuedAt: new Date('2026-11-02T10:00:00+01:00') });
    const content = (await store.reports.byId('2026-T3'))?.content;
    expect(content).toMatchObject({ isSettled: true, asOf: '2026-10-31T23:00:00.000Z' });
    expect(content?.partners.length).toBeGreaterThan(7);
    expect(await store.reports.unannounced(new Date('2100-01-01'))).toEqual([]);
  });

  test('shows every state, overdue and not, and a project that was refused and sent on', async () => {
    const { projects, referrals } = await all();
    expect([...new Set(projects.map(({ state }) => state))].sort()).toEqual(
      ['closed', 'helped', 'in_progress', 'out_of_territory', 'rejected', 'triage', 'waiting', 'withdrawn'].sort(),
    );
    expect([...new Set(referrals.map(({ state }) => state))].sort()).toEqual(
      ['declined', 'helped', 'no_solution', 'rerouted', 'taken', 'unreachable', 'waiting', 'withdrawn'].sort(),
    );
    const waiting = referrals.filter(({ state }) => state === 'waiting');
    expect(waiting.some(({ callBy }) => callBy < UNTIL)).toBe(true);
    expect(waiting.some(({ callBy }) => callBy > UNTIL)).toBe(true);
    expect(referrals.some(({ sequence }) => sequence === 2)).toBe(true);
    const desks = territory.partners.filter(({ role }) => role === 'desk').map(({ id }) => id);
    expect(desks.filter((id) => !waiting.some(({ partner }) => partner === id))).toEqual([]);
  });

  test('shows what holders do: come by entry links, write, complain, give their opinion', async () => {
    const { projects, events } = await all();
    const codes = (await store.channels.all()).map(({ code }) => code);
    const came = projects.flatMap(({ channel }) => channel ?? []);
    expect(new Set(came).size).toBeGreaterThan(2);
    expect(came.filter((code) => !codes.includes(code))).toEqual([]);
    expect(projects.flatMap(({ messages }) => messages).length).toBeGreaterThan(2);
    expect(projects.filter(({ survey }) => survey).length).toBeGreaterThan(2);
    const said = new Set(events.map(({ type }) => type));
    expect([...said]).toEqual(expect.arrayContaining(['message-added', 'nobody-called', 'surveyed', 'withdrawn']));
  });

  test('shows what became of projects, told six months after their end', async () => {
    const { projects, events } = await all();
    const answers = projects.flatMap(({ became }) => became ?? []);
    expect(new Set(answers.map(({ what }) => what)).size).toBeGreaterThan(1);
    for (const { project, at: when } of events.filter(({ type }) => type === 'became')) {
      const ended = events.find((one) => one.project === project && one.type === 'closed');
      expect(when.getTime() - (ended?.at.getTime() ?? 0)).toBeGreaterThan(180 * 86_400_000);
    }
  });

  test('shows each e-mail that follows a project up, at plausible numbers', async () => {
    const { deliveries, projects } = await all();
    const sent = (email: string): number => deliveries.filter((one) => one.email === email && one.sentAt).length;
    const [first, second, escalated] = ['advisor-reminder', 'advisor-second-reminder', 'lead-escalation'].map(sent);
    expect([first! > second!, second! >= escalated!, escalated! > 0]).toEqual([true, true, true]);
    const followed = ['holder-not-forgotten', 'holder-survey', 'holder-became', 'holder-message', 'advisor-news'];
    expect(followed.filter((email) => sent(email) === 0)).toEqual([]);
    const asked = deliveries.filter(({ email, sentAt }) => email === 'holder-became' && sentAt);
    const answered = projects.filter(({ became }) => became);
    expect(answered.filter(({ id }) => !asked.some(({ project }) => project === id))).toEqual([]);
    expect(deliveries.length).toBe(new Set(deliveries.map(({ key }) => key)).size);
  });

  test('ends before the day it is first seen, with only later e-mails owed', async () => {
    const { events, deliveries, projects } = await all();
    expect(events.filter(({ at: when }) => when >= UNTIL)).toEqual([]);
    const owed = deliveries.filter(({ sentAt, cancelledBecause }) => !sentAt && !cancelledBecause);
    expect(owed.length).toBeGreaterThan(0);
    expect(owed.filter(({ due }) => due < UNTIL)).toEqual([]);
    expect(await store.deliveries.due(new Date(UNTIL.getTime() - 1))).toEqual([]);
    expect(projects.every(({ demo, answers }) => demo && answers.length > 8)).toBe(true);
  });

  test('sends a reminder only where the project still waited, at the moment it was due', async () => {
    const { referrals, deliveries } = await all();
    const reminders = deliveries.filter(({ email, due }) => email === 'advisor-reminder' && due < UNTIL);
    expect(reminders.length).toBeGreaterThan(0);
    for (const { about, due, sentAt } of reminders) {
      const referral = referrals.find(({ id }) => id === about.id);
      const acted = referral?.takenAt ?? referral?.closedAt ?? UNTIL;
      expect(sentAt).toEqual(acted > due ? due : null);
    }
  });

  test('lets its people sign in with the passwords given', async () => {
    const found = await store.accounts.byEmail('conseil1.cci-puy-de-dome@example.org');
    expect(found?.account).toMatchObject({ role: 'advisor', partner: 'cci-puy-de-dome' });
    expect(await isPassword(found?.passwordHash ?? null, password())).toBe(true);
  });

  test('starts again from clean when its loading was interrupted', async () => {
    await expect(
      loadDemonstration(parts(), {
        until: UNTIL,
        password,
        size: 90,
        onProgress: () => {
          throw new Error('killed');
        },
      }),
    ).rejects.toThrow('killed');
    expect(await needsDemonstration(parts())).toBe(true);
    await loadDemonstration(parts(), { until: UNTIL, password, size: 60 });
    expect((await all()).projects).toHaveLength(60);
  });

  test('goes away alone, and does not come back by itself', async () => {
    const [submitted] = story('real', ['submitted', '2026-11-02T10:00:00+01:00']);
    await store.accounts.insert(anAccount(), { passwordHash: 'none', demo: false });
    await store.projects.insert(aProject({ id: 'real', reference: '26-REAL0' }), 'a draft', []);
    await store.events.append(submitted!, submitted!.at);
    await store.links.create({ purpose: 'follow-up', project: 'real' }, UNTIL);
    await store.channels.insert({ code: 'real', label: 'Real', kind: 'site' }, anAccount().id, UNTIL);

    expect(await removeDemonstration(parts())).toEqual({ projects: 60, accounts: 33 });
    expect(await removeDemonstration(parts())).toEqual({ projects: 0, accounts: 0 });
    const { accounts, channels, deliveries, events, links, projects, referrals } = store;
    const counts = [projects, accounts, channels, events, links, referrals, deliveries].map(({ model }) =>
      (model as typeof projects.model).countDocuments(),
    );
    expect(await Promise.all(counts)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(await store.reports.all()).toEqual([]);
    expect(await needsDemonstration(parts())).toBe(false);
  });
});
