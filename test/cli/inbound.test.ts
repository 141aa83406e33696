import type { Store } from '../../src/data/store.js';
import { plainMail } from '../support/inboundMail.js';
import { openMigrated } from '../support/openMigrated.js';
import { runDesk } from '../support/runDesk.js';
import { startTestStore } from '../support/startStore.js';

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

const run = (input: Buffer, { args = [], uri = embedded.uri }: { args?: string[]; uri?: string } = {}) =>
  runDesk(['inbound', ...args], { MONGODB_URL: uri, INBOUND_ADDRESS: 'reponses@example.org' }, input);

describe('desk inbound', () => {
  test('takes a message in, byte by byte, and says what became of it', async () => {
    const raw = Buffer.concat([
      Buffer.from('From: a@example.com\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n'),
      Buffer.from('Un \xe9t\xe9.', 'latin1'),
    ]);
    const { status, stdout, stderr } = await run(raw);
    expect([status, stdout]).toEqual([0, 'Message sans projet : à lire sur la page d’exploitation.\n']);
    expect(stderr).not.toContain('example.com');
    expect(await store.inbox.unmatched(5)).toMatchObject([{ from: 'a@example.com', text: 'Un été.' }]);
  });

  test('keeps it once', async () => {
    const raw = plainMail({ to: 'x@example.org', messageId: '2@x' }, { headers: ['Auto-Submitted: auto-replied'] });
    expect((await run(raw)).stdout).toContain('Message automatique');
    expect((await run(raw)).stdout).toContain('Message automatique');
    expect(await store.inbox.model.countDocuments({ outcome: 'automatic' })).toBe(1);
  });

  test('says what to correct', async () => {
    expect(await run(Buffer.from(''))).toMatchObject({ status: 2, stderr: expect.stringContaining('est vide') });
    expect(await run(Buffer.from('x'), { args: ['file.eml'] })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('entrée standard'),
    });
  });

  test('asks the mail server to keep the message when the store is away', async () => {
    const away = await run(Buffer.from('Subject: x\r\n\r\nx'), { uri: 'mongodb://127.0.0.1:9/base' });
    expect(away).toMatchObject({
      status: 75,
      stdout: '',
      stderr: expect.stringContaining('La base de données ne répond pas'),
    });
  });
});
