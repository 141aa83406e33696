import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { emailAddresses } from '../../src/delivery/addresses.js';
import { type OutgoingEmail, smtpTransport } from '../../src/delivery/transport.js';
import { startMailbox } from '../support/startMailbox.js';

const addresses = emailAddresses({
  publicUrl: 'https://desk.example.org',
  mailFrom: 'no-reply@example.org',
  inboundAddress: null,
});
const anEmail = (change: Partial<OutgoingEmail> = {}): OutgoingEmail => ({
  messageId: addresses.messageId('d1'),
  from: addresses.from,
  to: [{ name: 'Porteuse, "Exemple"', address: 'holder@example.org' }],
  subject: 'Votre projet « été » est bien arrivé',
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
  cc: [],
  replyTo: [],
  returnPath: null,
  calendar: null,
  headers: { 'Auto-Submitted': 'auto-generated' },
  ...change,
});

test('an e-mail arrives with its two parts, its Message-ID and its headers', async () => {
  const mailbox = await startMailbox();
  const transport = smtpTransport(mailbox.smtpUrl);
  const sent = await transport.send(anEmail());
  expect(sent).toEqual({ messageId: '<d1@desk.example.org>', response: expect.stringMatching(/^250 .*00000001/) });
  expect(mailbox.messages()[0]).toMatchObject({
    from: [{ name: 'Porte d’entrée innovation', address: 'no-reply@example.org' }],
    to: [{ name: 'Porteuse, "Exemple"', address: 'holder@example.org' }],
    subject: 'Votre projet « été » est bien arrivé',
    text: expect.stringContaining('Bonjour'),
    html: expect.stringContaining('<p>Bonjour</p>'),
    headers: { 'message-id': '<d1@desk.example.org>', 'auto-submitted': 'auto-generated' },
  });
  transport.close();
  await mailbox.stop();
});

test('failures come back to the address of the e-mail, replies to whoever reads them, and every recipient is written to', async () => {
  const envelopes: { from: string; to: string[] }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      envelopes.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) });
      stream.resume().on('end', () => done());
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const transport = smtpTransport(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  const cc = [{ name: '', address: 'desk@example.org' }];
  await transport.send(anEmail({ cc, returnPath: 'reponses+d1@example.org' }));
  await transport.send(anEmail({ cc }));
  const to = ['holder@example.org', 'desk@example.org'];
  expect(envelopes).toEqual([
    { from: 'reponses+d1@example.org', to },
    { from: 'no-reply@example.org', to },
  ]);
  transport.close();
  await new Promise<void>((closed) => server.close(() => closed()));
});

test('an e-mail keeps its Message-ID when it is sent again', async () => {
  const mailbox = await startMailbox();
  const transport = smtpTransport(mailbox.smtpUrl);
  await transport.send(anEmail());
  await transport.send(anEmail());
  expect(mailbox.messages().map(({ headers }) => headers['message-id'])).toEqual(
    Array.from({ length: 2 }, () => '<d1@desk.example.org>'),
  );
  transport.close();
  await mailbox.stop();
});

test('an address of a delivery is known again, however mail servers write it, and no other', () => {
  const id = '0c9b2c1e-7a0f-4a53-9c55-5f0a52a0b4b1';
  const { replyTo, deliveryAt } = emailAddresses({
    publicUrl: 'https://desk.example.org',
    mailFrom: 'no-reply@example.org',
    inboundAddress: 'Reponses@example.org',
  });
  expect(replyTo(id)).toBe(`Reponses+${id}@example.org`);
  for (const written of [replyTo(id) ?? '', `REPONSES+${id.toUpperCase()}@EXAMPLE.ORG`, ` ${replyTo(id)} `])
    expect(deliveryAt(written)).toBe(id);
  for (const other of [
    'reponses@example.org',
    `other+${id}@example.org`,
    `reponses+${id}@example.com`,
    'reponses+1@example.org',
  ])
    expect(deliveryAt(other)).toBeNull();
  expect(addresses.replyTo(id)).toBeNull();
  expect(addresses.deliveryAt(`no-reply+${id}@example.org`)).toBeNull();
});

const AT_RECIPIENT = [
  [421, false],
  [450, false],
  [550, true],
  [553, true],
] as const;
const AT_DATA = [
  [451, false],
  [554, true],
] as const;

const refusingServer = async (code: number, at: 'onRcptTo' | 'onData') => {
  const refusal = Object.assign(new Error('No <holder@example.org> here'), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    ...(at === 'onRcptTo'
      ? { onRcptTo: (_address, _session, done) => done(refusal) }
      : { onData: (stream, _session, done) => stream.resume().on('end', () => done(refusal)) }),
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((closed) => server.close(() => closed())) };
};

const failure = async (url: string): Promise<unknown> => {
  const transport = smtpTransport(url);
  try {
    return await transport.send(anEmail());
  } catch (error) {
    return error;
  } finally {
    transport.close();
  }
};

describe.each([
  ['onRcptTo', AT_RECIPIENT],
  ['onData', AT_DATA],
] as const)('a refusal at %s', (at, codes) => {
  test.each(codes)('%i is for good: %s', async (code, permanent) => {
    const server = await refusingServer(code, at);
    expect(await failure(server.url)).toMatchObject({ permanent });
    await server.close();
  });
});

test('nobody at the address is for now', async () => {
  expect(await failure('smtp://127.0.0.1:9')).toMatchObject({ permanent: false });
});

test('a server that hangs up is for now', async () => {
  const server = createServer((socket) => socket.end('220 hello\r\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await failure(`smtp://127.0.0.1:${port}`)).toMatchObject({ permanent: false });
  server.close();
});

test('a wrong password is for now: the settings may be put right', async () => {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('No'), { responseCode: 535 })),
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  expect(await failure(`smtp://user:wrong@127.0.0.1:${port}`)).toMatchObject({ permanent: false });
  await new Promise<void>((closed) => server.close(() => closed()));
});
