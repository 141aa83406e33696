import { type Browser, besiege, type Siege } from '../support/besiege.js';
import { type StaffName, staffMember } from '../support/staff.js';

/**
 * OWASP A07: a sign-in that is under way while its account changes is kept only after the change has ended all sessions, or a crash
 * leaves them. Here nothing ends them: what each may still open is looked at with each page.
 */
let siege: Siege;
beforeAll(async () => {
  siege = await besiege({ at: new Date('2026-11-23T09:00:00+01:00') });
});
afterAll(() => siege.stop());

const isIn = async (browser: Browser): Promise<boolean> => (await browser.get('/compte')).status === 200;
const changed = async (id: StaffName, change: Record<string, unknown>): Promise<Browser> => {
  const browser = await siege.signedIn(id);
  expect(await isIn(browser)).toBe(true);
  await siege.desk.parts.accounts.model.updateOne({ _id: id }, { $set: change });
  return browser;
};

it('a password that is another by now lets nobody in', async () => {
  expect(await isIn(await changed('anne', { passwordHash: 'another' }))).toBe(false);
});

it('a password without the second factor set up meanwhile lets nobody in', async () => {
  const secondFactor = { sealed: '', setAt: new Date(), lastStep: 0, recovery: { salt: '', hashes: [] } };
  expect(await isIn(await changed('bruno', { secondFactor }))).toBe(false);
});

it('a password alone lets nobody in who has become a manager or an administrator', async () => {
  expect(await isIn(await changed('lea', { role: 'manager', partner: null }))).toBe(false);
  expect(await isIn(await changed('odile', { role: 'admin' }))).toBe(false);
});

it('another role that asks for no more lets in', async () => {
  expect(await isIn(await changed('chloe', { role: 'lead' }))).toBe(true);
});

it('a code of the telephone before leaves the new telephone’s secret as it is', async () => {
  const { accounts } = siege.desk.parts;
  const factor = (sealed: string, setAt: Date) => ({ sealed, setAt, lastStep: 1, recovery: { salt: '', hashes: [] } });
  const [before, after] = [factor('old', new Date(0)), factor('new', new Date(1))];
  const { id } = staffMember('paul');
  await accounts.model.updateOne({ _id: id }, { $set: { secondFactor: after } });
  expect(await accounts.useStep(id, before, { step: 2, sealed: 'old' })).toBe(false);
  expect((await accounts.securityOf(id))?.secondFactor?.sealed).toBe('new');
  expect(await accounts.useStep(id, after, { step: 2, sealed: 'new' })).toBe(true);
});
