import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const DAY = 24 * 3_600_000;

let desk: Desk;
let services: Desk['services'];
let door: Door;
let marie: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
  door = await openDoor(desk);
  marie = await door.signedIn('marie');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

let visitors = 0;
const arrives = async (submission = aSubmission()) => {
  visitors += 1;
  await services.saveDraft(`visitor-${visitors}`, {});
  const { project } = await services.submitProject({ visitor: `visitor-${visitors}`, submission });
  return { project: project.id, referral: (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '' };
};
const undecided = (title: string) => {
  const submission = anUndecidedSubmission();
  return arrives({ ...submission, facts: { ...submission.facts, title } });
};
const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const decline = (referral: string) =>
  services.declineReferral(
    { id: referral, version: 1, by: staffMember('anne') },
    { reason: 'other-need', words: 'La CCI connaît ce commerce.' },
  );

describe('the list of triage', () => {
  it('comes by 25, oldest first, each once, with how many wait', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 27; count += 1) {
      desk.clock.now = new Date(MONDAY.getTime() + count * 60_000);
      ids.push((await undecided(`Indécis ${count}`)).project);
    }
    const first = await marie.open('/pilotage/a-orienter');
    expect(first.text).toContain('27 projets attendent.');
    const hrefs = (page: typeof first) =>
      page.html.querySelectorAll('.queue tbody a').map((link) => link.getAttribute('href') ?? '');
    const next = first.html.querySelector('.pagination a[rel="next"]')?.getAttribute('href') ?? '';
    const second = await marie.open(next);
    expect([...hrefs(first), ...hrefs(second)]).toEqual(ids.map((id) => `/pilotage/projets/${id}`));
    expect(second.html.querySelector('.pagination a[rel="next"]')).toBeNull();
    const start = second.html.querySelector('.pagination a')?.getAttribute('href') ?? '';
    expect(hrefs(await marie.open(start))).toHaveLength(25);
    expect((await marie.open('/pilotage/a-orienter?apres=nonsense')).status).toBe(200);
  });

  it('says in the menu how many wait, and to advisors how many are late; to holders nothing', async () => {
    const waiting = (await marie.open('/pilotage')).html.querySelector('.header-nav');
    expect(squeeze(waiting?.text)).toContain('À orienter 27');
    await arrives();
    desk.clock.now = new Date(MONDAY.getTime() + 4 * DAY);
    const anne = await door.signedIn('anne');
    expect(squeeze((await anne.open('/dossiers')).html.querySelector('.header-nav')?.text)).toContain(
      'Projets 1 en retard',
    );
    expect((await anne.open('/')).html.querySelector('.nav-count')).toBeNull();
  });
});

describe('a project in triage', () => {
  it('shows the candidates side by side, with what speaks for and against each, and how busy it is', async () => {
    const { project, referral } = await arrives(aSubmission({ facts: { title: 'Refusé une fois' } }));
    await decline(referral);
    const absence = { id: 'away', account: 'chloe', from: '2026-11-23', to: '2026-11-27', deputy: null };
    await desk.parts.absences.save({ id: 'chloe', partner: 'cci-puy-de-dome' }, 0, [absence]);
    await desk.parts.absences.save({ id: 'paul', partner: 'cci-puy-de-dome' }, 0, [{ ...absence, account: 'paul' }]);
    const page = await marie.open(`/pilotage/projets/${project}`);
    expect(page.text).toContain('Refusé par Territoire d’industrie');
    const cards = page.html.querySelectorAll('.candidate').map((card) => squeeze(card.text));
    expect(cards.length).toBeGreaterThan(2);
    const cci = cards.find((card) => card.startsWith('CCI Puy-de-Dôme'));
    expect(cci).toMatch(/\d+ points?\. .*Pour ce projet Commune : sur son territoire Besoin : /);
    expect(cci).toContain('Personne avant lundi 30 novembre');
    const tiltam = cards.at(-1) ?? '';
    expect(tiltam).toContain('A refusé ce projet.');
    expect(tiltam).toContain('Pourquoi oui');
    expect(tiltam).toMatch(/\d+ à prendre/);
    const done = await marie.send(page, { partner: 'cci-puy-de-dome', reason: 'after-decline' }, 'envoyer');
    expect(done.text).toContain('Projet envoyé.');
    expect(done.html.querySelector('.candidates')).toBeNull();
  });

  it('that expired at a partner says so, and is sent to another', async () => {
    const { project, referral } = await arrives(aSubmission({ facts: { title: 'Expiré' } }));
    desk.clock.now = new Date(MONDAY.getTime() + 46 * DAY);
    await services.sweep();
    expect((await desk.parts.referrals.byId(referral))?.state).toBe('expired');
    const page = await marie.open(`/pilotage/projets/${project}`);
    expect(page.text).toContain('personne ne l’a pris en 45 jours.');
    const done = await marie.send(page, { partner: 'cci-puy-de-dome', reason: 'from-text' }, 'envoyer');
    expect(done.text).toContain('Chez CCI Puy-de-Dôme');
  });
});

