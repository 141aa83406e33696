import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let services: Desk['services'];
let door: Door;
let anne: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  services = desk.with({ enqueue: async () => true });
  await addStaff(desk);
  door = await openDoor(desk);
  anne = await door.signedIn('anne');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

let visitors = 0;
/** A new project at TILTAM; gives it and its referral. */
const arrives = async (title: string, facts = {}, changes = {}) => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await services.saveDraft(visitor, {});
  const submission = aSubmission({ ...changes, facts: { title, summary: 'Rien de plus.', ...facts } });
  const { project, token } = await services.submitProject({ visitor, submission });
  const [referral] = await desk.parts.referrals.ofProject(project.id);
  if (!referral) throw new Error(`${title} has no partner`);
  return { project, referral, token };
};
const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const titlesOf = (page: Page): string[] => page.html.querySelectorAll('.queue tbody th a').map((link) => link.text);
const setOn = (page: Page): string[] => page.html.querySelectorAll('.queue-set li').map((one) => squeeze(one.text));
const find = async (typed: string): Promise<string[]> =>
  titlesOf(await anne.open(`/dossiers?q=${encodeURIComponent(typed)}`));

describe('the filters', () => {
  it('stay in the address, are said in words, and go one by one', async () => {
    await arrives('Une idée de polissage', { stage: 'idea' });
    await arrives('Un atelier à céder', { stage: 'transfer' });
    const page = await anne.open('/dossiers?avancement=idee&besoin=industry-of-the-future');
    expect(titlesOf(page)).toEqual(['Une idée de polissage']);
    expect(setOn(page)).toEqual([
      'Besoin : Industrie du futur : retirer ce filtre',
      'Avancement : Une idée : retirer ce filtre',
      'Tout retirer',
    ]);
    const without = page.html.querySelectorAll('.queue-set a')[1]?.getAttribute('href') ?? '';
    expect(without).toBe('/dossiers?besoin=industry-of-the-future');
    expect(titlesOf(await anne.open(without))).toContain('Un atelier à céder');
    const tab = page.html.querySelectorAll('.tabs a')[1]?.getAttribute('href');
    expect(tab).toBe('/dossiers?panier=en-cours&besoin=industry-of-the-future&avancement=idee');
    const chosen = page.html.querySelectorAll('.queue-filters option[selected]').map((option) => option.text);
    expect(chosen).toEqual(['Industrie du futur', 'Une idée']);
  });

  it('leave nothing empty in the address, and do not mind what they do not understand', async () => {
    const page = await anne.open('/dossiers?besoin=&avancement=idee&du=&au=&lien=');
    expect(page.url).toBe(`${door.base}/dossiers?avancement=idee`);
    const odd = await anne.open('/dossiers?besoin=magie&panier=nul&du=2026-13-45&apres=zzz&epci[]=1&personne=%00');
    expect(odd.status).toBe(200);
    expect(setOn(odd)).toEqual([]);
    expect(titlesOf(odd).length).toBeGreaterThan(0);
  });

  it('know who has it, the period, the link and what is late', async () => {
    const { referral } = await arrives('Pris par Anne');
    await services.takeReferral({ id: referral.id, version: 1, by: staffMember('anne') });
    expect(titlesOf(await anne.open('/dossiers?panier=en-cours&personne=moi'))).toEqual(['Pris par Anne']);
    expect(titlesOf(await anne.open('/dossiers?panier=en-cours&personne=bruno'))).toEqual([]);
    expect(setOn(await anne.open('/dossiers?personne=bruno'))).toEqual(['Qui l’a : Bruno P. : retirer ce filtre']);
    const period = await anne.open('/dossiers?panier=en-cours&du=2026-11-23&au=2026-11-23');
    expect(titlesOf(period)).toEqual(['Pris par Anne']);
    expect(titlesOf(await anne.open('/dossiers?panier=en-cours&du=2026-11-24'))).toEqual([]);
    expect((await anne.open('/dossiers?lien=accueil')).text).toContain('Lien d’entrée : Page d’accueil');
    expect((await anne.open('/dossiers?retard=1')).text).toContain('Aucun projet avec ces filtres');
    desk.clock.now = new Date('2026-12-01T09:30:00+01:00');
    expect(titlesOf(await anne.open('/dossiers?retard=1')).length).toBeGreaterThan(0);
  });
});

