import type { OutgoingEmail } from '../../../src/delivery/transport.js';
import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import type { Account } from '../../../src/domain/referrals/access.js';
import type { Parts } from '../../../src/services/parts.js';
import { aSubmission } from '../../support/aSubmission.js';
import { dyingAfter } from '../../support/dyingAfter.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const MINUTE = 60_000;

let desk: Desk;
let sent: OutgoingEmail[];
let services: Desk['services'];
let anne: Account;
const transport: Parts['transport'] = {
  send: async (email) => {
    sent.push(email);
    return { messageId: email.messageId, response: '250 ok' };
  },
};
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  sent = [];
  services = desk.with({ transport });
  anne = { id: 'anne', name: 'Anne B.', email: 'anne@example.org', role: 'advisor', partner: 'ti-tiltam' };
  await desk.parts.accounts.insert(anne, { passwordHash: 'none', demo: false });
});
afterEach(() => desk.stop());

const to = (time: string): void => {
  desk.clock.now = new Date(time);
};
const minutesLater = (minutes: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + minutes * MINUTE);
};

const submit = async () => {
  const { project } = await services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
  const [referral] = await desk.parts.referrals.ofProject(project.id);
  if (!referral) throw new Error('no referral');
  return { project: project.id, referral: referral.id };
};
const seen = async (id: string) => ({
  id,
  version: (await desk.parts.referrals.byId(id))?.version ?? 0,
  by: anne,
});
const deliveries = (project: string, email: EmailId) =>
  desk.parts.deliveries.ofProject(project).then((all) => all.filter((each) => each.email === email));
const deliveryOf = async (project: string, email: EmailId) => {
  const found = (await deliveries(project, email)).at(-1);
  if (!found) throw new Error(`No ${email} is owed`);
  return found;
};
const send = async (project: string, email: EmailId) => services.sendDelivery((await deliveryOf(project, email)).id);
/** What the worker does of a minute: sends what is due, until nothing is left. */
const sendAllDue = async (): Promise<void> => {
  for (let ids = await desk.parts.deliveries.due(desk.clock.now); ids.length > 0; ) {
    for (const id of ids) await services.sendDelivery(id);
    ids = await desk.parts.deliveries.due(desk.clock.now);
  }
};

