import { arrivals } from '../../support/arrivals.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2020-11-23T09:30:00+01:00');
const by = staffMember('anne');

let desk: Desk;
let door: Door;
let anne: Visitor;
let chloe: Visitor;
let marie: Visitor;
let at: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  anne = await door.signedIn('anne');
  chloe = await door.signedIn('chloe');
  marie = await door.signedIn('marie');
  at = arrivals(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

/** What the store says of how it reads. */
interface Explained {
  queryPlanner: unknown;
  executionStats: { totalDocsExamined: number };
}

const actsOn = (page: Page): string[] =>
  page.html.querySelectorAll('.sheet-next .act-list a').map((link) => link.text.trim());
const primaryOf = (page: Page): string[] =>
  page.html.querySelectorAll('.sheet-next .button:not(.button--second)').map((button) => button.text.trim());

describe('what to do next', () => {
  it('waiting: one button, the others beside it', async () => {
    const { id } = await at.arrives();
    const page = await anne.open(`/dossiers/${id}`);
    expect(page.html.querySelector('h2')?.text).toBe('À faire maintenant');
    expect(primaryOf(page)).toEqual(['Prendre en charge']);
    expect(actsOn(page)).toEqual([
      'Écrire à la personne',
      'Demander une précision',
      'Confier à une autre personne',
      'Associer un partenaire',
      'Réorienter',
      'Refuser',
    ]);
    const links = page.html.querySelectorAll('.contact-line a').map((link) => link.getAttribute('href') ?? '');
    expect(links.map((href) => href.split(':')[0])).toEqual(['tel', 'mailto']);
    expect(page.html.querySelector(`a[href="/dossiers/${id}/rendez-vous.ics"]`)?.text).toContain('appel');
  });

  it('taken: a call first, and the end once somebody has talked', async () => {
    const { id } = await at.arrives();
    await at.services.takeReferral({ id, version: 1, by });
    const page = await anne.open(`/dossiers/${id}`);
    expect(primaryOf(page)).toEqual(['Noter un appel']);
    expect(actsOn(page)).toContain('Remettre à prendre');
    await at.services.logCall({ id, version: 2, by }, { result: 'reached', words: 'Elle veut un local.' });
    const after = await anne.open(`/dossiers/${id}`);
    expect(primaryOf(after)).toEqual(['Clôturer']);
    expect(after.text).toContain('Elle veut un local.');
  });

  it('while the holder owes an answer: says since when, and that the clock stands still', async () => {
    const { id } = await at.arrives();
    await at.services.askHolder({ id, version: 1, by }, { question: 'Combien de machines ?' });
    const page = await anne.open(`/dossiers/${id}`);
    expect(page.text).toContain(
      'Vous attendez une réponse de la personne depuis lundi 23 novembre. Le délai est arrêté',
    );
    expect(page.text).not.toContain('Contact promis');
    expect(page.html.querySelector('.sheet-facts .tag')?.text).toBe('Attend la personne');
  });

  it('closed: nothing but the way back; another partner has it since: nothing at all', async () => {
    const { id } = await at.arrives();
    await at.services.takeReferral({ id, version: 1, by });
    await at.services.closeReferral({ id, version: 2, by }, { outcome: 'no_solution', words: null });
    const page = await anne.open(`/dossiers/${id}`);
    expect(page.html.querySelector('h2')?.text).toBe('Où en est ce projet');
    expect([...primaryOf(page), ...actsOn(page)]).toEqual(['Rouvrir']);

    const moved = await at.arrives();
    await at.services.rerouteReferral(
      { id: moved.id, version: 1, by },
      { to: 'cci-puy-de-dome', reason: 'other-need', words: 'Un commerce, pas un atelier.' },
    );
    const left = await anne.open(`/dossiers/${moved.id}`);
    expect([...primaryOf(left), ...actsOn(left)]).toEqual([]);
    expect(left.html.querySelector('.sheet-list')?.text).toContain('À prendre');
    const there = (await desk.parts.referrals.ofProject(moved.project)).at(-1)?.id ?? '';
    const next = await chloe.open(`/dossiers/${there}`);
    expect(next.text).toContain('« Un commerce, pas un atelier. »');
    expect(next.html.querySelector('.sheet-list')?.text).toContain('Réorienté');
  });

  it('a manager reads the sheet, and is offered no act', async () => {
    const { id } = await at.arrives();
    const page = await marie.open(`/dossiers/${id}`);
    expect(page.status).toBe(200);
    expect(page.html.querySelectorAll('main form')).toHaveLength(0);
    expect([...primaryOf(page), ...actsOn(page)]).toEqual([]);
  });
});

describe('other projects of the same person', () => {
  const IN_CLERMONT = { facts: { title: 'Une boutique', needs: ['business-transfer' as const], commune: '63113' } };

  it('are linked by address or by SIRET where the reader may open them; of the others nothing is said', async () => {
    const contact = { ...aSubmission().contact, email: 'meme@example.org' };
    const first = await at.arrives({ contact, facts: { title: 'Premier projet' } });
    const second = await at.arrives({ contact: { ...contact, email: ' MEME@example.org ' } });
    const elsewhere = await at.arrives({ contact, ...IN_CLERMONT });
    const held = await desk.parts.referrals.byId(elsewhere.id);
    expect(held?.partner).not.toBe('ti-tiltam');
    const page = await anne.open(`/dossiers/${second.id}`);
    const links = page.html.querySelectorAll('.sheet-list a').map((link) => link.getAttribute('href'));
    expect(links).toEqual([`/dossiers/${first.id}`]);
    expect(page.text).not.toContain('Une boutique');
    expect((await marie.open(`/dossiers/${second.id}`)).text).toContain('Une boutique');
  });

  it('are found by SIRET under another address; an erased one is not', async () => {
    const siret = '73282932000074';
    const contact = (email: string) => ({ ...aSubmission().contact, email });
    const first = await at.arrives({
      siret,
      contact: contact('une@example.org'),
      facts: { title: 'Projet à effacer' },
    });
    const second = await at.arrives({ siret, contact: contact('deux@example.org') });
    expect((await anne.open(`/dossiers/${second.id}`)).text).toContain('Projet à effacer');
    await at.services.eraseProject(first.token);
    expect((await anne.open(`/dossiers/${second.id}`)).text).not.toContain('Ses autres projets');
  });

  it('are read by an index, as many as are shown, like all that a sheet reads', async () => {
    const { id, project } = await at.arrives({ contact: { ...aSubmission().contact, email: 'seule@example.org' } });
    await at.services.addNote(by, id, { id: `note-${id}`, text: 'Une note.' });
    await at.services.saveNoteDraft(by, { referral: id, form: 'close', values: { words: 'x' } });
    const { projects, referrals, notes, noteDrafts } = desk.parts;
    const newest = { submittedAt: -1 } as const;
    const queries = [
      projects.model.find({ contactKey: 'nobody', erasedAt: null }).sort(newest).limit(20),
      projects.model.find({ siret: 'none', erasedAt: null }).sort(newest).limit(20),
      referrals.model.find({ project }).sort({ project: 1, role: 1, sequence: 1 }),
      referrals.model.find({ project: { $in: [project] }, partner: 'ti-tiltam' }),
      notes.model.find({ project, partner: 'ti-tiltam' }).sort({ at: 1, _id: 1 }),
      noteDrafts.model.find({ account: 'anne', referral: id }).sort({ form: 1 }),
    ];
    const read: number[] = [];
    for (const query of queries) {
      const plan = (await query.explain('executionStats')) as unknown as Explained;
      expect(JSON.stringify(plan.queryPlanner)).toContain('IXSCAN');
      expect(JSON.stringify(plan.queryPlanner)).not.toMatch(/"stage":"SORT"/);
      read.push(plan.executionStats.totalDocsExamined);
    }
    expect(read).toEqual([0, 0, 1, 1, 1, 1]);
  });
});

it('says when it was read, so that the page can tell that it changed', async () => {
  const { id } = await at.arrives();
  const fresh = (await anne.open(`/dossiers/${id}`)).html.querySelector('[data-fresh-url]');
  expect(fresh?.getAttribute('data-fresh-url')).toBe(`/dossiers/fraicheur?dossier=${id}`);
  expect(fresh?.getAttribute('data-fresh-since')).toBe(String(MONDAY.getTime()));
});

it('without an e-mail, the sheet says what to tell on the telephone, and ticks it off', async () => {
  const contact = { ...aSubmission().contact, email: '' };
  const { id, project } = await at.arrives({ contact });
  const owed = await desk.parts.deliveries.ofProject(project);
  for (const { id: delivery, email } of owed)
    if (email.startsWith('holder-'))
      await desk.parts.deliveries.markToCall(delivery, { at: MONDAY, partner: 'ti-tiltam' });
  const page = await anne.open(`/dossiers/${id}`);
  expect(page.html.querySelector('.contact-line a[href^="mailto:"]')).toBeNull();
  expect(page.text).toContain('À lui dire au téléphone');
  await anne.send(page, {}, '/a-appeler/');
  expect((await anne.open(`/dossiers/${id}`)).html.querySelectorAll('.sheet-to-call')).toHaveLength(
    page.html.querySelectorAll('.sheet-to-call').length - 1,
  );
});
