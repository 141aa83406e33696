import type { EmailId } from '../../src/domain/emails/catalogue.js';
import type { NewsPace } from '../../src/domain/emails/preferences.js';
import { basketOf } from '../../src/domain/referrals/lifecycle.js';
import type { Referral } from '../../src/domain/referrals/referral.js';
import { anUndecidedSubmission, aSubmission } from '../support/aSubmission.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { addStaff, type StaffName, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const at = (day: string, time = '08:30'): Date => new Date(`${day}T${time}:00+01:00`);
const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';
const WEDNESDAY = '2026-11-25';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ at: at(MONDAY), mailbox: true });
  await addStaff(desk);
});
afterEach(() => desk.stop());

const [template] = manyReferrals(1, 'ti-tiltam', 'ti-tiltam') as [Referral];
const keep = async (id: string, changes: Partial<Referral> = {}): Promise<void> => {
  const referral = { ...template, id, project: `project-${id}`, sentAt: at('2026-11-18'), ...changes };
  const about = { ...template.about, reference: `26-${id}`, title: `Atelier ${id}` };
  await desk.parts.referrals.insertAll([{ ...referral, about, basket: basketOf(referral) }]);
};
const taken = (by: string, actedAt: Date): Partial<Referral> => ({
  state: 'taken',
  assignee: by,
  takenBy: by,
  takenAt: actedAt,
  actedAt,
});
const wants = (id: StaffName, news: NewsPace, digest = true) =>
  desk.parts.accounts.setEmailPreferences(id, { news, digest });

const planned = (email: EmailId = 'advisor-digest') =>
  desk.parts.deliveries.model.find({ email }).sort({ key: 1 }).lean();
const readersOf = async (email?: EmailId) => (await planned(email)).map(({ about }) => about.id).sort();

/** The timetable at this instant, then every e-mail that is due. */
const pass = async (instant: Date): Promise<void> => {
  desk.clock.now = instant;
  await desk.services.timetable.runDue();
  const due = await desk.parts.deliveries.due(instant);
  for (const id of due) await desk.services.sendDelivery(id);
};
const lettersTo = (id: StaffName) =>
  (desk.mailbox?.messages() ?? []).filter(({ to }) => to[0]?.address === `${id}@example.org`);
const lastTo = (id: StaffName): string => lettersTo(id).at(-1)?.text.replaceAll('\u00a0', ' ') ?? '';

describe('who gets a digest', () => {
  it('is everybody of a partner and every manager on the first morning of a week, once', async () => {
    await desk.services.timetable.runDue();
    expect(await readersOf()).toEqual(['anne', 'bruno', 'chloe', 'lea', 'paul']);
    expect(await readersOf('manager-weekly')).toEqual(['marie']);
    expect((await planned())[0]).toMatchObject({ key: `advisor-digest:account:anne:account:${MONDAY}`, project: null });
    await desk.parts.runs.model.deleteMany({});
    await desk.services.timetable.runDue();
    expect(await planned()).toHaveLength(5);
  });

  it('is, on other mornings, who chose one message a day', async () => {
    await wants('anne', 'daily');
    await wants('bruno', 'weekly');
    desk.clock.now = at(TUESDAY);
    await desk.parts.runs.claim({ name: 'weekly-digests', slot: MONDAY }, at(MONDAY), at(MONDAY));
    await desk.parts.runs.finish({ name: 'weekly-digests', slot: MONDAY }, { at: at(MONDAY), done: 0 });
    await desk.services.timetable.runDue();
    expect(await readersOf()).toEqual(['anne']);
  });

  it('is nobody who has unsubscribed, nor whose address does not receive', async () => {
    await wants('anne', 'daily', false);
    await wants('marie', 'at-once', false);
    await desk.parts.accounts.markMailRefused('bruno', { at: at(MONDAY), because: '550' });
    await desk.services.timetable.runDue();
    expect(await readersOf()).toEqual(['chloe', 'lea', 'paul']);
    expect(await readersOf('manager-weekly')).toEqual([]);
  });

  it('is no longer who unsubscribes while it is owed', async () => {
    await keep('AAAAA');
    desk.clock.now = at(MONDAY);
    await desk.services.timetable.runDue();
    await wants('anne', 'at-once', false);
    await pass(at(MONDAY, '08:31'));
    expect(lettersTo('anne')).toHaveLength(0);
    expect(lettersTo('bruno')).toHaveLength(1);
  });

  it('is nobody for whom nothing waits', async () => {
    await keep('AAAAA', { assignee: 'anne' });
    await pass(at(MONDAY));
    expect(lettersTo('anne')).toHaveLength(1);
    expect(lettersTo('bruno')).toHaveLength(0);
    expect(lettersTo('chloe')).toHaveLength(0);
    const cancelled = (await planned()).find(({ about }) => about.id === 'bruno');
    expect(cancelled).toMatchObject({ owed: false, sentAt: null, cancelledBecause: 'while something waits' });
  });
});

