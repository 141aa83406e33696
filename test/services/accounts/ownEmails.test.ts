import { DEFAULT_PREFERENCES, UNSUBSCRIBED } from '../../../src/domain/emails/preferences.js';
import { Forbidden } from '../../../src/errors.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const YEAR = 365 * 24 * 3600 * 1000;

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
});
afterEach(() => desk.stop());

const stateOf = async (id: string) => (await desk.parts.accounts.emailStateOf([id])).get(id);

describe('what an account receives', () => {
  it('is everything at once until it chooses', async () => {
    expect(await stateOf('anne')).toEqual({ preferences: DEFAULT_PREFERENCES, mailRefused: null });
    expect(await stateOf('nobody')).toBeUndefined();
  });

  it('is what it chose, for itself alone', async () => {
    await desk.services.chooseOwnEmails(staffMember('anne'), { news: 'weekly', digest: true });
    expect((await stateOf('anne'))?.preferences).toEqual({ news: 'weekly', digest: true });
    expect((await stateOf('bruno'))?.preferences).toEqual(DEFAULT_PREFERENCES);
  });

  it.each(['daily', 'weekly'] as const)('holds the message that sums up when news wait for it: %s', async (news) => {
    await desk.services.chooseOwnEmails(staffMember('anne'), { news, digest: false });
    expect((await stateOf('anne'))?.preferences).toEqual({ news, digest: true });
  });

  it('is not for administrators to choose, who receive none of it', async () => {
    await expect(desk.services.chooseOwnEmails(staffMember('admin'), UNSUBSCRIBED)).rejects.toThrow(Forbidden);
  });
});

describe('an address of staff that refuses e-mails', () => {
  const refusal = { at: MONDAY, because: '550 5.1.1 no such user' };

  it('is marked once, with the first reason', async () => {
    expect(await desk.parts.accounts.markMailRefused('anne', refusal)).toBe(true);
    expect(await desk.parts.accounts.markMailRefused('anne', { ...refusal, because: 'later' })).toBe(false);
    expect((await stateOf('anne'))?.mailRefused).toEqual(refusal);
  });

  it('is good again when its person says so, and may be marked again', async () => {
    await desk.parts.accounts.markMailRefused('anne', refusal);
    await desk.services.sayAddressWorks(staffMember('anne'));
    expect((await stateOf('anne'))?.mailRefused).toBeNull();
    expect(await desk.parts.accounts.markMailRefused('anne', refusal)).toBe(true);
  });
});

describe('unsubscribing', () => {
  const accountLink = () => desk.parts.links.create({ purpose: 'unsubscribe', account: 'anne' }, desk.clock.now);
  const submit = async () =>
    (await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() })).project;

  it('ends the messages that sum up; news come one by one, so that none is lost', async () => {
    await desk.services.chooseOwnEmails(staffMember('anne'), { news: 'daily', digest: true });
    const token = await accountLink();
    const before = await desk.services.readUnsubscribe(token);
    expect(before).toEqual({ about: 'account', state: 'open', hasNews: true });
    for (let i = 0; i < 2; i += 1)
      expect(await desk.services.unsubscribe(token)).toEqual({ about: 'account', state: 'done', hasNews: true });
    expect((await stateOf('anne'))?.preferences).toEqual(UNSUBSCRIBED);
  });

  it('may be taken back, and then done again by the same link', async () => {
    const token = await accountLink();
    await desk.services.unsubscribe(token);
    await desk.services.chooseOwnEmails(staffMember('anne'), DEFAULT_PREFERENCES);
    expect((await desk.services.readUnsubscribe(token)).state).toBe('open');
    await desk.services.unsubscribe(token);
    expect((await stateOf('anne'))?.preferences.digest).toBe(false);
  });

  it('ends the questions about a project, and keeps when it was said first', async () => {
    const { id } = await submit();
    const token = await desk.parts.links.create({ purpose: 'no-questions', project: id }, MONDAY);
    expect(await desk.services.readUnsubscribe(token)).toEqual({ about: 'project', state: 'open', language: 'fr' });
    await desk.services.unsubscribe(token);
    desk.clock.now = new Date(MONDAY.getTime() + 60_000);
    expect((await desk.services.unsubscribe(token)).state).toBe('done');
    expect((await desk.parts.projects.byId(id))?.questionsRefusedAt).toEqual(MONDAY);
  });

  it('serves as long after another follow-up link was asked for', async () => {
    const { id } = await submit();
    const token = await desk.parts.links.create({ purpose: 'no-questions', project: id }, MONDAY);
    const follow = await desk.parts.links.create({ purpose: 'follow-up', project: id }, MONDAY);
    await desk.parts.links.revokeOthers(id, 'another secret', MONDAY);
    expect((await desk.parts.links.open('follow-up', follow, MONDAY))?.state).toBe('revoked');
    expect((await desk.services.readUnsubscribe(token)).state).toBe('open');
  });

  it('has nothing left to end once the data are erased', async () => {
    const { id } = await submit();
    const token = await desk.parts.links.create({ purpose: 'no-questions', project: id }, MONDAY);
    await desk.parts.links.revoke(id, MONDAY);
    expect((await desk.services.unsubscribe(token)).state).toBe('done');
  });

  it('expires after a year, and knows nothing of what never was', async () => {
    const token = await accountLink();
    desk.clock.now = new Date(MONDAY.getTime() + YEAR);
    expect((await desk.services.unsubscribe(token)).state).toBe('expired');
    expect((await stateOf('anne'))?.preferences.digest).toBe(true);
    expect(await desk.services.unsubscribe('B'.repeat(43))).toEqual({ about: null, state: 'unknown' });
  });
});
