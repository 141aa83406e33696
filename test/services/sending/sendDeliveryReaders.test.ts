import type { OutgoingEmail } from '../../../src/delivery/transport.js';
import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { deliveryOf, hire } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const WEDNESDAY = new Date('2026-11-25T09:30:00+01:00');
const REFUSED = { at: MONDAY, because: '550 5.1.1 User unknown' };

let desk: Desk;
let sent: OutgoingEmail[];
/** Addresses that the mail server says do not exist. */
let unknown: Set<string>;
let services: Desk['services'];

const send = async (email: OutgoingEmail) => {
  const all = [...email.to, ...email.cc].map(({ address }) => address);
  const refused = all
    .filter((address) => unknown.has(address))
    .map((address) => ({ address, because: `550 5.1.1 <${address}> unknown` }));
  if (refused.length === all.length)
    throw Object.assign(new Error(`550 <${all[0]}> unknown`), { permanent: true, refused });
  sent.push(email);
  return { messageId: email.messageId, response: '250 ok', refused };
};

beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  sent = [];
  unknown = new Set();
  services = desk.with({ transport: { send } });
});
afterEach(() => desk.stop());

const submit = async (submission = aSubmission()) =>
  (await services.submitProject({ visitor: desk.parts.newId(), submission })).project.id;
const sendOne = async (project: string, email: EmailId) =>
  services.sendDelivery((await deliveryOf(desk, project, email)).id);
const readers = () => sent.at(-1)?.to.map(({ address }) => address);
const stateOf = async (id: string) => (await desk.parts.accounts.emailStateOf([id])).get(id);

describe('who prefers a digest', () => {
  it('is left out of the news, and gets reminders all the same', async () => {
    await hire(desk, 'anne');
    await desk.parts.accounts.setEmailPreferences('anne', { news: 'weekly', digest: true });
    const project = await submit();
    expect(await sendOne(project, 'advisor-new-project')).toBe('cancelled');
    expect((await deliveryOf(desk, project, 'advisor-new-project')).cancelledBecause).toBe('left to the digest');
    desk.clock.now = WEDNESDAY;
    expect(await sendOne(project, 'advisor-reminder')).toBe('sent');
    expect(readers()).toEqual(['anne@example.org']);
  });

  it('leaves the news to colleagues who want them at once', async () => {
    const project = await submit();
    await hire(desk, 'anne');
    await hire(desk, 'zoe');
    await desk.parts.accounts.setEmailPreferences('anne', { news: 'daily', digest: true });
    expect(await sendOne(project, 'advisor-new-project')).toBe('sent');
    expect(readers()).toEqual(['zoe@example.org']);
  });
});

describe('a colleague whose address is refused', () => {
  it('is replaced: by the other advisors, the leads, then managers', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await hire(desk, 'zoe');
    await hire(desk, 'lea', 'lead');
    await hire(desk, 'boss', 'manager', null);
    for (const [gone, next] of [
      ['anne', 'zoe'],
      ['zoe', 'lea'],
      ['lea', 'boss'],
    ]) {
      await desk.parts.accounts.markMailRefused(gone ?? '', REFUSED);
      const { id } = await deliveryOf(desk, project, 'advisor-new-project');
      await desk.parts.deliveries.model.updateOne({ _id: id }, { $set: { owed: true, sentAt: null } });
      expect(await services.sendDelivery(id)).toBe('sent');
      expect(readers()).toEqual([`${next}@example.org`]);
    }
  });

  it('is found out by sending: the address is marked, the lead told, and the e-mail goes to somebody else', async () => {
    await hire(desk, 'anne');
    const project = await submit();
    await hire(desk, 'lea', 'lead');
    unknown.add('anne@example.org');
    await expect(sendOne(project, 'advisor-new-project')).rejects.toThrow('to be tried again');
    expect((await stateOf('anne'))?.mailRefused).toEqual({ at: MONDAY, because: '550 5.1.1 <(address)> unknown' });
    expect(await sendOne(project, 'advisor-new-project')).toBe('sent');
    expect(readers()).toEqual(['lea@example.org']);
    const told = await desk.parts.deliveries.model.find({ email: 'lead-colleague-refused' }).lean();
    expect(told).toHaveLength(1);
    expect(await services.sendDelivery(told[0]?._id ?? '')).toBe('sent');
    expect(readers()).toEqual(['lea@example.org']);
  });

  it('among several is marked, while the others get the e-mail once', async () => {
    const project = await submit();
    await hire(desk, 'anne');
    await hire(desk, 'zoe');
    unknown.add('anne@example.org');
    expect(await sendOne(project, 'advisor-new-project')).toBe('sent');
    expect(sent).toHaveLength(1);
    expect((await stateOf('anne'))?.mailRefused).not.toBeNull();
    expect((await stateOf('zoe'))?.mailRefused).toBeNull();
  });
});

