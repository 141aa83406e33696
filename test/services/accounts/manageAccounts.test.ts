import type { Account } from '../../../src/domain/referrals/access.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, hire, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:00:00+01:00');
const admin = staffMember('admin');
let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
});
afterEach(() => desk.stop());

const owedTo = async (id: string): Promise<string[]> => {
  const all = await desk.parts.deliveries.model.find({ 'about.id': id }).lean();
  return all.map(({ email }) => email as string);
};
const storyOf = async (project: string): Promise<string[]> =>
  (await desk.parts.events.ofProject(project)).map(({ type, reason, to }) =>
    [type, reason, to].filter(Boolean).join(' '),
  );
const acts = async (): Promise<string[]> =>
  (await desk.parts.auditLines.model.find({}).sort({ _id: 1 }).lean()).map(({ act }) => act as string);

/** A project that Anne has taken, and one that she was given; Bruno is away, so that he got neither. */
const givenToAnne = async () => {
  const { arrives, services } = arrivals(desk);
  const away = { account: 'bruno', from: '2026-11-23', to: '2026-11-23', deputy: null };
  await services.addAbsence(staffMember('bruno'), away);
  const [taken, waiting] = [await arrives(), await arrives()];
  const seen = await desk.parts.referrals.byId(taken.id);
  await services.takeReferral({ id: taken.id, version: seen?.version ?? 0, by: staffMember('anne') });
  const [absence] = (await desk.parts.absences.ofAccount('bruno')).absences;
  await services.removeAbsence(staffMember('bruno'), { account: 'bruno', id: absence?.id ?? '' });
  return { taken, waiting, services };
};

describe('closing an account', () => {
  it('hands what was given and in hand to others of the partner, once, and keeps the promise', async () => {
    const { taken, waiting, services } = await givenToAnne();
    const before = await desk.parts.referrals.byId(taken.id);
    expect(await services.closeAccount(admin, 'anne')).toBe(2);
    expect(await desk.parts.referrals.byId(taken.id)).toMatchObject({
      state: 'waiting',
      basket: 'a-prendre',
      takenBy: null,
      assignee: 'bruno',
      callBy: before?.callBy,
    });
    expect(await desk.parts.referrals.byId(waiting.id)).toMatchObject({ state: 'waiting', assignee: 'bruno' });
    expect((await storyOf(taken.project)).slice(-2)).toEqual(['released departure', 'transferred departure bruno']);
    const told = await desk.parts.deliveries.ofProject(taken.project);
    expect(told.filter(({ email }) => email === 'advisor-transferred')).toHaveLength(1);
    expect(await services.closeAccount(admin, 'anne')).toBe(0);
    expect(await storyOf(taken.project)).toHaveLength(5);
  });

  it('leaves them to whoever takes them, and tells the lead, when nobody is left', async () => {
    const { taken, services } = await givenToAnne();
    for (const id of ['bruno', 'lea', 'anne']) await services.closeAccount(admin, id);
    expect(await desk.parts.referrals.byId(taken.id)).toMatchObject({ state: 'waiting', assignee: null });
    const told = await desk.parts.deliveries.ofProject(taken.project);
    expect(told.map(({ email }) => email)).toContain('lead-nobody-available');
  });

  it('ends links and sessions, forgets the deputy, tells its person and the audit log, and changes no figure', async () => {
    const { services } = await givenToAnne();
    const absence = { account: 'bruno', from: '2026-12-01', to: '2026-12-02', deputy: 'anne' };
    await services.addAbsence(staffMember('bruno'), absence);
    const secret = await desk.parts.links.create({ purpose: 'sign-in', account: 'anne' }, MONDAY);
    await desk.parts.sessions.keep('hers', { account: 'anne', listId: 'a' }, MONDAY);
    const events = await desk.parts.events.model.countDocuments({});
    await services.closeAccount(admin, 'anne');
    expect(await services.accountById('anne')).toBeNull();
    expect(await services.signInByLink(secret)).toBeNull();
    expect(await desk.parts.sessions.read('hers', MONDAY)).toBeNull();
    expect((await desk.parts.absences.ofAccount('bruno')).absences[0]?.deputy).toBeNull();
    expect(await owedTo('anne')).toEqual(['account-closed']);
    expect(await acts()).toContain('account-closed');
    expect(await desk.parts.events.model.countDocuments({})).toBe(events + 3);
  });

  it('is completed by the sweep when it was cut short', async () => {
    const { taken, services } = await givenToAnne();
    await desk.parts.accounts.close('anne', staffMember('anne'), MONDAY);
    expect((await desk.parts.referrals.byId(taken.id))?.takenBy).toBe('anne');
    await services.sweep();
    expect(await desk.parts.referrals.byId(taken.id)).toMatchObject({ takenBy: null, assignee: 'bruno' });
    expect(await desk.parts.accounts.leaving()).toEqual([]);
  });

  it('is refused for the own account, for the last administrator, and to everybody else', async () => {
    const { services } = desk;
    await expect(services.closeAccount(admin, 'admin')).rejects.toThrow('votre propre compte');
    const noa: Account = await hire(desk, 'noa', 'admin', null);
    await services.closeAccount(noa, 'admin');
    await expect(services.closeAccount({ ...admin }, 'noa')).rejects.toThrow('dernier compte d’administration');
    for (const id of ['anne', 'lea', 'marie', 'odile'] as const)
      await expect(services.closeAccount(staffMember(id), 'bruno')).rejects.toThrow('Votre compte');
    await expect(services.closeAccount(noa, 'nobody')).rejects.toThrow('Vérifiez l’adresse');
  });

  it('keeps an administrator when two close each other at the same moment', async () => {
    const noa = await hire(desk, 'noa', 'admin', null);
    await Promise.allSettled([desk.services.closeAccount(admin, 'noa'), desk.services.closeAccount(noa, 'admin')]);
    expect(await desk.parts.accounts.countOf('admin')).toBeGreaterThan(0);
  });
});

