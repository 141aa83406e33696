import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import type { Account } from '../../../src/domain/referrals/access.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { eximBounce, gmailReply, outlookReply, plainMail, postfixBounce, vacation } from '../../support/inboundMail.js';
import { hire } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let anne: Account;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true, settings: { INBOUND_ADDRESS: 'Reponses@example.org' } });
  anne = await hire(desk, 'anne');
  await hire(desk, 'boss', 'manager', null);
  await hire(desk, 'cora', 'advisor', 'cci-puy-de-dome');
});
beforeEach(async () => {
  await desk.parts.inbox.model.deleteMany({});
  await desk.parts.accounts.markMailRefused('anne', null);
});
afterAll(() => desk.stop());

const submit = async (submission = aSubmission()) => {
  const { project, token } = await desk.services.submitProject({ visitor: desk.parts.newId(), submission });
  return { id: project.id, token };
};

/** Sends an e-mail of the project, and gives the address to which a reply goes, and its Message-ID. */
const sent = async (project: string, email: EmailId) => {
  const owed = (await desk.parts.deliveries.ofProject(project)).find((each) => each.email === email);
  expect(await desk.services.sendDelivery(owed?.id ?? '')).toBe('sent');
  const headers = desk.mailbox?.messages().at(-1)?.headers ?? {};
  const to = /<([^>]+)>/.exec(String(headers['reply-to']))?.[1] ?? '';
  return { id: owed?.id ?? '', to, messageId: String(headers['message-id']) };
};

const messagesOf = async (project: string) =>
  ((await desk.parts.projects.byId(project))?.messages ?? []).map(({ text }) => text);
const eventsOf = async (project: string) => (await desk.parts.events.ofProject(project)).map(({ type }) => type);
const owedAbout = async (project: string) =>
  (await desk.parts.deliveries.ofProject(project)).map(({ email }) => email).sort();
const notesOf = async (project: string) =>
  (await desk.parts.notes.ofPartner(project, 'ti-tiltam')).map(({ author, text }) => ({ author, text }));
const left = () => desk.parts.inbox.unmatched(10);
const receive = (raw: Buffer) => desk.services.receiveEmail(raw);

/** Everything that a message in may change about a project. */
const standing = async (project: string) => ({
  project: await desk.parts.projects.byId(project),
  events: await eventsOf(project),
  owed: await owedAbout(project),
  notes: await notesOf(project),
});