describe('a holder whose address is refused', () => {
  it('is marked, the lead is told, and what follows is said on the telephone', async () => {
    const anne = await hire(desk, 'anne');
    await hire(desk, 'lea', 'lead');
    const project = await submit();
    unknown.add('camille@example.org');
    expect(await sendOne(project, 'holder-receipt')).toBe('given up');
    expect(await deliveryOf(desk, project, 'holder-receipt')).toMatchObject({
      gaveUpAt: MONDAY,
      failedBecause: '550 <(address)> unknown',
      attempts: 1,
    });
    expect((await desk.parts.projects.byId(project))?.mailRefused?.because).toBe('550 5.1.1 <(address)> unknown');
    expect((await desk.parts.events.ofProject(project)).map(({ type }) => type)).toContain('address-refused');
    expect(await sendOne(project, 'lead-address-refused')).toBe('sent');
    expect(readers()).toEqual(['lea@example.org']);

    const [referral] = await desk.parts.referrals.ofProject(project);
    await services.takeReferral({ id: referral?.id ?? '', version: referral?.version ?? 0, by: anne });
    desk.clock.now = new Date(MONDAY.getTime() + 10 * 60_000);
    expect(await sendOne(project, 'holder-taken')).toBe('to call');
    expect(sent.flatMap(({ to }) => to.map(({ address }) => address))).not.toContain('camille@example.org');
  });

  it('without a partner is told to managers, once however often it is refused', async () => {
    await hire(desk, 'boss', 'manager', null);
    const project = await submit(anUndecidedSubmission());
    unknown.add('camille@example.org');
    expect(await sendOne(project, 'holder-receipt-triage')).toBe('given up');
    const again = { address: 'Camille@example.org', because: '550', at: MONDAY };
    const delivery = await deliveryOf(desk, project, 'holder-receipt-triage');
    expect(await services.refuseAddress({ delivery, ...again })).toBe('holder');
    const told = (await desk.parts.deliveries.ofProject(project)).filter(({ email }) => /refused/.test(email));
    expect(told.map(({ email }) => email)).toEqual(['manager-address-refused']);
    expect(await services.sendDelivery(told[0]?.id ?? '')).toBe('sent');
  });

  it('is nobody when the address was corrected meanwhile', async () => {
    const project = await submit();
    const delivery = await deliveryOf(desk, project, 'holder-receipt');
    const old = { delivery, address: 'old@example.org', because: '550', at: MONDAY };
    expect(await services.refuseAddress(old)).toBe('unknown');
    expect((await desk.parts.projects.byId(project))?.mailRefused).toBeNull();
  });
});

it('an e-mail given up is owed again, with all its tries, when somebody asks', async () => {
  const project = await submit();
  unknown.add('camille@example.org');
  expect(await sendOne(project, 'holder-receipt')).toBe('given up');
  const { id } = await deliveryOf(desk, project, 'holder-receipt');
  expect(await desk.parts.deliveries.due(desk.clock.now)).not.toContain(id);
  unknown.clear();
  await desk.parts.projects.model.updateOne({ _id: project }, { $set: { mailRefused: null } });
  expect(await desk.parts.deliveries.oweAgain([id], desk.clock.now)).toBe(1);
  expect(await services.sendDelivery(id)).toBe('sent');
  expect(await deliveryOf(desk, project, 'holder-receipt')).toMatchObject({ gaveUpAt: null, failedBecause: null });
});