describe('the saved views', () => {
  it('are saved by name, replaced under the same name, and deleted', async () => {
    const page = await anne.open('/dossiers?avancement=idee');
    const saved = await anne.send(page, { name: 'Mes idées' }, '/dossiers/vues');
    expect(saved.url).toBe(`${door.base}/dossiers?avancement=idee`);
    expect(saved.html.querySelector('.queue-views a[aria-current]')?.text).toBe('Mes idées');
    await anne.send(await anne.open('/dossiers?besoin=skills'), { name: 'Mes idées' }, '/dossiers/vues');
    const again = await anne.open('/dossiers');
    expect(again.html.querySelector('.queue-views a')?.getAttribute('href')).toBe('/dossiers?besoin=skills');
    const bruno = await door.signedIn('bruno');
    expect((await bruno.open('/dossiers')).html.querySelector('.queue-views')).toBeNull();

    const list = await anne.open('/dossiers/vues');
    const id = list.html.querySelector('button[name="supprimer"]')?.getAttribute('value') ?? '';
    await bruno.send(await bruno.open('/dossiers?besoin=skills'), { supprimer: id, name: 'x' }, '/dossiers/vues');
    expect((await anne.open('/dossiers/vues')).text).toContain('Mes idées');
    expect((await anne.send(list, { supprimer: id })).text).toContain('Aucune vue enregistrée');
  });

  it('are 20 at most, have a name, and lead nowhere but to the queue', async () => {
    const page = await anne.open('/dossiers?retard=1');
    expect((await anne.send(page, { name: ' ' }, '/dossiers/vues')).text).toContain('Donnez un nom à cette vue.');
    for (let count = 1; count <= 20; count += 1)
      await services.saveView(staffMember('anne'), { name: `Vue ${count}`, query: 'retard=1' });
    const refused = await anne.send(page, { name: 'Une de trop' }, '/dossiers/vues');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Vous avez déjà 20 vues.');
    await services.saveView(staffMember('anne'), { name: 'Vue 1', query: '//example.org?besoin=skills' });
    const views = await anne.open('/dossiers/vues');
    const links = views.html.querySelectorAll('.saved-views a').map((link) => link.getAttribute('href') ?? '');
    expect(links).toHaveLength(20);
    expect(links.every((link) => link.startsWith('/dossiers'))).toBe(true);
  });
});

describe('the search', () => {
  it('finds by reference, title, description, name, organisation and commune', async () => {
    const { project } = await arrives(
      'Un four à émail',
      { summary: 'Cuire à très basse température.' },
      {
        contact: { name: 'Zoé Lagrange', email: 'z@example.org', phone: null, when: [] },
        organisation: 'Émaux d’Auvergne',
      },
    );
    for (const typed of [
      project.reference,
      project.reference.replace('-', ' ').toLowerCase(),
      project.reference.replace('-', ''),
      'email four',
      'temperature',
      'LAGR',
      'zoé lagrange',
      'emaux auv',
      'emaux thiers',
    ])
      expect([typed, await find(typed)]).toEqual([typed, ['Un four à émail']]);
    expect(await find('four introuvable')).toEqual([]);
    expect((await anne.open('/dossiers?q=a')).text).toContain('Il faut au moins deux lettres.');
  });

  it('goes through all baskets and says which; another partner finds nothing', async () => {
    const { referral } = await arrives('Un tour numérique');
    await services.declineReferral(
      { id: referral.id, version: 1, by: staffMember('anne') },
      { reason: 'other', words: null },
    );
    const page = await anne.open('/dossiers?q=tour+num');
    expect(titlesOf(page)).toEqual(['Un tour numérique']);
    expect(page.html.querySelector('.queue tbody')?.text).toContain('Refusés ou réorientés');
    expect(page.html.querySelector('.tabs [aria-current]')).toBeNull();
    const chloe = await door.signedIn('chloe');
    expect(titlesOf(await chloe.open('/dossiers?q=tour+num'))).toEqual([]);
  });

  it('follows a corrected name, and forgets an erased one', async () => {
    const { token, project } = await arrives('Une presse', {}, { contact: contact('Odile Vernay') });
    expect(await find('vernay')).toEqual(['Une presse']);
    desk.clock.now = new Date(MONDAY.getTime() + 60_000);
    await services.correctContact(token, contact('Odile Chabrol'));
    expect(await find('vernay')).toEqual([]);
    expect(await find('chabrol')).toEqual(['Une presse']);
    await services.eraseProject(token);
    expect(await find('chabrol')).toEqual([]);
    expect(await find(project.reference)).toEqual([]);
    const [referral] = await desk.parts.referrals.ofProject(project.id);
    expect(referral?.about).toMatchObject({ title: '', words: [] });
  });
});