describe('a holder’s reply', () => {
  it('becomes a message of the project, and the advisor is told', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(to).toMatch(/^Reponses\+[0-9a-f-]{36}@example\.org$/);
    expect(await receive(gmailReply({ to }))).toBe('message');
    expect(await messagesOf(id)).toEqual(['Bonjour,\n\nJe suis libre jeudi après 14 h. Le devis est à 12 000 €.']);
    expect(await eventsOf(id)).toContain('message-added');
    expect(await owedAbout(id)).toContain('advisor-message');
    expect(await left()).toEqual([]);
  });

  it('is kept once, however often it is handed over, at the same time too', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const raw = gmailReply({ to });
    await Promise.all([receive(raw), receive(raw), receive(raw)]);
    expect(await receive(raw)).toBe('message');
    expect(await messagesOf(id)).toHaveLength(1);
    expect((await eventsOf(id)).filter((type) => type === 'message-added')).toHaveLength(1);
  });

  it('that a crash cut short is completed when it comes again', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const inbox = { ...desk.parts.inbox, finish: () => Promise.reject(new Error('store away')) };
    await expect(desk.with({ inbox }).receiveEmail(gmailReply({ to }))).rejects.toThrow('store away');
    expect(await receive(gmailReply({ to }))).toBe('message');
    expect(await messagesOf(id)).toHaveLength(1);
  });

  it('says which files were not kept, and from which other address it came', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(outlookReply({ to: to.toUpperCase(), from: 'camille@home.example' }))).toBe('message');
    expect(await messagesOf(id)).toEqual([
      'Bonjour,\n\nOui, c’est un atelier d’été\u00a0: 40 places.\n\n- deux salles\n- un four\n\n' +
        '(Un fichier était joint : le service ne le garde pas.)\n\n' +
        '(Envoyé depuis l’adresse camille@home.example.)',
    ]);
  });

  it('is found by what it answers, when its address says nothing', async () => {
    const { id } = await submit();
    const { messageId } = await sent(id, 'holder-receipt');
    const headers = ['In-Reply-To: <x@example.com>', `References: ${messageId} <x@example.com>`];
    expect(await receive(plainMail({ to: 'contact@example.org' }, { headers }))).toBe('message');
    expect(await messagesOf(id)).toEqual(['Bonjour.']);
  });

  it('is cut where a message of the page would be refused', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    await receive(plainMail({ to }, { text: 'mot '.repeat(2000) }));
    const [text = ''] = await messagesOf(id);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/mot .{0,4}\n\n\(Coupé ici : ce message était trop long\.\)$/);
  });

  it('beyond what a project takes in a day is left to a person', async () => {
    const { id, token } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    for (let i = 1; i <= 5; i += 1) await desk.services.addMessage(token, `Message ${i}`);
    expect(await receive(gmailReply({ to }))).toBe('unmatched');
    expect(await messagesOf(id)).toHaveLength(5);
    expect(await left()).toMatchObject([
      { project: id, from: 'camille@example.org', why: expect.stringContaining('un jour') },
    ]);
  });

  it('to a project that has ended, or is erased, is left to a person', async () => {
    const { id, token } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    await desk.services.withdrawProject(token, { reason: 'solved', words: null });
    expect(await receive(plainMail({ to, messageId: '1@example.com' }))).toBe('unmatched');
    await desk.services.eraseProject(token);
    // What was there is forgotten with the project.
    expect(await left()).toMatchObject([{ from: '', text: '' }]);
    expect(await receive(plainMail({ to, messageId: '2@example.com' }))).toBe('unmatched');
    expect((await left()).map(({ why }) => why)).toContain('Les données de ce projet sont effacées.');
    expect(await messagesOf(id)).toEqual([]);
  });

  it('without a word of its own is left to a person, whole', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(plainMail({ to }, { text: '> Votre projet' }))).toBe('unmatched');
    expect(await left()).toMatchObject([{ text: '> Votre projet', why: expect.stringContaining('rien de plus') }]);
    expect(await messagesOf(id)).toEqual([]);
  });
});

describe('an advisor’s reply', () => {
  it('becomes a note for the own partner, and the holder is told nothing', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'advisor-new-project');
    const before = await owedAbout(id);
    expect(await receive(plainMail({ to, from: 'Anne@Example.org' }, { text: 'Appelée hier.\n\n-- \nAnne' }))).toBe(
      'note',
    );
    expect(await notesOf(id)).toEqual([{ author: anne.id, text: 'Appelée hier.' }]);
    expect(await owedAbout(id)).toEqual(before);
    expect(await messagesOf(id)).toEqual([]);
  });

  it('from an address of nobody there is left to a person', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'advisor-new-project');
    for (const from of ['cora@example.org', 'stranger@example.com', 'camille@example.org'])
      expect(await receive(plainMail({ to, from, messageId: `to-${from}` }))).toBe('unmatched');
    expect(await notesOf(id)).toEqual([]);
    expect(await messagesOf(id)).toEqual([]);
    expect(await left()).toHaveLength(3);
  });
});

describe('an address above a message proves nothing', () => {
  it('who has a holder’s e-mail writes no note under an advisor’s name', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(plainMail({ to, from: 'anne@example.org' }, { text: 'Dossier refusé.' }))).toBe('unmatched');
    expect(await notesOf(id)).toEqual([]);
    expect(await messagesOf(id)).toEqual([]);
    expect(await left()).toMatchObject([{ from: 'anne@example.org', why: expect.stringContaining('partenaire') }]);
  });

  it('nor a message that says it comes from elsewhere in more words than a message has', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const from = `${'a'.repeat(4000)}@example.org`;
    expect(await receive(plainMail({ to, from }, { text: 'mot '.repeat(600) }))).toBe('message');
    expect((await messagesOf(id))[0]?.length).toBeLessThanOrEqual(2000);
  });

  it.each([
    ['a colleague of another partner', 'cora@example.org'],
    ['a manager, while somebody of the partner reads', 'boss@example.org'],
  ])('a failure of an advisor’s e-mail does not mark %s', async (_who, recipient) => {
    const { id } = await submit();
    const { to } = await sent(id, 'advisor-new-project');
    expect(await receive(postfixBounce({ to, recipient }))).toBe('unmatched');
    expect(await desk.parts.accounts.withMailRefused(10)).toEqual([]);
  });

  it('a failure of a holder’s e-mail marks no account', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(postfixBounce({ to, recipient: 'anne@example.org' }))).toBe('unmatched');
    expect(await desk.parts.accounts.withMailRefused(10)).toEqual([]);
  });

  it('a failure names nobody in what is kept of it, not even by the name before the "@"', async () => {
    const { id } = await submit();
    const { to, id: delivery } = await sent(id, 'holder-receipt');
    const raw = postfixBounce({ to })
      .toString('latin1')
      .replace('address rejected: User unknown', 'no mailbox camille');
    expect(await receive(Buffer.from(raw, 'latin1'))).toBe('address refused');
    expect((await desk.parts.projects.byId(id))?.mailRefused?.because).toMatch(/no mailbox \(address\)$/);
    expect((await desk.parts.deliveries.byId(delivery))?.failedBecause).not.toContain('camille');
  });

  it('a manager who got what nobody of the partner could read is marked', async () => {
    const { id } = await submit();
    await desk.parts.accounts.markMailRefused('anne', { at: MONDAY, because: '550' });
    const { to } = await sent(id, 'advisor-new-project');
    expect(await receive(postfixBounce({ to, recipient: 'boss@example.org' }))).toBe('address refused');
    await desk.parts.accounts.markMailRefused('boss', null);
  });
});

