import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { openMessageStore } from '../../src/embedded/mailbox/messageStore.js';
import { startMailbox as startOn } from '../../src/embedded/mailbox/startMailbox.js';
import { BadSettings } from '../../src/errors.js';
import { startMailbox } from '../support/startMailbox.js';

type Mailbox = Awaited<ReturnType<typeof startMailbox>>;

const send = async (mailbox: { smtpUrl: string }, message: object = {}): Promise<void> => {
  const transport = createTransport(mailbox.smtpUrl);
  await transport.sendMail({
    from: '"Porte d’entrée" <no-reply@example.org>',
    to: '"Porteuse é" <holder@example.org>, other@example.org',
    subject: 'Votre projet « été » est bien arrivé',
    text: 'Bonjour, ça va',
    html: '<p>Bonjour</p><script>alert(1)</script>',
    ...message,
  });
  transport.close();
};

const list = async ({ url }: { url: string }) =>
  (await fetch(`${url}/email`)).json() as Promise<Record<string, unknown>[]>;

describe('the embedded mailbox', () => {
  let mailbox: Mailbox;
  beforeEach(async () => {
    mailbox = await startMailbox();
  });
  afterEach(() => mailbox.stop());

  test('shows what it received as a JSON list, oldest first', async () => {
    await send(mailbox);
    await send(mailbox, { subject: 'Second', html: undefined });
    const [first, second] = await list(mailbox);
    expect(first).toMatchObject({
      id: '00000001',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      from: [{ address: 'no-reply@example.org', name: 'Porte d’entrée' }],
      to: [
        { address: 'holder@example.org', name: 'Porteuse é' },
        { address: 'other@example.org', name: '' },
      ],
      subject: 'Votre projet « été » est bien arrivé',
      headers: { 'message-id': expect.stringMatching(/^<.+>$/) },
      text: expect.stringContaining('Bonjour, ça va'),
      html: expect.stringContaining('<p>Bonjour</p>'),
    });
    expect(second).toMatchObject({ subject: 'Second', html: '' });
  });

  test('is on disk before it says yes, and there again after a start', async () => {
    await send(mailbox);
    expect(await readdir(join(mailbox.dataDir, 'mailbox'))).toEqual(['00000001.json']);
    const again = await startOn({ dataDir: mailbox.dataDir, port: 0 });
    await send(again, { subject: 'Second' });
    expect((await list(again)).map(({ id, subject }) => [id, subject])).toEqual([
      ['00000001', 'Votre projet « été » est bien arrivé'],
      ['00000002', 'Second'],
    ]);
    await again.stop();
  });

  test('keeps only the newest', async () => {
    const folder = join(mailbox.dataDir, 'small');
    const store = await openMessageStore(folder, 2);
    const envelope = { from: 'a@example.org', to: ['b@example.org'] };
    await Promise.all(['un', 'deux', 'trois'].map((text) => store.keep(Buffer.from(`Subject: ${text}\n\n`), envelope)));
    expect(store.all().map(({ subject }) => subject)).toEqual(['deux', 'trois']);
    expect(store.all()[0]?.to).toEqual([{ address: 'b@example.org', name: '' }]);
    expect((await readdir(folder)).sort()).toEqual(['00000002.json', '00000003.json']);
  });

  test('lists the newest first in French, with what people typed escaped', async () => {
    await send(mailbox, { subject: 'Premier <b>' });
    await send(mailbox, { subject: 'Second' });
    const page = await (await fetch(mailbox.url)).text();
    expect(page.indexOf('Second')).toBeLessThan(page.indexOf('Premier &lt;b&gt;'));
    expect(page).toContain('<html lang="fr">');
    expect(page).not.toContain('<b>');
  });

  test('shows a message in a frame that can run nothing', async () => {
    await send(mailbox);
    const page = await (await fetch(`${mailbox.url}/messages/00000001`)).text();
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page).not.toContain('<script');
    const frame = await fetch(`${mailbox.url}/messages/00000001/html`);
    const policy = frame.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/sandbox(?!.*allow-scripts)/);
  });

  test('answers 404 for what is not there, and only to names of this machine', async () => {
    expect((await fetch(`${mailbox.url}/messages/99`)).status).toBe(404);
    expect((await fetch(`${mailbox.url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${mailbox.url}/email`, { method: 'POST' })).status).toBe(405);
    const stranger = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(mailbox.url).port), '127.0.0.1');
      socket.end('GET /email HTTP/1.1\r\nHost: desk.example.org\r\nConnection: close\r\n\r\n');
      socket.once('data', (data) => resolve(data.toString()));
    });
    expect(stranger).toMatch(/^HTTP\/1.1 403/);
  });

  test('says which port is taken', async () => {
    const port = Number(new URL(mailbox.url).port);
    const second = startOn({ dataDir: mailbox.dataDir, port });
    await expect(second).rejects.toThrow(BadSettings);
    await expect(second).rejects.toThrow(`port ${port}`);
  });
});