describe('ending a project without a partner', () => {
  it('asks for a reason and words, tells the story, leaves the list, and can be put right', async () => {
    const { project } = await undecided('Personne ne peut');
    const sheet = await marie.open(`/pilotage/projets/${project}`);
    const form = await marie.open(sheet.html.querySelector('a[href$="/clore"]')?.getAttribute('href') ?? '');
    const missing = await marie.send(form, {});
    expect(missing.status).toBe(422);
    expect(missing.html.querySelectorAll('.error-summary li')).toHaveLength(2);
    const done = await marie.send(missing, { reason: 'no-partner', words: 'Voyez la CCI de Lyon.' });
    expect(done.text).toContain('Projet clos sans partenaire.');
    expect(done.text).toContain('Clos sans partenaire par Marie R.');
    expect(done.text).toContain('« Voyez la CCI de Lyon. »');
    expect(done.html.querySelector('.sheet-facts .tag')?.text).toBe('Clôturé');
    expect((await desk.parts.events.ofProject(project)).at(-1)).toMatchObject({
      type: 'closed-in-triage',
      reason: 'no-partner',
      before: 'triage',
      after: 'closed',
    });
    const again = await marie.open(`/pilotage/projets/${project}/clore`);
    expect(again.status).toBe(409);
    const twice = await marie.send(form, { reason: 'no-partner', words: 'Deux clics.' });
    expect(twice.status).toBe(200);
    expect((await desk.parts.projects.byId(project))?.closing?.words).toBe('Voyez la CCI de Lyon.');

    const sent = await marie.send(done, { partner: 'cci-puy-de-dome', reason: 'after-call' }, 'envoyer');
    expect(sent.text).toContain('Chez CCI Puy-de-Dôme');
    expect(await desk.parts.projects.byId(project)).toMatchObject({ state: 'waiting', closing: null });
  });

  it('loses to a send of the same instant, whoever is written first', async () => {
    const { project } = await undecided('Deux à la fois');
    const by = staffMember('marie');
    const said = { reason: 'no-partner', words: 'Rien ici.' } as const;
    const choice = { partner: 'cci-puy-de-dome', reason: 'from-text' } as const;
    await Promise.allSettled([
      services.sendToPartner(by, project, choice),
      services.closeInTriage({ ...by, id: 'other' }, project, said),
    ]);
    await services.sweep();
    const latest = (await desk.parts.referrals.ofProject(project)).at(-1);
    expect(latest?.state).toBe('waiting');
    expect((await desk.parts.projects.byId(project))?.state).toBe('waiting');
    await expect(services.closeInTriage(by, project, said)).rejects.toMatchObject({ status: 409 });
  });

  it('is for managers, and forgotten with the rest when the holder has everything erased', async () => {
    const { project } = await undecided('À effacer');
    const said = { reason: 'elsewhere', words: 'Des mots personnels.' } as const;
    await expect(services.closeInTriage(staffMember('anne'), project, said)).rejects.toMatchObject({ status: 403 });
    await services.closeInTriage(staffMember('marie'), project, said);
    const stored = await desk.parts.projects.byId(project);
    const { erasedFields } = await import('../../../src/domain/referrals/erasure.js');
    expect(stored && erasedFields(stored, MONDAY)).toMatchObject({ 'closing.words': '' });
  });
});