describe('a digest', () => {
  it('leaves on Wednesday, once, when the worker was away since Friday', async () => {
    await wants('anne', 'daily');
    await pass(at('2026-11-20'));
    await keep('AAAAA');
    await pass(at(WEDNESDAY, '10:00'));
    await pass(at(WEDNESDAY, '10:01'));
    expect(lettersTo('anne')).toHaveLength(1);
    expect(lettersTo('bruno')).toHaveLength(1);
    await pass(at('2026-11-26'));
    expect(lettersTo('anne')).toHaveLength(2);
    expect(lettersTo('bruno')).toHaveLength(1);
  });

  it('leaves once a day, also when one of the days before left this morning', async () => {
    await wants('anne', 'daily');
    await keep('AAAAA');
    // Planned for Friday when the worker comes back on Sunday: it waits for Monday, half past seven.
    await pass(at('2026-11-22', '10:00'));
    expect(lettersTo('anne')).toHaveLength(0);
    await pass(at(MONDAY, '07:45'));
    expect(lettersTo('anne')).toHaveLength(1);
    await pass(at(MONDAY));
    expect(lettersTo('anne')).toHaveLength(1);
    await pass(at(TUESDAY));
    expect(lettersTo('anne')).toHaveLength(2);
  });

  it('is dropped for the next one when it could not leave in time', async () => {
    await wants('anne', 'daily');
    await keep('AAAAA');
    desk.clock.now = at(MONDAY);
    await desk.services.timetable.runDue();
    await pass(at(TUESDAY));
    expect(lettersTo('anne')).toHaveLength(1);
    const mine = (await planned()).filter(({ about }) => about.id === 'anne');
    expect(mine.map(({ occasion, sentAt }) => [occasion, sentAt])).toEqual([
      [MONDAY, null],
      [TUESDAY, at(TUESDAY)],
    ]);
  });

  it('is owed once by two workers that come to the slot together', async () => {
    await Promise.all([desk.services.timetable.runDue(), desk.with({}).timetable.runDue()]);
    expect(await planned()).toHaveLength(5);
  });
});

