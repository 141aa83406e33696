import { localDay } from '../../../src/domain/calendar/businessTime.js';
import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import { planAccountEmail } from '../../../src/domain/emails/planEmails.js';
import type { Account } from '../../../src/domain/referrals/access.js';
import type { MailboxMessage } from '../../../src/embedded/mailbox/message.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { hire } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
const start = async (settings: Record<string, string> = {}): Promise<void> => {
  desk = await startDesk({ at: MONDAY, mailbox: true, publicUrl: 'https://desk.example.org', settings });
};
afterEach(() => desk.stop());

const submit = async (submission = aSubmission()) =>
  (await desk.services.submitProject({ visitor: desk.parts.newId(), submission })).project.id;

const received = async (): Promise<MailboxMessage[]> =>
  (await fetch(`${desk.mailbox?.url}/email`)).json() as Promise<MailboxMessage[]>;

/** Sends an e-mail of the project, and gives it as it arrived. */
const arrived = async (project: string, email: EmailId): Promise<MailboxMessage> => {
  const owed = (await desk.parts.deliveries.ofProject(project)).findLast((each) => each.email === email);
  desk.clock.now = new Date(Math.max(desk.clock.now.getTime(), owed?.due.getTime() ?? 0));
  expect(await desk.services.sendDelivery(owed?.id ?? '')).toBe('sent');
  const all = await received();
  const [last] = all.slice(-1);
  if (!last) throw new Error('Nothing arrived');
  return last;
};

const taken = async (project: string, by: Account): Promise<void> => {
  const [referral] = await desk.parts.referrals.ofProject(project);
  await desk.services.takeReferral({ id: referral?.id ?? '', version: referral?.version ?? 0, by });
};

const setMailbox = (mailbox: string) =>
  desk.parts.partnerSettings.save(
    'ti-tiltam',
    0,
    { closures: [], mailbox, receipt: { fr: '', en: '' }, hours: { fr: '', en: '' } },
    { by: 'lea', at: MONDAY },
  );

const replyTo = ({ headers }: MailboxMessage): string[] =>
  String(headers['reply-to'] ?? '').match(/[^\s<>",]+@[^\s<>",]+/g) ?? [];

describe('a reply', () => {
  it('comes to the desk, tagged with what it answers, when the desk receives', async () => {
    await start({ INBOUND_ADDRESS: 'reponses@example.org' });
    await hire(desk, 'anne');
    const project = await submit();
    for (const email of ['holder-receipt', 'advisor-new-project'] as const) {
      const message = await arrived(project, email);
      const id = /^<([^@]+)@desk\.example\.org>$/.exec(String(message.headers['message-id']))?.[1];
      expect(replyTo(message)).toEqual([`reponses+${id}@example.org`]);
      expect(message.text).toContain('Vous pouvez répondre à ce message');
    }
  });

  it('of a holder reaches the person who took the project; before that the partner’s mailbox', async () => {
    await start();
    const anne = await hire(desk, 'anne');
    await hire(desk, 'lea', 'lead');
    await setMailbox('accueil@example.org');
    const project = await submit();
    expect(replyTo(await arrived(project, 'holder-receipt'))).toEqual(['accueil@example.org']);
    await taken(project, anne);
    expect(replyTo(await arrived(project, 'holder-taken'))).toEqual(['anne@example.org']);
  });

  it('of a holder reaches the leads when there is no mailbox, and managers when no partner has the project', async () => {
    await start();
    await hire(desk, 'anne');
    await hire(desk, 'lea', 'lead');
    await hire(desk, 'marie', 'manager', null);
    expect(replyTo(await arrived(await submit(), 'holder-receipt'))).toEqual(['lea@example.org']);
    const undecided = await submit(anUndecidedSubmission());
    expect(replyTo(await arrived(undecided, 'holder-receipt-triage'))).toEqual(['marie@example.org']);
  });

  it('of staff reaches a lead, else managers, never the holder', async () => {
    await start();
    await hire(desk, 'anne');
    await hire(desk, 'marie', 'manager', null);
    const project = await submit();
    expect(replyTo(await arrived(project, 'advisor-new-project'))).toEqual(['marie@example.org']);
    await hire(desk, 'lea', 'lead');
    const other = await submit(aSubmission({ facts: { title: 'Autre chose' } }));
    const message = await arrived(other, 'advisor-new-project');
    expect(replyTo(message)).toEqual(['lea@example.org']);
    expect(JSON.stringify(message.headers)).not.toContain('camille');
  });

  it('does not go to an address that is refused', async () => {
    await start();
    await hire(desk, 'anne');
    await hire(desk, 'lea', 'lead');
    await hire(desk, 'marie', 'manager', null);
    await desk.parts.accounts.markMailRefused('lea', { at: MONDAY, because: '550' });
    expect(replyTo(await arrived(await submit(), 'holder-receipt'))).toEqual(['marie@example.org']);
  });

  it('that nobody would read is not asked for', async () => {
    await start();
    const message = await arrived(await submit(), 'holder-receipt');
    expect(replyTo(message)).toEqual([]);
    expect(message.text).toContain('une réponse à cette adresse ne serait pas lue');
    expect(message.html).toContain('une réponse à cette adresse ne serait pas lue');
  });
});

