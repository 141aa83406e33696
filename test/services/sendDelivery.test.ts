import type { EmailId } from '../../src/domain/emails/catalogue.js';
import type { Account, Role } from '../../src/domain/referrals/access.js';
import type { Parts } from '../../src/services/parts.js';
import { anUndecidedSubmission, aSubmission } from '../support/aSubmission.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const WEDNESDAY = new Date('2026-11-25T09:30:00+01:00');

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true });
});
afterEach(() => desk.stop());

const hire = async (id: string, role: Role = 'advisor', partner: string | null = 'ti-tiltam'): Promise<Account> => {
  const account: Account = { id, name: `Personne ${id}`, email: `${id}@example.org`, role, partner };
  await desk.parts.accounts.insert(account, { passwordHash: 'none', demo: false });
  return account;
};

const submit = async (submission = aSubmission()) =>
  (await desk.services.submitProject({ visitor: desk.parts.newId(), submission })).project;

const deliveryOf = async (project: string, email: EmailId) => {
  const found = (await desk.parts.deliveries.ofProject(project)).findLast((each) => each.email === email);
  if (!found) throw new Error(`No ${email} is owed`);
  return found;
};
const send = async (project: string, email: EmailId) =>
  desk.services.sendDelivery((await deliveryOf(project, email)).id);
const received = () => desk.mailbox?.messages() ?? [];

const failing = (message: string, permanent = false): Pick<Parts, 'transport'> => ({
  transport: { send: () => Promise.reject(Object.assign(new Error(message), { permanent })) },
});

describe('an e-mail owed', () => {
  it('reaches the holder with the promise and a link that opens the project', async () => {
    const project = await submit();
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    const [email] = received();
    expect(email?.to).toEqual([{ address: 'camille@example.org', name: 'Camille R.' }]);
    expect(email?.text).toContain('avant mercredi 25\u00a0novembre à 18\u00a0h');
    expect(email?.headers).toMatchObject({ 'auto-submitted': 'auto-generated' });
    const [, token = ''] = /\/suivi\/(\S+)/.exec(email?.text ?? '') ?? [];
    expect((await desk.services.followProject(token))?.project.id).toBe(project.id);
  });

  it('leaves once, and its record says when, as what and with which answer', async () => {
    const project = await submit();
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    const results = await Promise.all([1, 2, 3].map(() => desk.services.sendDelivery(id)));
    expect(results.sort()).toEqual(['not due', 'not due', 'sent']);
    expect(received()).toHaveLength(1);
    expect(await deliveryOf(project.id, 'holder-receipt')).toMatchObject({
      sentAt: MONDAY,
      messageId: `<${id}@localhost>`,
      response: expect.stringMatching(/^250/),
    });
    expect(received()[0]?.headers['message-id']).toBe(`<${id}@localhost>`);
  });

  it('is not sent before it is due, nor after its reason has gone', async () => {
    const advisor = await hire('anne');
    const project = await submit();
    expect(await send(project.id, 'advisor-reminder')).toBe('not due');
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    await desk.services.takeReferral({ id: referral?.id ?? '', version: referral?.version ?? 0, by: advisor });
    desk.clock.now = WEDNESDAY;
    expect(await send(project.id, 'advisor-reminder')).toBe('cancelled');
    expect((await deliveryOf(project.id, 'advisor-reminder')).cancelledBecause).toBe('while waiting');
    expect(received()).toHaveLength(0);
  });

  it('reminds the advisor when two business days have passed', async () => {
    await hire('anne');
    const project = await submit();
    desk.clock.now = WEDNESDAY;
    expect(await send(project.id, 'advisor-reminder')).toBe('sent');
    expect(received()[0]?.text).toMatch(/attend depuis lundi 23.novembre/);
  });

  it('carries the words that the advisor closed with, to the holder alone', async () => {
    const advisor = await hire('anne');
    const project = await submit();
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    const taken = await desk.services.takeReferral({ id: referral?.id ?? '', version: 1, by: advisor });
    const seen = { id: taken.id, version: taken.version, by: advisor };
    await desk.services.closeReferral(seen, { outcome: 'helped', help: 'advice', words: 'Un prêt d’honneur est accordé.' });
    expect(await send(project.id, 'holder-taken')).toBe('cancelled');
    expect(await send(project.id, 'holder-closed')).toBe('sent');
    expect(received()[0]?.text).toContain('Un prêt d’honneur est accordé.');
  });
});