describe('what belongs nowhere', () => {
  it('is left to a person, with the reason, until it is settled', async () => {
    expect(await receive(plainMail({ to: 'reponses@example.org' }, { text: 'Bonjour, je cherche un local.' }))).toBe(
      'unmatched',
    );
    const [one] = await left();
    expect(one).toMatchObject({
      from: 'camille@example.org',
      subject: 'Re: Votre projet',
      text: 'Bonjour, je cherche un local.',
      why: 'Ce message ne répond à aucun de nos e-mails.',
      project: null,
    });
    expect(await desk.parts.inbox.settle(one?.id ?? '', MONDAY)).toBe(true);
    expect(await desk.parts.inbox.settle(one?.id ?? '', MONDAY)).toBe(false);
    expect(await left()).toEqual([]);
    const record = await desk.parts.inbox.model.findById(one?.id).lean();
    expect(record).toMatchObject({ text: '', from: '', why: one?.why });
  });

  it('or cannot be read is left too, once', async () => {
    const raw = Buffer.from([0xff, 0xfe, 0, 1, 2]);
    expect([await receive(raw), await receive(raw)]).toEqual(['unmatched', 'unmatched']);
    expect(await left()).toHaveLength(1);
  });
});

describe('a delivery failure', () => {
  it.each([
    ['Postfix', postfixBounce, '5.1.1 550 5.1.1 <(address)>: Recipient address rejected: User unknown'],
    ['Exim', eximBounce, '5.0.0 550 No such user here'],
  ])('of %s marks the holder’s address, and a person is told', async (_server, bounce, because) => {
    const { id } = await submit();
    const { to, id: delivery } = await sent(id, 'holder-receipt');
    expect(await receive(bounce({ to }))).toBe('address refused');
    expect((await desk.parts.projects.byId(id))?.mailRefused).toMatchObject({ because });
    expect(await eventsOf(id)).toContain('address-refused');
    expect(await owedAbout(id)).toContain('lead-address-refused');
    expect((await desk.parts.deliveries.byId(delivery))?.failedBecause).toBe(because);
    expect(await messagesOf(id)).toEqual([]);
  });

  it('is found by the e-mail that comes back, when its address says nothing', async () => {
    const { id } = await submit(anUndecidedSubmission());
    const { messageId } = await sent(id, 'holder-receipt-triage');
    expect(await receive(eximBounce({ to: 'no-reply@example.org', returned: messageId }))).toBe('address refused');
    expect(await owedAbout(id)).toContain('manager-address-refused');
  });

  it('of a colleague’s address marks the account', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'advisor-new-project');
    expect(await receive(postfixBounce({ to, recipient: 'anne@example.org' }))).toBe('address refused');
    expect((await desk.parts.accounts.emailStateOf(['anne'])).get('anne')?.mailRefused).not.toBeNull();
    expect((await desk.parts.projects.byId(id))?.mailRefused ?? null).toBeNull();
  });

  it('twice tells nobody twice', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    await receive(postfixBounce({ to }));
    await receive(postfixBounce({ to, messageId: 'other@mx.example.net' }));
    expect((await eventsOf(id)).filter((type) => type === 'address-refused')).toHaveLength(1);
  });

  it.each([
    ['a delay', { action: 'delayed', status: '4.4.1' }],
    ['a failure that may pass', { action: 'failed', status: '4.2.2' }],
    ['a full mailbox', { action: 'failed', status: '5.2.2' }],
  ])('that is only %s is noted with the e-mail, and no more', async (_what, report) => {
    const { id } = await submit();
    const { to, id: delivery } = await sent(id, 'holder-receipt');
    const before = await standing(id);
    expect(await receive(postfixBounce({ to, ...report }))).toBe('not delivered yet');
    expect(await standing(id)).toEqual(before);
    expect((await desk.parts.deliveries.byId(delivery))?.failedBecause).toMatch(/^[45]\.\d\.\d [45]50/);
  });

  it('of an address that we did not write to marks nothing', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(postfixBounce({ to, recipient: 'somebody@example.com' }))).toBe('unmatched');
    expect((await desk.parts.projects.byId(id))?.mailRefused ?? null).toBeNull();
    expect(await left()).toMatchObject([{ why: expect.stringContaining('ne connaît pas') }]);
  });

  it('in words of its own is left to a person', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const raw = plainMail(
      { to, from: 'MAILER-DAEMON@qmail.example.net' },
      { headers: ['Return-Path: <>'], text: 'Hi. This is the qmail-send program.' },
    );
    expect(await receive(raw)).toBe('unmatched');
    expect(await left()).toMatchObject([{ why: 'Un e-mail semble revenu sans être remis.', project: id }]);
  });
});

