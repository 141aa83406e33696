import { openStore, type Store } from '../../src/data/store.js';
import { paths } from '../../src/paths.js';
import { CUTLER, fillIn, sendProject } from './fillIn.js';
import { addStaff, PASSWORD } from './staff.js';
import { type Processes, startProcesses, until } from './startProcesses.js';
import { type Page, type Visitor, visit } from './visit.js';

/** What may be away, and how: dead, its port refuses; hanging, it takes connections and says nothing. */
export type Service = 'store' | 'redis' | 'mail';
export type Outage = 'dead' | 'hanging';

/** Milliseconds: no request may take longer. */
export const LONGEST = 10_000;

const takeAway = async (desk: Processes, service: Service, how: Outage): Promise<void> => {
  if (service === 'mail') return how === 'dead' ? desk.mailServer.refuse() : desk.mailServer.hold();
  await (how === 'dead' ? desk.kill(service) : desk.hang(service));
};

const giveBack = async (desk: Processes, service: Service, how: Outage): Promise<void> => {
  if (service === 'mail') return desk.mailServer.letGo();
  await (how === 'dead' ? desk.start(service) : desk.goOn(service));
};

/** Nobody's project but one's own: nearly the same one is asked about before it is sent again. */
const ANOTHER = {
  ...CUTLER,
  projet: { title: 'Un four électrique', summary: 'Nous voulons remplacer le four à gaz de notre atelier de trempe.' },
  entreprise: { organisation: 'Forge du Moulin' },
  contact: { ...CUTLER['contact'], name: 'Dominique V.', email: 'dominique@example.org', phone: '06 39 98 56 78' },
};

/** A page, and how long it took in milliseconds. */
export interface Answer extends Page {
  took: number;
}

export const timed = async (asking: Promise<Page>): Promise<Answer> => {
  const before = performance.now();
  return { ...(await asking), took: performance.now() - before };
};

/**
 * A desk with people on it, each at a page with a form filled in and not yet sent: a step of the questionnaire, the last page
 * before sending, a message of a holder, an act of an advisor. `log`: what its web process writes.
 */
export const deskWithPeople = async () => {
  const log: string[] = [];
  const desk = await startProcesses({ LOG_LEVEL: 'info' }, { log: (text) => void log.push(text) });
  const store: Store = await openStore(desk.storeUri);
  await addStaff({ parts: store });
  await desk.startWeb();

  const holder = visit(desk.base);
  const receipt = await sendProject(holder);
  const referral = await store.referrals.model.findOne().lean<{ _id: string }>();
  await store.close();
  const advisor = visit(desk.base);
  await advisor.send(await advisor.open(paths.signIn()), { email: 'anne@example.org', password: PASSWORD });
  const beginner = visit(desk.base);
  const sender = visit(desk.base);
  const sheet = paths.take(referral?._id ?? '');

  const forms = {
    step: { who: beginner, page: await beginner.open('/projet/besoins'), fields: CUTLER['besoins'] ?? {}, action: '' },
    send: { who: sender, page: await fillIn(sender, ANOTHER), fields: {}, action: '' },
    message: {
      who: holder,
      page: await holder.open(`${new URL(receipt.url).pathname}/message`),
      fields: { text: 'Un "devis" <b>&amp;</b> suit.\nÀ lundi.' },
      action: '/message',
    },
    act: { who: advisor, page: await advisor.open(sheet), fields: {}, action: sheet },
  } satisfies Record<string, { who: Visitor; page: Page; fields: Record<string, string | string[]>; action: string }>;

  return {
    desk,
    log,
    forms,
    advisor,
    holder,
    receipt,
    takeAway: (service: Service, how: Outage): Promise<void> => takeAway(desk, service, how),
    giveBack: (service: Service, how: Outage): Promise<void> => giveBack(desk, service, how),
    /** Pages that read the store work again. */
    untilBack: (): Promise<void> =>
      until('the store is back for pages', async () => (await visit(desk.base).open(receipt.url)).status === 200, 30),
    /** Whatever a test that failed has left hanging goes on first: a process that hangs does not stop. */
    async stop(): Promise<void> {
      desk.mailServer.letGo();
      await Promise.allSettled([desk.goOn('store'), desk.goOn('redis')]);
      await desk.stop();
    },
  };
};
export type DeskWithPeople = Awaited<ReturnType<typeof deskWithPeople>>;
export type FormName = keyof DeskWithPeople['forms'];

/** Where each form leads when all is well: part of the address. */
export const NEXT: Record<FormName, string> = {
  step: '/projet/besoin-principal',
  send: 'recu=1',
  message: 'fait=message',
  act: 'fait=prise-en-charge',
};
