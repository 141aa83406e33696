import type { SendFailure } from '../../src/delivery/sendFailure.js';
import { type Accepted, type OutgoingEmail, smtpTransport } from '../../src/delivery/transport.js';
import { type Misbehaviour, startBadMailServer } from '../support/badMailServer.js';

const CAMILLE = 'camille@example.org';
const ANNE = 'anne@example.org';

const anEmail = (...addresses: string[]): OutgoingEmail => ({
  messageId: '<d1@desk.example.org>',
  from: 'no-reply@example.org',
  to: addresses.map((address) => ({ name: '', address })),
  cc: [],
  replyTo: [],
  returnPath: null,
  subject: 'Votre projet',
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
  headers: {},
  calendar: null,
});

const HURRIED = { connectionTimeout: 900, greetingTimeout: 900, socketTimeout: 900, wholeSend: 4000 };

const sendTo = async (misbehaviour: Misbehaviour, ...addresses: string[]) => {
  const server = await startBadMailServer(misbehaviour);
  const transport = smtpTransport(server.url, { patience: HURRIED });
  try {
    return await transport.send(anEmail(...addresses)).then(
      (accepted: Accepted) => ({ accepted, failed: null, server }),
      (failed: SendFailure) => ({ accepted: null, failed, server }),
    );
  } finally {
    transport.close();
    await server.stop();
  }
};

const addressesOf = (failed: SendFailure | null) => failed?.refused.map(({ address }) => address);

/** What the server answers, where; is it for good; is the address marked. */
const ANSWERS: [string, NonNullable<Misbehaviour['answers']>, boolean, boolean][] = [
  ['421 to the sender', { MAIL: { code: 421 } }, false, false],
  ['450 to the sender', { MAIL: { code: 450 } }, false, false],
  ['550 to the sender: ours, not theirs', { MAIL: { code: 550 } }, true, false],
  ['421 to the recipient', { RCPT: { code: 421 } }, false, false],
  ['450 to the recipient', { RCPT: { code: 450 } }, false, false],
  ['550 to the recipient', { RCPT: { code: 550 } }, true, true],
  ['550 5.1.1 to the recipient', { RCPT: { code: 550, words: '5.1.1 User unknown' } }, true, true],
  ['553 to the recipient', { RCPT: { code: 553 } }, true, true],
  ['550 5.7.1 to the recipient: a policy', { RCPT: { code: 550, words: '5.7.1 Blocked' } }, true, false],
  ['552 to the recipient: a mailbox that is full', { RCPT: { code: 552 } }, false, false],
  ['550 5.2.2 to the recipient: full', { RCPT: { code: 550, words: '5.2.2 Over quota' } }, false, false],
  ['421 to the message', { DATA: { code: 421 } }, false, false],
  ['450 to the message', { DATA: { code: 450 } }, false, false],
  ['550 to the message of one recipient', { DATA: { code: 550 } }, true, true],
  ['554 to the message: its content', { DATA: { code: 554 } }, true, false],
];

test.each(ANSWERS)('%s', async (_name, answers, permanent, isMarked) => {
  const { failed } = await sendTo({ answers }, CAMILLE);
  expect(failed?.permanent).toBe(permanent);
  expect(addressesOf(failed)).toEqual(isMarked ? [CAMILLE] : []);
});

const SILENCES: [string, Misbehaviour][] = [
  ['never greets', { hangs: 'at once' }],
  ['never answers the message', { hangs: 'after the message' }],
  ['closes at once', { closes: 'at once' }],
  ['closes at the recipient', { closes: 'at RCPT' }],
  ['closes after the message', { closes: 'after the message' }],
];

test.each(SILENCES)('a server that %s is for now, and nobody is marked', async (_name, misbehaviour) => {
  const { failed, server } = await sendTo(misbehaviour, CAMILLE);
  expect(failed).toMatchObject({ permanent: false, refused: [] });
  expect(server.taken).toHaveLength(0);
  // Another try is for the queue to make: after the whole message, a second one might be a double.
  if (misbehaviour.closes === 'after the message') expect(server.tries()).toBe(1);
});

test('a recipient refused for good does not keep the others from getting it', async () => {
  const refusing = { answers: { RCPT: { code: 550, words: '5.1.1 <anne@example.org> unknown' } }, recipients: [ANNE] };
  const { accepted, server } = await sendTo(refusing, CAMILLE, ANNE);
  expect(server.taken.map(({ to }) => to)).toEqual([[CAMILLE]]);
  expect(accepted?.refused?.map(({ address }) => address)).toEqual([ANNE]);
  expect(accepted?.response).toMatch(/^250 .*\| 550 5\.1\.1/);
});

test('a recipient put off does not keep the others from getting it, and is not marked', async () => {
  const busy = { answers: { RCPT: { code: 450 } }, recipients: [ANNE] };
  const { accepted } = await sendTo(busy, CAMILLE, ANNE);
  expect(accepted?.refused).toBeUndefined();
  expect(accepted?.response).toMatch(/\| 450/);
});

test('when the server takes none of several, each of them is marked', async () => {
  const server = await startBadMailServer({ answers: { RCPT: { code: 550 } } });
  const transport = smtpTransport(server.url, { patience: HURRIED });
  const error: unknown = await transport.send(anEmail(CAMILLE, ANNE)).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ permanent: true });
  expect(addressesOf(error as SendFailure)).toEqual([CAMILLE, ANNE]);
  transport.close();
  await server.stop();
});

test('after any of these, the same pool sends as soon as the server is well', async () => {
  const server = await startBadMailServer();
  const transport = smtpTransport(server.url, { connections: 1, patience: HURRIED });
  const trouble: Misbehaviour[] = [
    { answers: { MAIL: { code: 421 } } },
    { answers: { RCPT: { code: 550 } } },
    { answers: { DATA: { code: 451 } } },
    { closes: 'after the message' },
    { hangs: 'after the message' },
  ];
  for (const misbehaviour of trouble) {
    server.behave(misbehaviour);
    await expect(transport.send(anEmail(CAMILLE))).rejects.toThrow();
    server.behave({});
    expect((await transport.send(anEmail(CAMILLE))).response).toMatch(/^250/);
  }
  expect(server.taken).toHaveLength(trouble.length);
  transport.close();
  await server.stop();
});
