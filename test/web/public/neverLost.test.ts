import type { Parts } from '../../../src/services/parts.js';
import { CUTLER, fillIn } from '../../support/fillIn.js';
import { type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

/**
 * Whatever is away or goes wrong after the answers were checked, a person who sends a project sees its receipt, the
 * project is stored once, and its e-mails are owed.
 */
const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const LATER = 60_000;

interface Case {
  name: string;
  redis?: boolean;
  mailbox?: boolean;
  limits?: boolean;
  before?: (desk: Desk) => Promise<void>;
}
const CASES: Case[] = [
  { name: 'everything is there', redis: true, mailbox: true, limits: true },
  { name: 'Redis is away', mailbox: true, limits: true },
  { name: 'mail is away', redis: true, limits: true },
  { name: 'Redis and mail are away', limits: true },
  {
    name: 'Redis ends under way',
    redis: true,
    limits: true,
    before: async (desk) => desk.redis?.crash(),
  },
  {
    name: 'Redis hangs',
    redis: true,
    limits: true,
    before: async (desk) => {
      process.kill((await desk.redis?.pid()) ?? 0, 'SIGSTOP');
    },
  },
];

const letGo = async (desk: Desk): Promise<void> => {
  const pid = await desk.redis?.pid().catch(() => undefined);
  try {
    if (pid) process.kill(pid, 'SIGCONT');
  } catch {
    // Crashed by its case.
  }
};

const within = async <T>(options: Case, act: (desk: Desk, door: Door) => Promise<T>): Promise<T> => {
  const desk = await startDesk({ ...options, at: MONDAY, humanSeconds: 20 });
  const door = await openDoor(desk);
  try {
    return await act(desk, door);
  } finally {
    await letGo(desk);
    await door.close();
    await desk.stop();
  }
};

const pathOf = (page: Page): string => new URL(page.url).pathname;
const readyIn = async (desk: Desk, visitor: Visitor): Promise<Page> => {
  const page = await fillIn(visitor);
  desk.clock.now = new Date(desk.clock.now.getTime() + LATER);
  return page;
};
const sentBy = (desk: Desk) => desk.parts.projects.byEmail('camille@example.org', new Date(0));

describe('a project that was sent is never lost', () => {
  it.each(CASES)(
    'when $name',
    (options) =>
      within(options, async (desk, door) => {
        const visitor = door.visitor();
        const page = await readyIn(desk, visitor);
        await options.before?.(desk);
        const start = performance.now();
        const receipt = await visitor.send(page, {});
        expect(receipt.status).toBe(200);
        expect(pathOf(receipt)).toMatch(/^\/suivi\//);
        expect(performance.now() - start).toBeLessThan(10_000);

        const [project, ...others] = await sentBy(desk);
        expect(others).toEqual([]);
        expect(receipt.text).toContain(project?.reference);
        expect(project).toMatchObject({ flags: [], state: 'waiting', facts: { title: CUTLER['projet']?.['title'] } });
        const owed = await desk.parts.deliveries.ofProject(project?.id ?? '');
        expect(owed.map(({ email }) => email)).toContain('holder-receipt');
      }),
    60_000,
  );

  it(
    'when a step after the durable write fails: sending again shows the receipt of the same project',
    () =>
      within({ name: '', limits: true }, async (desk, door) => {
        const visitor = door.visitor();
        const page = await readyIn(desk, visitor);
        const { planAll } = desk.parts.deliveries;
        desk.parts.deliveries.planAll = () => Promise.reject(new Error('the store went away'));
        expect((await visitor.send(page, {})).status).toBe(500);
        desk.parts.deliveries.planAll = planAll;
        const receipt = await visitor.send(page, {});
        expect(pathOf(receipt)).toMatch(/^\/suivi\//);
        expect(await sentBy(desk)).toHaveLength(1);
      }),
    60_000,
  );
});

describe('a limit that is reached', () => {
  const useUp = async (limits: Parts['limits'], name: Parameters<Parts['limits']['take']>[0], key: string) => {
    for (let i = 0; (await limits.take(name, key)).allowed; i += 1) if (i > 100) throw new Error('no limit');
  };

  it.each([
    ['submissions-of-email', 'camille@example.org', 'fr', 'Réessayez dans 24 heures. Vos réponses sont gardées.'],
    ['submissions-from-address', '127.0.0.1', 'fr', 'Vos réponses sont gardées.'],
    ['submissions-of-email', 'camille@example.org', 'en', 'Your answers are'],
  ] as const)(
    '%s of %s says when to try again in %s, and keeps the answers',
    (name, key, language, said) =>
      within({ name: '', limits: true }, async (desk, door) => {
        const visitor = door.visitor();
        await visitor.open(`/?lang=${language}`);
        const page = await readyIn(desk, visitor);
        await useUp(desk.parts.limits, name, key);
        const refused = await visitor.send(page, {});
        expect(refused.status).toBe(429);
        expect(refused.text).toContain(said);
        const kept = await visitor.open('/projet/verification');
        expect(kept.text).toContain('Un robot à l’émouture');
        expect(await sentBy(desk)).toEqual([]);
      }),
    60_000,
  );

  it(
    'is not touched by steps, nor by a second click',
    () =>
      within({ name: '', limits: true }, async (desk, door) => {
        const visitor = door.visitor();
        const page = await readyIn(desk, visitor);
        const receipts = await Promise.all([1, 2, 3].map(() => visitor.send(page, {})));
        expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200]);
        const left = async (): Promise<number> => {
          let count = 0;
          while ((await desk.parts.limits.take('submissions-of-email', 'camille@example.org')).allowed) count += 1;
          return count;
        };
        expect(await left()).toBe(4);
      }),
    60_000,
  );
});
