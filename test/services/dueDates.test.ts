import type { Referral } from '../../src/domain/referrals/referral.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const TUESDAY = new Date('2026-11-24T09:30:00+01:00');
const anne = staffMember('anne');

let desk: Desk;
let services: Desk['services'];
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
});
afterAll(() => desk.stop());

interface Arrived {
  token: string;
  referral: Referral;
}
const arrives = async (visitor: string): Promise<Arrived> => {
  desk.clock.now = MONDAY;
  await services.saveDraft(visitor, {}, 'fr');
  const { project, token } = await services.submitProject({ visitor, submission: aSubmission(), anyway: true });
  return { token, referral: (await desk.parts.referrals.ofProject(project.id))[0] as Referral };
};
const seen = ({ id, version }: Referral) => ({ id, version, by: anne });
const asks = async ({ token, referral }: Arrived): Promise<Arrived> => {
  const asked = await services.askHolder(seen(referral), { question: 'Combien de salariés ?' });
  return { token, referral: asked };
};

test('a project sent on has a new date to be called by; an answer moves the old one', async () => {
  const sent = await arrives('sent on');
  desk.clock.now = TUESDAY;
  await services.rerouteReferral(seen(sent.referral), { to: 'cci-puy-de-dome', reason: 'other', words: null });
  const [first, next] = await desk.parts.referrals.ofProject(sent.referral.project);
  expect(first).toMatchObject({ state: 'rerouted', closedAt: TUESDAY, basket: 'refuses' });
  expect(next).toMatchObject({ sequence: 2, sentAt: TUESDAY, callBy: new Date('2026-11-26T18:00:00+01:00') });

  const asked = await asks(await arrives('asked'));
  expect(asked.referral).toMatchObject({ basket: 'en-attente', callBy: new Date('2026-11-25T18:00:00+01:00') });
  desk.clock.now = TUESDAY;
  await services.addMessage(asked.token, 'Nous sommes douze.');
  const answered = await desk.parts.referrals.byId(asked.referral.id);
  expect(answered).toMatchObject({ asked: null, basket: 'a-prendre', callBy: new Date('2026-11-26T18:00:00+01:00') });
  await services.addMessage(asked.token, 'Et deux apprentis.');
  expect((await desk.parts.referrals.byId(asked.referral.id))?.version).toBe(answered?.version);
});

test('a holder who does not answer is waited for ten business days', async () => {
  const { referral } = await asks(await arrives('silent'));
  desk.clock.now = new Date('2026-12-07T17:59:00+01:00');
  await services.sweep();
  expect((await desk.parts.referrals.byId(referral.id))?.asked).not.toBeNull();
  desk.clock.now = new Date('2026-12-07T18:01:00+01:00');
  await Promise.all([services.sweep(), services.sweep()]);
  const now = await desk.parts.referrals.byId(referral.id);
  expect(now).toMatchObject({ asked: null, version: 3, callBy: new Date('2026-12-10T17:30:00+01:00') });
  const events = await desk.parts.events.ofProject(referral.project);
  expect(events.at(-1)).toMatchObject({ type: 'wait-ended', actor: { role: 'system' }, callBy: now?.callBy });
});