describe('an e-mail that must wait', () => {
  it('for the morning is postponed, and the attempt does not count', async () => {
    const { project } = await submit();
    to('2026-11-23T19:30:00+01:00');
    expect(await send(project, 'advisor-new-project')).toBe('postponed');
    expect(await deliveryOf(project, 'advisor-new-project')).toMatchObject({
      due: new Date('2026-11-24T07:30:00+01:00'),
      attempts: 0,
      lockedUntil: null,
      enqueuedAt: null,
    });
    expect(await send(project, 'advisor-new-project')).toBe('not due');
    to('2026-11-24T07:30:00+01:00');
    expect(await desk.parts.deliveries.due(desk.clock.now)).toContain(
      (await deliveryOf(project, 'advisor-new-project')).id,
    );
    expect(await send(project, 'advisor-new-project')).toBe('sent');
  });

  it('too long for its turn at the mail server goes back, owed at once: its claim might end before its sending', async () => {
    const { project } = await submit();
    const busy = (minutes: number) =>
      desk.with({
        transport,
        inMailTurn: (work) => {
          minutesLater(minutes);
          return work();
        },
      });
    const { id } = await deliveryOf(project, 'holder-receipt');
    expect(await busy(0.6).sendDelivery(id)).toBe('postponed');
    const back = { owed: true, due: desk.clock.now, attempts: 0, lockedUntil: null, failedBecause: null };
    expect(await desk.parts.deliveries.model.findById(id).lean()).toMatchObject(back);
    expect(sent).toEqual([]);
    expect(await busy(0.5).sendDelivery(id)).toBe('sent');
  });

  it('for the holder is asked about again the next business day, and leaves once the wait is over', async () => {
    const { project, referral } = await submit();
    await services.askHolder(await seen(referral), { question: 'Quelle surface ?' });
    to('2026-11-25T09:30:00+01:00');
    expect(await send(project, 'advisor-reminder')).toBe('postponed');
    expect((await deliveryOf(project, 'advisor-reminder')).due).toEqual(new Date('2026-11-26T09:30:00+01:00'));
  });

  it('for a partner that has closed meanwhile leaves on its first day', async () => {
    const { project } = await submit();
    const closures = [{ from: '2026-11-25', to: '2026-11-27', label: 'Inventaire' }];
    const {
      version: _v,
      updatedAt: _a,
      updatedBy: _b,
      ...settings
    } = await desk.parts.partnerSettings.read('ti-tiltam');
    const by = { by: 'lead', at: MONDAY };
    await desk.parts.partnerSettings.save('ti-tiltam', 0, { ...settings, closures }, by);
    to('2026-11-25T09:30:00+01:00');
    expect(await send(project, 'advisor-reminder')).toBe('postponed');
    expect((await deliveryOf(project, 'advisor-reminder')).due >= new Date('2026-11-30T09:00:00+01:00')).toBe(true);
  });

  it('for the pace of a mail domain leaves when it may, its attempt given back', async () => {
    const { project } = await submit();
    const slow = desk.with({
      limits: { take: async () => ({ allowed: false, retryInSeconds: 40 }), giveBack: async () => undefined },
    });
    const { id } = await deliveryOf(project, 'holder-receipt');
    expect(await slow.sendDelivery(id)).toBe('postponed');
    expect(await deliveryOf(project, 'holder-receipt')).toMatchObject({
      due: new Date(MONDAY.getTime() + 40_000),
      attempts: 0,
    });
  });
});

describe('news of a project', () => {
  const actsInSixMinutes = async () => {
    const owed = await submit();
    await services.takeReferral(await seen(owed.referral));
    minutesLater(3);
    await services.logCall(await seen(owed.referral), { result: 'no-answer', words: null });
    minutesLater(3);
    await services.closeReferral(await seen(owed.referral), { outcome: 'unreachable', words: null });
    sent = [];
    minutesLater(4);
    return owed;
  };
  const news = () => sent.filter(({ to: [reader] }) => reader?.address === 'camille@example.org');

  it('of ten minutes leaves as one e-mail, the last, which names the others in order', async () => {
    const { project } = await actsInSixMinutes();
    expect(await send(project, 'holder-receipt')).toBe('sent');
    sent = [];
    await sendAllDue();
    expect(news()).toHaveLength(1);
    const text = news()[0]?.text ?? '';
    expect(text).toContain('Juste avant');
    expect(text.indexOf('pris en charge')).toBeGreaterThan(0);
    expect(text.indexOf('essayé de vous appeler')).toBeGreaterThan(text.indexOf('pris en charge'));
    expect((await deliveryOf(project, 'holder-taken')).cancelledBecause).toBe('told with another');
    expect((await deliveryOf(project, 'holder-not-reached')).cancelledBecause).toBe('told with another');
    minutesLater(60);
    sent = [];
    await sendAllDue();
    expect(news()).toHaveLength(0);
  });

  it('in English for who reads English', async () => {
    const english = aSubmission({ language: 'en' });
    const { project } = await services.submitProject({ visitor: 'v', submission: english });
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    await services.takeReferral(await seen(referral?.id ?? ''));
    minutesLater(2);
    await services.closeReferral(await seen(referral?.id ?? ''), { outcome: 'helped', help: 'advice', words: null });
    await send(project.id, 'holder-receipt');
    sent = [];
    minutesLater(8);
    await sendAllDue();
    expect(news()).toHaveLength(1);
    expect(news()[0]?.text).toMatch(/Just before:\n- Your project is being looked after/);
  });

  it('is not lost by a crash between two steps, nor told twice', async () => {
    // At each write of the way in turn.
    for (let after = 0; after <= 3; after += 1) {
      const { project } = await actsInSixMinutes();
      const dying = dyingAfter(desk, after).services;
      const { id } = await deliveryOf(project, 'holder-taken');
      await dying.sendDelivery(id).catch(() => undefined);
      minutesLater(5);
      await sendAllDue();
      const closings: OutgoingEmail[] = news().filter(({ text }) => text.includes('Juste avant'));
      expect({ after, closings: closings.length }).toEqual({ after, closings: 1 });
      expect(closings[0]?.text).toContain('essayé de vous appeler');
    }
  });

  it('that is more than ten minutes old has left before', async () => {
    const { project, referral } = await submit();
    await services.takeReferral(await seen(referral));
    minutesLater(10);
    expect(await send(project, 'holder-taken')).toBe('sent');
    await services.closeReferral(await seen(referral), { outcome: 'helped', help: 'advice', words: null });
    minutesLater(10);
    expect(await send(project, 'holder-closed')).toBe('sent');
    expect(sent.at(-1)?.text).not.toContain('Juste avant');
  });
});

