import request from 'supertest';
import { createApp } from '../../../src/app.js';
import { rateLimitsOn } from '../../../src/delivery/rateLimits.js';
import { aSubmission } from '../../support/aSubmission.js';
import { gmailReply, plainMail } from '../../support/inboundMail.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const SECRET = 'a secret between the mail server and us';
const DOOR = '/webhooks/inbound';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({
    at: MONDAY,
    settings: { INBOUND_ADDRESS: 'reponses@example.org', INBOUND_SECRET: SECRET.replaceAll(' ', '-') },
  });
});
afterAll(() => desk.stop());

const right = `Bearer ${SECRET.replaceAll(' ', '-')}`;
const post = (
  message: Buffer | string,
  {
    secret = right,
    type = 'message/rfc822',
    app = desk.app,
  }: { secret?: string; type?: string; app?: Desk['app'] } = {},
) => request(app).post(DOOR).set('Authorization', secret).set('Content-Type', type).send(message);

/** The address of a delivery to the holder of a new project. */
const reached = async () => {
  const { project } = await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
  const owed = (await desk.parts.deliveries.ofProject(project.id)).find(({ email }) => email === 'holder-receipt');
  return { project: project.id, to: desk.parts.addresses.replyTo(owed?.id ?? '') ?? '' };
};

describe('the door of mail servers', () => {
  it.each(['message/rfc822', 'application/octet-stream', 'text/plain; charset=utf-8'])(
    'takes a message in as %s, byte by byte',
    async (type) => {
      const { project, to } = await reached();
      const answer = await post(gmailReply({ to, messageId: `${type.length}@example.com` }), { type });
      expect([answer.status, answer.text]).toEqual([200, 'message\n']);
      expect((await desk.parts.projects.byId(project))?.messages[0]?.text).toContain('jeudi après 14 h');
    },
  );

  it('answers alike when the same message comes again', async () => {
    const { project, to } = await reached();
    const raw = plainMail({ to, messageId: 'twice@example.com' });
    expect([(await post(raw)).text, (await post(raw)).text]).toEqual(['message\n', 'message\n']);
    expect((await desk.parts.projects.byId(project))?.messages).toHaveLength(1);
  });

  it('is content with a message that nobody expects: it must not come again', async () => {
    const answer = await post(plainMail({ to: 'reponses@example.org', messageId: 'nobody@example.com' }));
    expect([answer.status, answer.text]).toEqual([200, 'unmatched\n']);
  });

  it('sets no cookie, and asks for no form', async () => {
    const { headers } = await post('Subject: x\r\n\r\nx');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['no secret', ''],
    ['another one', 'Bearer something else'],
    ['a part of it', right.slice(0, -1)],
    ['more than it', `${right}x`],
    ['another scheme', right.replace('Bearer', 'Basic')],
  ])('stays shut to %s', async (_what, secret) => {
    const before = await desk.parts.inbox.model.countDocuments();
    const answer = await post(plainMail({ to: 'reponses@example.org', messageId: 'secret@example.com' }), { secret });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(await desk.parts.inbox.model.countDocuments()).toBe(before);
  });

  it('does not exist as long as no secret is set', async () => {
    const app = createApp(desk.services, desk.sessions, { ...desk.config, inboundSecret: null });
    expect((await post('x', { app })).status).toBe(404);
    expect((await post('x', { app, secret: '' })).status).toBe(404);
  });

  it('opens to nobody by a form, nor by a visit', async () => {
    expect((await request(desk.app).get(DOOR)).status).toBe(404);
    expect((await post('a=b', { type: 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post('')).status).toBe(415);
  });

  it('takes messages of nine megabytes, not of eleven', async () => {
    const { to } = await reached();
    const raw = (megabytes: number) =>
      Buffer.concat([
        plainMail({ to, messageId: `${megabytes}@example.com` }, { text: 'Bonjour.\n\n-- \n' }),
        Buffer.alloc(megabytes * 1024 * 1024, 'Un texte sans fin.\r\n'),
      ]);
    expect((await post(raw(9))).text).toBe('message\n');
    expect((await post(raw(11))).status).toBe(413);
  });

  it('lets nobody try secrets for long, and the right one passes all the same', async () => {
    const limits = rateLimitsOn(desk.config.redisUrl, 'secret of these limits');
    const app = createApp(desk.with({ limits }), desk.sessions, desk.config);
    const statuses: number[] = [];
    for (let i = 0; i < 21; i += 1) statuses.push((await post('x', { app, secret: `Bearer ${i}` })).status);
    expect(statuses.slice(19)).toEqual([401, 429]);
    expect((await post('Subject: y\r\n\r\ny', { app })).status).toBe(200);
    await limits.close();
  });

  it('asks the mail server to try again when the store is away', async () => {
    const inbox = { ...desk.parts.inbox, receive: () => Promise.reject(new Error('store away')) };
    const app = createApp(desk.with({ inbox }), desk.sessions, desk.config);
    expect((await post('Subject: z\r\n\r\nz', { app })).status).toBe(500);
  });
});