describe('nothing goes round', () => {
  const programs = (to: string): [string, Buffer][] => [
    ['an absence of Exchange', vacation(to, 'exchange')],
    ['an absence of Sieve', vacation(to, 'sieve')],
    [
      'a mailing list',
      plainMail({ to, messageId: 'list@x' }, { headers: ['List-Id: <l.example.org>', 'Precedence: list'] }),
    ],
    [
      'an answer that says so in its subject',
      plainMail({ to, messageId: 'ooo@x' }, { subject: 'Automatic reply: Votre projet' }),
    ],
    [
      'a note that somebody has read it',
      Buffer.from(
        [
          'From: camille@example.org',
          `To: ${to}`,
          'Message-ID: <read@x>',
          'Subject: Lu : Votre projet',
          'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
          '\r\n--b\r\nContent-Type: text/plain\r\n\r\nVotre message a été lu.\r\n--b',
          'Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed\r\n--b--\r\n',
        ].join('\r\n'),
      ),
    ],
    ['an e-mail of ours', plainMail({ to, from: 'no-reply@localhost', messageId: 'own@x' })],
    [
      'one that says it is automatic',
      plainMail({ to, messageId: 'auto@x' }, { headers: ['Auto-Submitted: auto-generated'] }),
    ],
    ['a failure of a failure', postfixBounce({ to: 'mailer-daemon@example.org', recipient: 'a@b.example' })],
    ['a failure of what is not ours', eximBounce({ to: 'no-reply@example.org', returned: '<x@elsewhere.example>' })],
  ];

  it('what programs send is noted and changes nothing', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const before = await standing(id);
    const count = desk.mailbox?.messages().length;
    for (const [what, raw] of programs(to)) expect([what, await receive(raw)]).toEqual([what, 'automatic']);
    expect(await standing(id)).toEqual(before);
    expect(await left()).toEqual([]);
    expect(desk.mailbox?.messages()).toHaveLength(count ?? -1);
    expect(await desk.parts.inbox.model.countDocuments({ outcome: 'automatic' })).toBe(programs(to).length);
  });

  it('what we sent, fed back as it was received, changes nothing', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    const own = desk.mailbox?.messages().at(-1);
    const headers = Object.entries(own?.headers ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each) => `${name}: ${each}`),
    );
    const before = await standing(id);
    const raw = Buffer.from([...headers, '', own?.text ?? ''].join('\r\n'));
    expect([to !== '', await receive(raw)]).toEqual([true, 'automatic']);
    expect(await standing(id)).toEqual(before);
  });

  it('a person who says "Auto-Submitted: no" is a person', async () => {
    const { id } = await submit();
    const { to } = await sent(id, 'holder-receipt');
    expect(await receive(plainMail({ to }, { headers: ['Auto-Submitted: no'] }))).toBe('message');
  });
});