describe('a conversation', () => {
  it('holds all e-mails of a project to one audience, and no other', async () => {
    await start();
    const anne = await hire(desk, 'anne');
    const project = await submit();
    const receipt = await arrived(project, 'holder-receipt');
    const news = await arrived(project, 'advisor-new-project');
    await taken(project, anne);
    const inHand = await arrived(project, 'holder-taken');
    expect(receipt.headers).toMatchObject({
      references: `<${project}.holder@desk.example.org>`,
      'in-reply-to': `<${project}.holder@desk.example.org>`,
      'auto-submitted': 'auto-generated',
    });
    expect(inHand.headers['references']).toBe(receipt.headers['references']);
    expect(inHand.subject).toBe(receipt.subject);
    expect(news.headers['references']).toBe(`<${project}.advisor@desk.example.org>`);
    expect(inHand.headers['message-id']).not.toBe(receipt.headers['message-id']);
  });
});

describe('unsubscribing', () => {
  const addressIn = ({ headers }: MailboxMessage): string =>
    /^<(https:\/\/desk\.example\.org\/desabonnement\/[\w-]{43})>$/.exec(String(headers['list-unsubscribe']))?.[1] ?? '';

  it('takes one click, in the header and at the foot, from questions about a project', async () => {
    await start();
    const anne = await hire(desk, 'anne');
    const project = await submit();
    await taken(project, anne);
    const [referral] = await desk.parts.referrals.ofProject(project);
    const seen = { id: referral?.id ?? '', version: referral?.version ?? 0, by: anne };
    await desk.services.closeReferral(seen, { outcome: 'no_solution', words: null });
    const message = await arrived(project, 'holder-survey');
    const address = addressIn(message);
    expect(address).not.toBe('');
    expect(message.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(message.text).toContain(`Ne plus recevoir ces questions\u00a0: ${address}`);
    expect(message.html).toContain(`href="${address}"`);
    await desk.services.unsubscribe(address.slice(address.lastIndexOf('/') + 1));
    expect((await desk.parts.projects.byId(project))?.questionsRefusedAt).toEqual(desk.clock.now);
  });

  it('takes one click from the messages that sum up what waits', async () => {
    await start();
    const anne = await hire(desk, 'anne');
    await submit();
    const when = { which: 'advisor-digest', at: MONDAY, occasion: localDay(MONDAY) } as const;
    const [id = ''] = await desk.parts.deliveries.plan([planAccountEmail(anne, when)], MONDAY);
    expect(await desk.services.sendDelivery(id)).toBe('sent');
    const [message] = await received();
    const address = message ? addressIn(message) : '';
    await desk.services.unsubscribe(address.slice(address.lastIndexOf('/') + 1));
    const state = (await desk.parts.accounts.emailStateOf(['anne'])).get('anne');
    expect(state?.preferences.digest).toBe(false);
  });

  it('is not offered where nobody may leave', async () => {
    await start();
    await hire(desk, 'anne');
    const project = await submit();
    for (const email of ['holder-receipt', 'advisor-new-project'] as const) {
      const { headers, text } = await arrived(project, email);
      expect(headers['list-unsubscribe']).toBeUndefined();
      expect(text).not.toContain('desabonnement');
    }
  });
});