describe('the digest of an advisor', () => {
  it('lists what the reader or nobody has to take, the latest first, and nothing of colleagues', async () => {
    await keep('LATE1', { assignee: 'anne', callBy: at('2026-11-19', '18:00') });
    await keep('SOON1', { assignee: 'anne', callBy: at(TUESDAY, '18:00') });
    await keep('FREE1', { assignee: null, callBy: at('2026-11-20', '18:00') });
    await keep('BRUNO', { assignee: 'bruno', callBy: at('2026-11-19', '18:00') });
    await keep('CCI01', { partner: 'cci-puy-de-dome', callBy: at('2026-11-19', '18:00') });
    await pass(at(MONDAY, '10:00'));
    const text = lastTo('anne');
    const [late, free, soon] = ['LATE1', 'FREE1', 'SOON1'].map((id) => text.indexOf(`Atelier ${id} (26-${id})`));
    expect(late).toBeGreaterThan(text.indexOf('À prendre'));
    expect(free).toBeGreaterThan(late ?? 0);
    expect(soon).toBeGreaterThan(free ?? 0);
    expect(text).toContain('Atelier LATE1 (26-LATE1), en retard de 1 jour et 1 heure\n');
    expect(text).toContain('Atelier FREE1 (26-FREE1), en retard de 1 heure, confié à personne\n');
    expect(text).toContain('Atelier SOON1 (26-SOON1), à appeler avant mardi 24 novembre 18 h\n');
    expect(text).toContain('/dossiers/LATE1');
    expect(text).not.toMatch(/BRUNO|CCI01|En retard dans/);
  });

  it('names ten a section, and counts the others', async () => {
    for (let i = 10; i < 23; i += 1) await keep(`OWN${i}`, { assignee: 'anne', callBy: at(`2026-11-${i}`, '18:00') });
    for (let i = 10; i < 12; i += 1) await keep(`FREE${i}`, { assignee: null, callBy: at(`2026-12-${i}`, '18:00') });
    await pass(at(MONDAY));
    const text = lastTo('anne');
    expect(text.match(/Atelier OWN/g)).toHaveLength(10);
    expect(text).toContain('Atelier OWN19');
    expect(text).not.toContain('Atelier OWN20');
    expect(text).toContain('Et 5 autres.');
  });

  it('tells which answers are awaited, and which projects had no act for twenty business days', async () => {
    const asked = { at: at('2026-11-18'), until: at('2026-12-02'), note: 'n' };
    await keep('ASKED', { ...taken('anne', at('2026-11-18')), asked });
    await keep('QUIET', taken('anne', at('2026-10-22', '10:00')));
    // The twentieth business day before this Monday; 11 November is closed.
    await keep('FRESH', taken('anne', at('2026-10-23', '10:00')));
    await keep('OTHER', taken('bruno', at('2026-10-01')));
    await pass(at(MONDAY));
    const text = lastTo('anne');
    expect(text).toContain('Atelier ASKED (26-ASKED), question posée, sans réponse depuis 5 jours');
    expect(text).toContain('Atelier QUIET (26-QUIET), sans nouvelles depuis 32 jours');
    expect(text).not.toMatch(/FRESH|OTHER|À prendre/);
  });

  it('never tells who the holder is', async () => {
    await desk.services.submitProject({ visitor: 'v', submission: aSubmission() });
    await pass(at(TUESDAY));
    const [letter] = lettersTo('anne');
    expect(letter?.text).toContain('Passer un atelier de coutellerie');
    expect(`${letter?.text}${letter?.html}`).not.toMatch(/Camille|camille@|39 98/);
  });

  it('tells what is new, since the last one, to who leaves the news to it; latest first', async () => {
    await wants('anne', 'daily');
    desk.clock.now = at('2026-11-20', '10:00');
    const { project, secret } = await submitted();
    const [referral] = await desk.parts.referrals.ofProject(project);
    const seen = { id: referral?.id ?? '', version: referral?.version ?? 0, by: staffMember('anne') };
    await desk.services.takeReferral(seen);
    await pass(at(MONDAY));
    expect(lettersTo('anne')).toHaveLength(0);
    await write(secret, at(MONDAY, '15:00'));
    await pass(at(TUESDAY));
    expect(lastTo('anne')).toMatch(/Du nouveau :\n- Passer .*, un message de la personne, lundi 23 novembre à 15 h\n/);
    await pass(at(WEDNESDAY));
    expect(lettersTo('anne')).toHaveLength(1);
    await write(secret, at(WEDNESDAY, '09:00'));
    await pass(at('2026-11-26'));
    expect(lettersTo('anne')).toHaveLength(2);
    expect(lastTo('anne')).toContain('mercredi 25 novembre à 9 h');
    expect(lastTo('anne')).not.toContain('lundi');
    expect(lettersTo('bruno')).toHaveLength(0);
  });

  it('tells of being brought in, and of what another partner shares', async () => {
    await wants('chloe', 'daily');
    const { project } = await submitted();
    const own = async () => (await desk.parts.referrals.ofProject(project))[0] as Referral;
    const by = staffMember('anne');
    const act = async () => ({ id: (await own()).id, version: (await own()).version, by });
    await desk.services.takeReferral(await act());
    await desk.services.bringInPartner(await act(), { partner: 'cci-puy-de-dome' });
    await pass(at(TUESDAY));
    expect(lastTo('chloe')).toContain('votre organisme est associé, lundi 23 novembre à 8 h 30');
    desk.clock.now = at(TUESDAY, '15:00');
    await desk.services.shareMessage(by, (await own()).id, { id: desk.parts.newId(), text: 'Un mot.' });
    await pass(at(WEDNESDAY));
    expect(lettersTo('chloe')).toHaveLength(2);
    expect(lastTo('chloe')).toContain('un message d’un partenaire, mardi 24 novembre à 15 h');
    expect(lastTo('chloe')).not.toContain('associé,');
  });

  it('tells no news to who had each by a message of its own', async () => {
    const { secret } = await submitted();
    await keep('AAAAA', { assignee: 'anne' });
    await write(secret, at(MONDAY, '09:00'));
    await pass(at('2026-11-30'));
    expect(lastTo('anne')).toContain('À prendre');
    expect(lastTo('anne')).not.toContain('Du nouveau');
  });
});