describe('a receipt that leaves late', () => {
  it('after the partner declined, says that a person looks for another, with a link that opens the project', async () => {
    const advisor = await hire('anne');
    const project = await submit();
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    const seen = { id: referral?.id ?? '', version: 1, by: advisor };
    await desk.services.declineReferral(seen, { reason: 'other-need', words: null });
    expect(await send(project.id, 'holder-receipt')).toBe('sent');
    const text = received()[0]?.text ?? '';
    expect(text).toContain('Votre projet est bien arrivé. Une personne cherche le bon partenaire pour vous.');
    expect(text).not.toMatch(/entre les mains|Pourquoi ce partenaire|avant \w+ \d/);
    const [, token = ''] = /\/suivi\/(\S+)/.exec(text) ?? [];
    expect((await desk.services.followProject(token))?.project.id).toBe(project.id);
  });
});

describe('the people at a partner', () => {
  const recipients = async (): Promise<string[]> => {
    const project = await submit();
    await send(project.id, 'advisor-new-project');
    return received()[0]?.to.map(({ address }) => address) ?? [];
  };

  it('are written to one by one when the project was given to one of them', async () => {
    await hire('anne');
    await hire('boss', 'manager', null);
    expect(await recipients()).toEqual(['anne@example.org']);
  });

  it('are all written to when it was given to nobody', async () => {
    const project = await submit();
    await hire('anne');
    await hire('zoe');
    await hire('elsewhere', 'advisor', 'cci-allier');
    await send(project.id, 'advisor-new-project');
    expect(received()[0]?.to.map(({ address }) => address)).toEqual(['anne@example.org', 'zoe@example.org']);
  });

  it('are replaced by the managers when there is nobody', async () => {
    await hire('boss', 'manager', null);
    expect(await recipients()).toEqual(['boss@example.org']);
  });

  it('being nobody at all, leave the e-mail owed', async () => {
    const project = await submit(anUndecidedSubmission());
    await expect(send(project.id, 'manager-triage')).rejects.toThrow('to be tried again');
    await hire('boss', 'manager', null);
    expect(await send(project.id, 'manager-triage')).toBe('sent');
  });
});

describe('a mail server that fails', () => {
  it('for now leaves the e-mail owed, and what is thrown names nobody', async () => {
    const project = await submit();
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    const { sendDelivery } = desk.with(failing('450 <camille@example.org> is busy'));
    await expect(sendDelivery(id)).rejects.toThrow(`Delivery ${id} is to be tried again`);
    const { failedBecause, attempts } = await deliveryOf(project.id, 'holder-receipt');
    expect({ failedBecause, attempts }).toEqual({ failedBecause: '450 <(address)> is busy', attempts: 1 });
    expect(await desk.services.sendDelivery(id)).toBe('sent');
  });

  it('or one that quotes the address it wrote to, leaves no address in the record', async () => {
    const project = await submit();
    const send = async ({ messageId }: { messageId: string }) => ({
      messageId,
      response: '250 <camille@example.org> ok',
    });
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    expect(await desk.with({ transport: { send } }).sendDelivery(id)).toBe('sent');
    expect((await deliveryOf(project.id, 'holder-receipt')).response).toBe('250 <(address)> ok');
  });

  it('for good ends it', async () => {
    const project = await submit();
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    expect(await desk.with(failing('550 no such user', true)).sendDelivery(id)).toBe('given up');
    expect(await desk.services.sendDelivery(id)).toBe('not due');
    expect(await desk.parts.deliveries.due(desk.clock.now)).not.toContain(id);
  });

  it('for a day ends it too', async () => {
    const project = await submit();
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    const { sendDelivery } = desk.with(failing('421 try later'));
    for (let attempt = 1; attempt < 12; attempt += 1) await expect(sendDelivery(id)).rejects.toThrow('tried again');
    expect(await sendDelivery(id)).toBe('given up');
  });

  it('a store that fails after the e-mail left keeps a second one from leaving at once', async () => {
    const project = await submit();
    const { id } = await deliveryOf(project.id, 'holder-receipt');
    const deliveries = { ...desk.parts.deliveries, markSent: () => Promise.reject(new Error('store away')) };
    await expect(desk.with({ deliveries }).sendDelivery(id)).rejects.toThrow('store away');
    expect(await desk.services.sendDelivery(id)).toBe('not due');
    expect(received()).toHaveLength(1);
  });
});
