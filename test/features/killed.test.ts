import { openStore, type Store } from '../../src/data/store.js';
import { sendProject } from '../support/fillIn.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';
import { visit } from '../support/visit.js';

/** What may be cut short by SIGKILL or by Redis going away, on the processes of the Procfile. */
let desk: Processes;
let store: Store;

beforeEach(async () => {
  desk = await startProcesses();
  store = await openStore(desk.storeUri);
  const advisor = {
    name: 'Dominique T.',
    email: 'conseil@example.org',
    role: 'advisor',
    partner: 'ti-tiltam',
  } as const;
  await store.accounts.insert({ id: 'advisor-1', ...advisor }, { passwordHash: 'none', demo: false });
});
afterEach(async () => {
  await store.close();
  await desk.stop();
});

const emailsTo = async (address: string): Promise<string[]> => {
  const emails = await desk.mailbox.messages();
  return emails.filter(({ to }) => to.some((mailbox) => mailbox.address === address)).map(({ subject }) => subject);
};

/** What the advisor is told of projects, beside the digests. */
const projectsTold = async (): Promise<string[]> =>
  (await emailsTo('conseil@example.org')).filter((subject) => subject.startsWith('Projet '));

/** Nothing is owed any more, and the worker has looked again since. */
const untilQuiet = async (): Promise<void> => {
  const owed = () => store.deliveries.model.countDocuments({ owed: true, due: { $lte: desk.clock.now } });
  await until('nothing owed', async () => (await owed()) === 0, 90);
  await desk.kill('worker');
  desk.startWorker();
  await new Promise((settled) => setTimeout(settled, 1500));
};

describe('web and worker killed between the submission and the e-mail', () => {
  it('keep the project once, and send its e-mails once', async () => {
    await desk.startWeb();
    const receipt = await sendProject(visit(desk.base));
    await desk.kill('web');
    expect(receipt.text).toContain('TILTAM');
    expect(await emailsTo('camille@example.org')).toEqual([]);

    desk.startWorker();
    await desk.kill('worker');
    await desk.startWeb();
    desk.startWorker();
    await until('the receipt', async () => (await emailsTo('camille@example.org')).length > 0);
    await untilQuiet();

    expect(await emailsTo('camille@example.org')).toHaveLength(1);
    expect(await projectsTold()).toHaveLength(1);
    expect(await store.projects.model.countDocuments()).toBe(1);
    expect((await visit(desk.base).open(receipt.url)).text).toContain('TILTAM');
  });

  it('lose nothing when killed at any moment of the sending', async () => {
    const visitors = Array.from({ length: 3 }, () => visit(desk.base));
    await desk.startWeb();
    for (const [turn, visitor] of visitors.entries()) {
      const sending = sendProject(visitor).catch(() => null);
      await until('a draft', async () => (await store.drafts.model.countDocuments()) > turn);
      await new Promise((moment) => setTimeout(moment, turn * 40));
      await desk.kill('web');
      await sending;
      await desk.startWeb();
      await sendProject(visitor);
    }
    await desk.kill('web');
    desk.startWorker();
    await untilQuiet();

    const projects = await store.projects.model.countDocuments();
    expect(projects).toBeGreaterThanOrEqual(visitors.length);
    expect(await store.referrals.model.countDocuments()).toBe(projects);
    expect(await emailsTo('camille@example.org')).toHaveLength(projects);
    expect(await projectsTold()).toHaveLength(projects);
  });
});

describe('the worker killed while it sends', () => {
  it('sends once what it had not handed over, when its claim is over', async () => {
    await desk.startWeb();
    await sendProject(visit(desk.base));
    desk.mailServer.hold();
    desk.startWorker();
    const claimed = () => store.deliveries.model.countDocuments({ owed: true, lockedUntil: { $ne: null } });
    await until('a sending under way', async () => (await claimed()) > 0);
    await desk.kill('worker');
    desk.mailServer.letGo();

    // The two minutes of the claim have gone by.
    desk.startWorker();
    await untilQuiet();

    expect(await emailsTo('camille@example.org')).toHaveLength(1);
    expect(await projectsTold()).toHaveLength(1);
  });
});

describe('Redis stopped during a submission', () => {
  it('does not stop the submission; the e-mails leave when it is back', async () => {
    await desk.startWeb();
    desk.startWorker();
    await desk.redis.crash();

    const receipt = await sendProject(visit(desk.base));
    expect(receipt.status).toBe(200);
    expect(receipt.text).toContain('TILTAM');
    expect(await emailsTo('camille@example.org')).toEqual([]);

    await desk.redis.restart();
    await until('the receipt', async () => (await emailsTo('camille@example.org')).length > 0, 90);
    expect(await emailsTo('camille@example.org')).toHaveLength(1);
  });
});
