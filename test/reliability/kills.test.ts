import { openStore, type Store } from '../../src/data/store.js';
import { addBusinessDays } from '../../src/domain/calendar/businessTime.js';
import { fullSize } from '../support/fullSize.js';
import { askAgain } from '../support/reliability/askAgain.js';
import { judge } from '../support/reliability/judge.js';
import { killAlong, planKills } from '../support/reliability/killer.js';
import { peopleOn } from '../support/reliability/people.js';
import { projectsFor } from '../support/reliability/stories.js';
import { runDesk } from '../support/runDesk.js';
import { addStaff } from '../support/staff.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';

const SIZE = {
  kills: Number(process.env['KILLS'] ?? (fullSize ? 100 : 6)),
  deeds: Number(process.env['DEEDS'] ?? (fullSize ? 5000 : 40)),
  people: fullSize ? 8 : 4,
};
const SEED = Number(process.env['SEED'] ?? 10);

/** One e-mail at a time at the mail server: more could be cut off at once between its answer and our record of it. */
const SETTINGS = {
  // What is away is said again and again.
  LOG_LEVEL: 'silent',
  TRUST_PROXY: '1',
  EMAIL_CONCURRENCY: '1',
  EMAILS_A_MINUTE: '10000000',
  EMAILS_A_MINUTE_PER_DOMAIN: '10000000',
};

let desk: Processes;
let store: Store;

beforeEach(async () => {
  desk = await startProcesses(SETTINGS, { oneClock: true });
  store = await openStore(desk.storeUri);
  await addStaff({ parts: store });
  await Promise.all([desk.start('web'), desk.start('web2'), desk.start('worker')]);
});
afterEach(async () => {
  await store.close();
  await desk.stop();
});

/** Longer than a killed worker's claim holds, in milliseconds. */
const A_WHILE = 3 * 60_000;

/**
 * So much later, the next worker sweeps, and sends what is due and what those before it had claimed. What falls due meanwhile is
 * asked for later: after thousands of acts, there is always some.
 */
const untilQuiet = async (later: number): Promise<void> => {
  const clock = desk.clockOfAll();
  await desk.kill('worker');
  await clock.move(later);
  await desk.start('worker');
  const then = clock.now();
  const owed = () => store.deliveries.model.countDocuments({ owed: true, due: { $lte: then } });
  await until('nothing owed', async () => (await owed()) === 0, 120);
};

describe('web, worker, Redis and store killed at random moments, and started again', () => {
  it('lose nothing that was acknowledged, do nothing twice, leave nothing half done', async () => {
    const { ask, again } = askAgain([desk.base, desk.base2]);
    const people = await peopleOn(desk.base, ask, store);
    const projects = projectsFor(SIZE.deeds);
    const begun = performance.now();

    let next = 0;
    const crowd = Array.from({ length: SIZE.people }, async () => {
      while (next < projects) {
        next += 1;
        await people.live(next - 1);
      }
    });
    const kills = planKills(SIZE.kills, SIZE.deeds, SEED);
    const [killed] = await Promise.all([killAlong(desk, kills, () => people.noted.deeds), ...crowd]);

    await untilQuiet(A_WHILE);
    // What staff are written to waits for their hours.
    const now = desk.clockOfAll().now();
    await untilQuiet(addBusinessDays(now, 1).getTime() - now.getTime());
    const found = await judge(desk, store, people.noted);
    const took = Math.round((performance.now() - begun) / 1000);
    if (fullSize)
      process.stderr.write(
        `${JSON.stringify({ ...found, deeds: people.noted.deeds, again: again(), killed: [...killed], took })}\n`,
      );

    expect(found.faults.slice(0, 20)).toEqual([]);
    expect(people.noted.references.size).toBe(projects);
    expect(found.doubles + found.unsaid).toBeLessThanOrEqual((killed.get('worker') ?? 0) + (killed.get('store') ?? 0));

    await desk.kill('worker');
    // A count that a kill cut short keeps others from it for ten minutes.
    await desk.clockOfAll().move(5 * A_WHILE);
    expect(await runDesk(['verify'], desk.env)).toMatchObject({ status: 0, stderr: '' });
    expect(await runDesk(['audit', 'verify'], desk.env)).toMatchObject({ status: 0, stderr: '' });
  });
});