const contact = (name: string) => ({ name, email: 'o@example.org', phone: '06 39 98 11 22', when: [] });

describe('the way back', () => {
  it('leads from a sheet to the same page and filters', async () => {
    const { referral } = await arrives('Un retour');
    await anne.open('/dossiers?besoin=industry-of-the-future&personne=moi');
    const sheet = await anne.open(`/dossiers/${referral.id}`);
    expect(sheet.html.querySelector('.back-link')?.getAttribute('href')).toBe(
      '/dossiers?besoin=industry-of-the-future&personne=moi',
    );
  });
});

describe('freshness', () => {
  it('says when the list was read, and when it changed since', async () => {
    const page = await anne.open('/dossiers');
    const line = page.html.querySelector('[data-fresh-url]');
    expect(squeeze(line?.text)).toBe('Lu à 9 h 30.');
    const since = Number(line?.getAttribute('data-fresh-since'));
    const ask = async (url: string) =>
      JSON.parse((await anne.open(url)).html.text) as { changedAt: number; words: string };
    const url = line?.getAttribute('data-fresh-url') ?? '';
    expect((await ask(url)).changedAt).toBeLessThanOrEqual(since);

    desk.clock.now = new Date('2026-11-23T14:32:00+01:00');
    const { referral } = await arrives('Un nouveau');
    const { changedAt, words } = await ask(url);
    expect(changedAt).toBeGreaterThan(since);
    expect(squeeze(words)).toBe('Cette liste a changé à 14 h 32.');
    expect(squeeze((await ask(`${url}?dossier=${referral.id}`)).words)).toBe('Ce projet a changé à 14 h 32.');

    const chloe = await door.signedIn('chloe');
    const foreign = JSON.parse((await chloe.open(`${url}?dossier=${referral.id}`)).html.text);
    expect(foreign).toEqual({ changedAt: 0, words: '' });
  });

  it('counts what the holder writes as a change', async () => {
    const { referral, token } = await arrives('Un message');
    desk.clock.now = new Date('2026-11-23T16:00:00+01:00');
    await services.addMessage(token, 'Je suis en congé mardi.');
    const page = await anne.open('/dossiers?q=un+message');
    expect(page.html.querySelector('.queue tbody')?.text).toContain('message de la personne');
    expect(await services.readFreshness(staffMember('anne'), referral.id)).toEqual(desk.clock.now);
  });
});

it('a lead sees the same queue as the advisors', async () => {
  await arrives('Vu par tous');
  const lea = await door.signedIn('lea');
  const [own, theirs] = await Promise.all([anne.open('/dossiers'), lea.open('/dossiers')]);
  expect(titlesOf(theirs)).toContain('Vu par tous');
  expect(titlesOf(theirs)).toEqual(titlesOf(own));
});

it('the shortcuts have a page of their own', async () => {
  const page = await anne.open('/dossiers/raccourcis');
  expect(page.html.querySelectorAll('.shortcuts kbd').map((key) => key.text)).toContain('?');
  expect(page.text).toContain('Prendre le projet en charge');
});
