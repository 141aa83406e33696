import { inviteAccount } from '../../src/services/accounts/openAccount.js';
import { lastLink, sendAll } from '../support/lastLink.js';
import { addStaff, PASSWORD } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const NIGHT = new Date('2026-11-22T23:30:00+01:00');
const ANOTHER = 'quatre mots sans aucun lien';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true });
  await addStaff(desk);
});
afterEach(() => desk.stop());

const later = (milliseconds: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + milliseconds);
};
const tokenFor = (address: string): string => lastLink(desk, address).split('/').at(-1) ?? '';
const asks = async (which: 'sign-in' | 'reset', address: string): Promise<string> => {
  await desk.services.askAccountLink(which, address);
  await sendAll(desk);
  return tokenFor(address.toLowerCase());
};
const close = (id: string) => desk.parts.accounts.model.updateOne({ _id: id }, { $set: { active: false } });
const signsIn = async (email: string, password: string) =>
  (await desk.services.signIn({ email, password }, { address: '192.0.2.1', browser: 'a' }))?.account ?? null;

describe('a link to sign in', () => {
  it('leaves at once, at night too, and lets in whose it is', async () => {
    desk.clock.now = NIGHT;
    const token = await asks('sign-in', 'Anne@example.org');
    expect(await desk.services.readAccountLink('sign-in', token)).toEqual({ state: 'open', name: 'Anne D.' });
    expect(await desk.services.signInByLink(token)).toMatchObject({ id: 'anne', role: 'advisor' });
  });

  it('serves once, however many try at the same time', async () => {
    const token = await asks('sign-in', 'anne@example.org');
    const all = await Promise.all([1, 2, 3, 4].map(() => desk.services.signInByLink(token)));
    expect(all.filter((one) => one !== null)).toHaveLength(1);
    expect(await desk.services.readAccountLink('sign-in', token)).toEqual({ state: 'used' });
  });

  it('is only looked at when it is opened', async () => {
    const token = await asks('sign-in', 'anne@example.org');
    for (let i = 0; i < 3; i += 1) await desk.services.readAccountLink('sign-in', token);
    expect(await desk.services.signInByLink(token)).toMatchObject({ id: 'anne' });
  });

  it('serves for fifteen minutes', async () => {
    const token = await asks('sign-in', 'anne@example.org');
    later(15 * MINUTE - 1);
    expect((await desk.services.readAccountLink('sign-in', token)).state).toBe('open');
    later(1);
    expect(await desk.services.readAccountLink('sign-in', token)).toEqual({ state: 'expired' });
    expect(await desk.services.signInByLink(token)).toBeNull();
  });

  it('does nothing else than let in: it sets no password, and one of another kind signs nobody in', async () => {
    const token = await asks('sign-in', 'anne@example.org');
    expect(await desk.services.choosePassword('reset', token, ANOTHER)).toBeNull();
    const reset = await asks('reset', 'anne@example.org');
    expect(await desk.services.signInByLink(reset)).toBeNull();
    expect(await signsIn('anne@example.org', PASSWORD)).toMatchObject({ id: 'anne' });
  });

  it('opens nothing once the account is closed', async () => {
    const token = await asks('sign-in', 'anne@example.org');
    await close('anne');
    expect(await desk.services.readAccountLink('sign-in', token)).toEqual({ state: 'unknown' });
    expect(await desk.services.signInByLink(token)).toBeNull();
  });

  it('is owed to nobody for an address without an account, or one that is closed', async () => {
    await close('bruno');
    for (const address of ['nobody@example.org', 'bruno@example.org'])
      await desk.services.askAccountLink('sign-in', address);
    expect(await desk.parts.deliveries.due(desk.clock.now)).toEqual([]);
  });

  it('takes as long to ask for while the queue hangs, account or not', async () => {
    const hanging = desk.with({ enqueue: () => new Promise<never>(() => {}) });
    await hanging.askAccountLink('sign-in', 'anne@example.org');
    await sendAll(desk);
    expect(tokenFor('anne@example.org')).not.toBe('');
  });

  it('proves that the address receives again', async () => {
    await desk.parts.accounts.markMailRefused('anne', { at: MONDAY, because: '550 no such user' });
    const { links } = desk.parts;
    await desk.services.signInByLink(await links.create({ purpose: 'sign-in', account: 'anne' }, MONDAY));
    expect((await desk.parts.accounts.emailStateOf(['anne'])).get('anne')?.mailRefused).toBeNull();
  });
});

describe('a link to change a lost password', () => {
  it('sets the new one, and the old one no longer serves', async () => {
    const token = await asks('reset', 'lea@example.org');
    expect(await desk.services.choosePassword('reset', token, ANOTHER)).toMatchObject({ id: 'lea' });
    expect(await signsIn('lea@example.org', PASSWORD)).toBeNull();
    expect(await signsIn('lea@example.org', ANOTHER)).toMatchObject({ id: 'lea' });
  });

  it('keeps the first of two passwords chosen at the same time', async () => {
    const token = await asks('reset', 'lea@example.org');
    const chosen = ['premier choix de mots', 'second choix de mots'];
    const set = await Promise.all(chosen.map((password) => desk.services.choosePassword('reset', token, password)));
    expect(set.filter((one) => one !== null)).toHaveLength(1);
    const winner = chosen[set.findIndex((one) => one !== null)] ?? '';
    expect(await signsIn('lea@example.org', winner)).toMatchObject({ id: 'lea' });
  });

  it('ends the other links of the account, and those of nobody else', async () => {
    const other = await asks('sign-in', 'lea@example.org');
    const annes = await asks('sign-in', 'anne@example.org');
    await desk.services.choosePassword('reset', await asks('reset', 'lea@example.org'), ANOTHER);
    expect(await desk.services.readAccountLink('sign-in', other)).toEqual({ state: 'used' });
    expect((await desk.services.readAccountLink('sign-in', annes)).state).toBe('open');
  });

  it('does not serve to whoever guesses', async () => {
    expect(await desk.services.readAccountLink('reset', 'A'.repeat(43))).toEqual({ state: 'unknown' });
    expect(await desk.services.choosePassword('reset', 'A'.repeat(43), ANOTHER)).toBeNull();
  });
});

describe('an invitation', () => {
  const invite = async () => {
    const wanted = { email: 'Noa@example.org', name: 'Noa T.', role: 'admin', partner: null };
    const { account: invited } = await inviteAccount(desk.parts)(wanted, 'desk');
    await sendAll(desk);
    return invited;
  };

  it('lets its person choose the first password, for seven days', async () => {
    await invite();
    const token = tokenFor('noa@example.org');
    later(7 * DAY - 1);
    expect(await desk.services.readAccountLink('invitation', token)).toEqual({ state: 'open', name: 'Noa T.' });
    expect(await desk.services.choosePassword('invitation', token, ANOTHER)).toMatchObject({ role: 'admin' });
    expect(await signsIn('noa@example.org', ANOTHER)).toMatchObject({ name: 'Noa T.' });
    expect(await desk.services.choosePassword('invitation', token, PASSWORD)).toBeNull();
  });

  it('expires after that; a link for a lost password serves instead', async () => {
    await invite();
    const token = tokenFor('noa@example.org');
    later(7 * DAY);
    expect(await desk.services.choosePassword('invitation', token, ANOTHER)).toBeNull();
    const reset = await asks('reset', 'noa@example.org');
    expect(await desk.services.choosePassword('reset', reset, ANOTHER)).toMatchObject({ name: 'Noa T.' });
  });
});