describe('the question for news', () => {
  const FIRST = '2026-12-21T09:30:00+01:00';

  it('comes again every 20 business days, and ends with the referral', async () => {
    const { project, referral } = await submit();
    await services.takeReferral(await seen(referral));
    to(FIRST);
    expect(await send(project, 'advisor-news')).toBe('sent');
    expect(await send(project, 'advisor-news')).toBe('not due');
    to('2027-01-20T09:30:00+01:00');
    expect(await send(project, 'advisor-news')).toBe('sent');
    await services.closeReferral(await seen(referral), { outcome: 'helped', help: 'advice', words: null });
    to('2027-03-20T09:30:00+01:00');
    expect(await send(project, 'advisor-news')).toBe('cancelled');
    const chain = (await deliveries(project, 'advisor-news')).sort((a, b) => a.due.getTime() - b.due.getTime());
    expect(chain.map(({ occasion }) => occasion.replace(/^[^#]*/, ''))).toEqual(['', '#2', '#3']);
  });

  it('waits 20 business days from an act', async () => {
    const { project, referral } = await submit();
    await services.takeReferral(await seen(referral));
    to('2026-12-10T10:00:00+01:00');
    await services.logCall(await seen(referral), { result: 'reached', words: null });
    to(FIRST);
    expect(await send(project, 'advisor-news')).toBe('postponed');
    expect((await deliveryOf(project, 'advisor-news')).due).toEqual(new Date('2027-01-11T10:00:00+01:00'));
    expect(sent.filter(({ text }) => text.includes('nouvelles'))).toHaveLength(0);
  });

  it('is asked once when the project was taken up again meanwhile', async () => {
    const { project, referral } = await submit();
    await services.takeReferral(await seen(referral));
    to('2026-12-01T10:00:00+01:00');
    await services.releaseReferral(await seen(referral));
    await services.takeReferral(await seen(referral));
    to(FIRST);
    const [first, second] = (await deliveries(project, 'advisor-news')).sort(
      (a, b) => a.due.getTime() - b.due.getTime(),
    );
    expect(await services.sendDelivery(first?.id ?? '')).toBe('cancelled');
    to('2027-01-04T10:00:00+01:00');
    expect(await services.sendDelivery(second?.id ?? '')).toBe('sent');
  });

  it('has its next one owed before it leaves, so that a crash ends no chain', async () => {
    const { project, referral } = await submit();
    await services.takeReferral(await seen(referral));
    to(FIRST);
    const { id } = await deliveryOf(project, 'advisor-news');
    const failing = desk.with({ transport: { send: () => Promise.reject(new Error('killed')) } });
    await failing.sendDelivery(id).catch(() => undefined);
    expect(await deliveries(project, 'advisor-news')).toHaveLength(2);
    expect(await services.sendDelivery(id)).toBe('sent');
    expect(await deliveries(project, 'advisor-news')).toHaveLength(2);
  });
});
