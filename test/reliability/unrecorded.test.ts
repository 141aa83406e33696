import { openStore, type Store } from '../../src/data/store.js';
import { sendProject } from '../support/fillIn.js';
import { type MailServer, startMailServer } from '../support/followUp/mailServer.js';
import { type Processes, startProcesses, until } from '../support/startProcesses.js';
import { visit } from '../support/visit.js';

const PROJECTS = 4;
/** Milliseconds in which whoever did not wait for the record would send the next one, and say that it has sent the first. */
const A_MOMENT = 1500;

let onceTaken: () => Promise<void>;
let mailServer: MailServer;
let desk: Processes;
let store: Store;

beforeEach(async () => {
  onceTaken = async () => undefined;
  mailServer = await startMailServer(() => onceTaken());
  desk = await startProcesses({ EMAIL_CONCURRENCY: '1', LOG_LEVEL: 'silent', SMTP_URL: mailServer.url });
  store = await openStore(desk.storeUri);
});
afterEach(async () => {
  await store.close();
  await desk.stop();
  await mailServer.stop();
});

test('a store that dies over the record of an e-mail is told of it when it is back, and no other leaves meanwhile', async () => {
  await desk.startWeb();
  for (let number = 0; number < PROJECTS; number += 1) await sendProject(visit(desk.base));
  const hung = new Promise<void>((resolve) => {
    onceTaken = async () => {
      onceTaken = async () => undefined;
      await desk.hang('store');
      resolve();
    };
  });
  desk.startWorker();
  await hung;
  await new Promise((over) => setTimeout(over, A_MOMENT));
  expect(mailServer.accepted()).toHaveLength(1);
  await desk.kill('store');
  await desk.start('store');

  const messageId = mailServer.accepted()[0]?.messageId ?? 'none';
  const recorded = () => store.deliveries.model.findOne({ messageId }).lean();
  await until('the record of it', async () => (await recorded()) !== null);
  expect(await recorded()).toMatchObject({ owed: false, attempts: 1 });
  expect(mailServer.accepted().filter((taken) => taken.messageId === messageId)).toHaveLength(1);
});