describe('opening a closed account again', () => {
  it('sends a link, without the password nor the second factor of before', async () => {
    await desk.services.closeAccount(admin, 'anne');
    const before = (await desk.parts.accounts.model.findById('anne').lean())?.passwordHash;
    await desk.services.reopenAccount(admin, 'anne');
    const after = await desk.parts.accounts.model.findById('anne').lean();
    expect(after).toMatchObject({ active: true, closedAt: null, secondFactor: null });
    expect(after?.passwordHash).not.toBe(before);
    expect(await owedTo('anne')).toEqual(['account-closed', 'account-invitation']);
    await expect(desk.services.reopenAccount(admin, 'anne')).rejects.toThrow('déjà ouvert');
  });
});

describe('changing an account', () => {
  const seen = { role: 'advisor', partner: 'ti-tiltam' } as const;

  it('of another partner hands over at the first and signs out', async () => {
    const { taken, services } = await givenToAnne();
    await desk.parts.sessions.keep('hers', { account: 'anne', listId: 'a' }, MONDAY);
    const wanted = { name: 'Anne D.', role: 'advisor', partner: 'cci-allier' };
    await services.changeAccount(admin, 'anne', { seen, wanted });
    expect(await services.accountById('anne')).toMatchObject({ partner: 'cci-allier' });
    expect(await desk.parts.referrals.byId(taken.id)).toMatchObject({ takenBy: null, assignee: 'bruno' });
    expect(await desk.parts.sessions.read('hers', MONDAY)).toBeNull();
    await expect(services.changeAccount(admin, 'anne', { seen, wanted: { ...wanted, role: 'lead' } })).rejects.toThrow(
      'Quelqu’un vient de modifier',
    );
  });

  it('of the name alone leaves its person signed in', async () => {
    await desk.parts.sessions.keep('hers', { account: 'anne', listId: 'a' }, MONDAY);
    await desk.services.changeAccount(admin, 'anne', { seen, wanted: { ...seen, name: 'Anne Dupré' } });
    expect(await desk.services.accountById('anne')).toMatchObject({ name: 'Anne Dupré' });
    expect(await desk.parts.sessions.read('hers', MONDAY)).not.toBeNull();
  });

  it('refuses what does not go together, the own role, and other people', async () => {
    const change = (by: Account, id: string, wanted: { role: string; partner: string | null }) =>
      desk.services.changeAccount(by, id, { seen, wanted: { name: 'X', ...wanted } });
    await expect(change(admin, 'anne', { role: 'manager', partner: 'ti-tiltam' })).rejects.toThrow('pas de partenaire');
    await expect(change(admin, 'anne', { role: 'advisor', partner: null })).rejects.toThrow('besoin d’un partenaire');
    await expect(change(admin, 'admin', { role: 'manager', partner: null })).rejects.toThrow('Une autre personne');
    await expect(change(staffMember('lea'), 'anne', { role: 'lead', partner: 'ti-tiltam' })).rejects.toThrow(
      'Votre compte',
    );
  });
});

describe('inviting', () => {
  it('opens an account that is awaited, and again sends another link while it is', async () => {
    const wanted = { email: 'Iris@example.org', name: 'Iris B.', role: 'advisor', partner: 'cci-allier' };
    const { id } = await desk.services.invite(admin, wanted);
    expect(await desk.parts.accounts.managed(id)).toMatchObject({ isAwaited: true, email: 'iris@example.org' });
    const first = await desk.parts.links.create({ purpose: 'invitation', account: id }, MONDAY);
    await desk.services.inviteAgain(admin, id);
    expect((await desk.services.readAccountLink('invitation', first)).state).toBe('used');
    expect(await owedTo(id)).toEqual(['account-invitation', 'account-invitation']);
    await expect(desk.services.invite(admin, wanted)).rejects.toThrow('a déjà un compte');
    await expect(desk.services.inviteAgain(admin, 'anne')).rejects.toThrow('déjà choisi');
    await expect(desk.services.invite(staffMember('marie'), wanted)).rejects.toThrow('Votre compte');
  });
});

describe('a lost second factor', () => {
  it('is taken away by an administrator, once, and its person is told', async () => {
    const factor = { sealed: 'x', setAt: MONDAY, lastStep: 0, recovery: { salt: 's', hashes: [] } };
    await desk.parts.accounts.model.updateOne({ _id: 'marie' }, { $set: { secondFactor: factor } });
    await desk.parts.sessions.keep('hers', { account: 'marie', listId: 'a' }, MONDAY);
    expect(await desk.services.resetSecondFactor(admin, 'marie')).toBe(true);
    expect(await desk.services.resetSecondFactor(admin, 'marie')).toBe(false);
    expect(await desk.parts.accounts.managed('marie')).toMatchObject({ hasSecondFactor: false });
    expect(await desk.parts.sessions.read('hers', MONDAY)).toBeNull();
    expect(await owedTo('marie')).toEqual(['account-protection-changed']);
    await expect(desk.services.resetSecondFactor(admin, 'admin')).rejects.toThrow('votre propre compte');
  });
});