const submitted = async (): Promise<{ project: string; secret: string }> => {
  const { project } = await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
  const link = { purpose: 'follow-up', project: project.id } as const;
  return { project: project.id, secret: await desk.parts.links.create(link, desk.clock.now) };
};
const write = async (secret: string, instant: Date): Promise<void> => {
  desk.clock.now = instant;
  await desk.services.addMessage(secret, 'Des nouvelles.');
};

describe('the digest of a lead', () => {
  it('tells everything late in the team and who has it, then what the lead may take in time', async () => {
    await keep('LATE1', { assignee: 'anne', callBy: at('2026-11-19', '18:00') });
    await keep('LATE2', { assignee: null, callBy: at('2026-11-20', '18:00') });
    await keep('LATE3', { assignee: 'lea', callBy: at('2026-11-20', '18:00') });
    await keep('SOON1', { assignee: null, callBy: at(TUESDAY, '18:00') });
    await keep('SOON2', { assignee: 'anne', callBy: at(TUESDAY, '18:00') });
    await pass(at(MONDAY, '10:00'));
    const text = lastTo('lea');
    expect(text).toContain('En retard dans l’équipe');
    expect(text).toContain('Atelier LATE1 (26-LATE1), en retard de 1 jour et 1 heure, confié à Anne D.');
    expect(text).toContain('Atelier LATE2 (26-LATE2), en retard de 1 heure, confié à personne');
    expect(text).toContain('Atelier LATE3 (26-LATE3), en retard de 1 heure, confié à vous');
    expect(text.match(/LATE2 \(/g)).toHaveLength(1);
    expect(text.indexOf('SOON1')).toBeGreaterThan(text.indexOf('À prendre'));
    expect(text).not.toContain('SOON2');
  });
});

describe('the week of a manager', () => {
  it('tells the figures of last week, the oldest in triage, and partners that are late', async () => {
    for (const day of ['2026-11-13', '2026-11-17', '2026-11-19']) {
      desk.clock.now = at(day, '11:00');
      await desk.services.submitProject({ visitor: day, submission: anUndecidedSubmission() });
    }
    await keep('LATE1', { callBy: at('2026-11-19', '18:00'), project: 'the-oldest', sentAt: at('2026-11-12') });
    await keep('LATE2', { callBy: at('2026-11-20', '18:00') });
    await keep('CCI01', { partner: 'cci-puy-de-dome', callBy: at('2026-11-20', '18:00') });
    await keep('GONE1', { state: 'expired', closedAt: at('2026-11-20'), callBy: at('2026-10-01') });
    await keep('GONE2', { state: 'expired', closedAt: at('2026-11-10'), callBy: at('2026-10-01') });
    const [owed] = await desk.parts.deliveries.model.find({ email: 'holder-receipt-triage' }).lean();
    const givenUp = { owed: false, gaveUpAt: at('2026-11-21'), failedBecause: '550' };
    await desk.parts.deliveries.model.updateOne({ key: owed?.key ?? '' }, { $set: givenUp });
    await pass(at(MONDAY, '10:00'));
    const text = lastTo('marie');
    expect(text).toContain('Projets reçus la semaine dernière : 2\n');
    expect(text).toContain('À orienter : 3\n');
    expect(text).toContain('En retard chez un partenaire : 3\n');
    expect(text).toContain('Sans prise en charge depuis plus de cinq jours ouvrés : 1\n');
    expect(text).toContain('Expirés la semaine dernière : 1\n');
    expect(text).toContain('Messages qui ne sont pas arrivés la semaine dernière : 1\n');
    expect(text).toContain('à orienter depuis 10 jours');
    expect(text).toContain('2 projets, dont un en retard de 1 jour et 1 heure\n');
    expect(text).toContain('/pilotage/projets/the-oldest');
    expect(text).toContain('un projet en retard de 1 heure');
  });

  it('missed, and caught up on a Sunday, tells on Monday of the week that has ended since', async () => {
    desk.clock.now = at('2026-11-17', '11:00');
    await desk.services.submitProject({ visitor: 'last week', submission: anUndecidedSubmission() });
    await pass(at('2026-11-22', '10:00'));
    expect(lettersTo('marie').filter(({ text }) => text.includes('La semaine'))).toHaveLength(0);
    await pass(at(MONDAY, '07:45'));
    expect(lastTo('marie')).toContain('Projets reçus la semaine dernière : 1\n');
    const sent = lettersTo('marie').length;
    await pass(at(MONDAY, '08:30'));
    expect(lettersTo('marie')).toHaveLength(sent);
  });

  it('is not sent when nothing waits', async () => {
    await pass(at(MONDAY));
    expect(lettersTo('marie')).toHaveLength(0);
  });
});
