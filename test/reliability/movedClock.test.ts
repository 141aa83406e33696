import type { Store } from '../../src/data/store.js';
import { addBusinessDays } from '../../src/domain/calendar/businessTime.js';
import type { Delivery } from '../../src/domain/emails/delivery.js';
import { paths } from '../../src/paths.js';
import { CUTLER, fillIn } from '../support/fillIn.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk, type Said } from '../support/runDesk.js';
import { addStaff, PASSWORD } from '../support/staff.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';
import { type Page, type Visitor, visit } from '../support/visit.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A count that a kill cut short keeps others from it for ten minutes. */
const LEASE = 15 * 60_000;

let desk: Processes;
let store: Store;

beforeEach(async () => {
  desk = await startProcesses({ LOG_LEVEL: 'error' }, { oneClock: true });
  store = await openMigrated(desk.storeUri);
  await addStaff({ parts: store });
  await Promise.all([desk.start('web'), desk.start('worker')]);
});
afterEach(async () => {
  await store.close();
  await desk.stop();
});

const send = async (name: string): Promise<Page> => {
  const holder = visit(desk.base);
  const contact = { ...CUTLER['contact'], email: `${name}@example.org` };
  return holder.send(await fillIn(holder, { ...CUTLER, contact }), {});
};

const referralOf = async (name: string): Promise<string> => {
  const [project] = await store.projects.byEmail(`${name}@example.org`, new Date(0));
  return (await store.referrals.ofProject(project?.id ?? ''))[0]?.id ?? '';
};

const signIn = async (visitor: Visitor): Promise<void> => {
  await visitor.send(await visitor.open('/connexion'), { email: 'anne@example.org', password: PASSWORD });
};

type Kept = Delivery & { owed: boolean };
const deliveries = (): Promise<Kept[]> => store.deliveries.model.find().lean<Kept[]>().exec();

/** So far ahead, and on to an hour at which staff are written to. */
const moveToOpening = async (ahead: number): Promise<void> => {
  const clock = desk.clockOfAll();
  const now = clock.now().getTime();
  await clock.move(addBusinessDays(new Date(now + ahead), 1).getTime() - now);
};

const sent = async (what: string): Promise<number> =>
  (await deliveries()).filter(({ email, sentAt }) => email === what && sentAt).length;
/** `desk verify`, once nobody else counts. */
const verified = async (): Promise<Said> => {
  let said = await runDesk(['verify'], desk.env);
  for (let tried = 0; tried < 10 && said.stderr.includes('autre compte'); tried += 1)
    said = await runDesk(['verify'], desk.env);
  return said;
};

const untilSent = (what: string, count: number): Promise<void> =>
  until(`${count} of ${what}`, async () => (await sent(what)) >= count, 90);

describe('the clock of web and worker, 40 days ahead at once and two hours back later', () => {
  it('loses nothing, sends nothing twice and each reminder once, and asks people to sign in again', async () => {
    const anne = visit(desk.base);
    await signIn(anne);
    expect((await send('camille')).text).toContain('TILTAM');
    await untilSent('advisor-new-project', 1);
    const half = visit(desk.base);
    await fillIn(half);

    await moveToOpening(40 * DAY);
    for (const reminder of ['advisor-reminder', 'advisor-second-reminder', 'lead-escalation', 'holder-not-forgotten'])
      await untilSent(reminder, 1);
    expect((await anne.open(paths.queue())).url).toContain('/connexion');
    await signIn(anne);
    const camille = await referralOf('camille');
    await anne.send(await anne.open(paths.take(camille)), {}, paths.take(camille));
    expect((await send('dominique')).text).toContain('TILTAM');
    // What was begun before is taken up, or begun again: it is no fault.
    expect((await half.open('/projet/besoins')).status).toBe(200);

    await desk.clockOfAll().move(-2 * HOUR);
    expect((await anne.open(paths.queue())).url).not.toContain('/connexion');
    const close = await anne.open(paths.close(camille));
    const closed = await anne.send(close, { outcome: 'helped', help: 'advice', words: 'Bonne suite.' });
    expect(closed.url).toContain('fait=cloture');
    expect((await send('claude')).text).toContain('TILTAM');
    await untilSent('holder-receipt', 3);
    // Counted while the clock is behind the last count: anew.
    expect(await verified()).toMatchObject({ status: 0, stderr: '' });

    // On the next business day all that was said meanwhile has left.
    // The worker leaves first: what it was sending then is claimed no more.
    await desk.kill('worker');
    await moveToOpening(DAY);
    await desk.start('worker');
    await untilSent('holder-closed', 1);
    await untilSent('advisor-new-project', 3);
    const due = async () => (await deliveries()).filter((each) => each.owed && each.due <= desk.clockOfAll().now());
    await until('nothing owed', async () => (await due()).length === 0, 60);

    const left = (await deliveries()).filter(({ sentAt }) => sentAt).map(({ messageId }) => messageId ?? '');
    const arrived = desk.mailbox.messages().map(({ headers }) => String(headers['message-id']));
    expect(arrived.sort()).toEqual(left.sort());
    const about = (await deliveries()).filter(({ sentAt }) => sentAt).map((one) => `${one.email} ${one.about.id}`);
    expect(about.filter((line, i) => about.indexOf(line) !== i)).toEqual([]);
    expect(about).toContain(`advisor-reminder ${camille}`);
    expect(await store.projects.model.countDocuments()).toBe(3);

    await desk.kill('worker');
    await desk.clockOfAll().move(LEASE);
    expect(await runDesk(['verify'], desk.env)).toMatchObject({ status: 0, stderr: '' });
    expect(await runDesk(['audit', 'verify'], desk.env)).toMatchObject({ status: 0, stderr: '' });
  });
});
