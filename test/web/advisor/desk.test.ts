import { parse } from 'node-html-parser';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

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
/** A new project at TILTAM; gives its referral. */
const arrives = async (title = 'Un robot à l’émouture', changes = {}) => {
  visitors += 1;
  await services.saveDraft(`visitor-${visitors}`, {});
  const submission = aSubmission({ ...changes, facts: { title } });
  const { project } = await services.submitProject({ visitor: `visitor-${visitors}`, submission });
  return (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
};
const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

describe('the queue', () => {
  it('shows each project with its due date, need, commune, stage and who has it', async () => {
    const id = await arrives('Une ligne de polissage');
    const page = await anne.open('/dossiers');
    expect(page.html.querySelectorAll('.queue thead th').map((title) => title.text)).toEqual([
      'Choisir',
      'À contacter',
      'Projet',
      'Besoin',
      'Commune',
      'Avancement',
      'Qui l’a',
    ]);
    const row = page.html
      .querySelectorAll('.queue tbody tr')
      .find((one) => one.text.includes('Une ligne de polissage'));
    expect(row?.querySelector('a')?.getAttribute('href')).toBe(`/dossiers/${id}`);
    expect(squeeze(row?.querySelector('.due')?.text)).toBe('avant mercredi 25 novembre 18 h');
    const cells = row?.querySelectorAll('td[data-label]').map((cell) => squeeze(cell.text));
    expect(cells?.slice(0, 3)).toEqual(['Industrie du futur', 'Thiers (63)', 'Industrialisation']);
    expect(cells?.[3]).toMatch(/^pour (vous|Bruno P.)$/);
  });

  it('says what is late in words, and marks its row', async () => {
    desk.clock.now = new Date('2026-11-27T11:00:00+01:00');
    const page = await anne.open('/dossiers');
    const row = page.html.querySelector('.queue tbody tr.is-late');
    expect(squeeze(row?.querySelector('.due--late')?.text)).toBe('en retard de 1 jour et 2 heures');
    expect(page.text).toMatch(/en retard\./);
  });

  it('has its baskets as tabs with counts, each at its own address', async () => {
    const page = await anne.open('/dossiers?panier=refuses');
    const tabs = page.html.querySelectorAll('.tabs a').map((tab) => squeeze(tab.text).replace(/ \d+$/, ''));
    expect(tabs).toEqual([
      'À prendre',
      'En cours',
      'Attend la personne',
      'Associés',
      'Clôturés',
      'Refusés ou réorientés',
      'Expirés',
    ]);
    expect(squeeze(page.html.querySelector('.tabs [aria-current]')?.text)).toBe('Refusés ou réorientés 0');
    expect(page.text).toContain('Aucun projet refusé');
    expect(page.html.querySelector('.header-nav')?.text).toContain('Projets');
    expect(page.html.querySelector('.header-nav')?.text).not.toContain('Chiffres');
  });
});

describe('the pages of a basket', () => {
  it('come by 25, so that every project can be reached, and say the year of another one', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 27; count += 1) {
      desk.clock.now = new Date(MONDAY.getTime() + count * 60_000);
      const id = await arrives(`Refusé ${count}`);
      const reason = { reason: 'other-need', words: null } as const;
      await services.declineReferral({ id, version: 1, by: staffMember('anne') }, reason);
      ids.push(id);
    }
    desk.clock.now = new Date('2027-01-04T09:30:00+01:00');
    const first = await anne.open('/dossiers?panier=refuses');
    expect(first.html.querySelectorAll('.queue tbody tr')).toHaveLength(25);
    expect(first.html.querySelector('.queue tbody a')?.getAttribute('href')).toBe(`/dossiers/${ids.at(-1)}`);
    expect(squeeze(first.html.querySelector('.queue-due')?.text)).toMatch(/, lundi 23 novembre 2026$/);
    expect(first.text).toContain('25 projets sur cette page');
    expect(first.html.querySelector('.pagination a[rel="prev"]')).toBeNull();
    const next = first.html.querySelector('.pagination a[rel="next"]')?.getAttribute('href') ?? '';
    const second = await anne.open(next);
    expect(second.html.querySelectorAll('.queue tbody tr')).toHaveLength(2);
    expect(second.html.querySelectorAll('.queue tbody a').at(-1)?.getAttribute('href')).toBe(`/dossiers/${ids[0]}`);
    const back = second.html.querySelector('.pagination a[rel="prev"]')?.getAttribute('href') ?? '';
    expect(squeeze((await anne.open(back)).html.querySelector('.queue tbody')?.text)).toBe(
      squeeze(first.html.querySelector('.queue tbody')?.text),
    );
    expect(second.html.querySelector('.pagination a[rel="next"]')).toBeNull();
  });
});

describe('the sheet', () => {
  it('puts what to do next first, then the answers, the reasons and the story', async () => {
    const id = await arrives();
    const page = await anne.open(`/dossiers/${id}`);
    const sections = page.html.querySelectorAll('main h2').map((title) => title.text);
    expect(sections).toEqual([
      'À faire maintenant',
      'Ce que dit la personne',
      'Pourquoi ce projet vous arrive',
      'Ce qui s’est passé',
      'E-mails',
      'Notes et messages',
      // The tests before this one sent projects from the same address.
      'Ses autres projets',
    ]);
    expect(page.text).toContain('Prenez ce projet en charge, puis appelez Camille R.');
    const links = page.html.querySelectorAll('.contact-line a').map((link) => link.getAttribute('href') ?? '');
    expect(links[0]).toBe('tel:+33639981234');
    expect(links[1]).toMatch(/^mailto:camille%40example\.org\?subject=Votre%20projet/);
    expect(page.text).toContain('Pourquoi pas les autres');
    expect(page.text).toContain('Ce qui aurait changé l’orientation');
    expect(page.text).toMatch(/Si (votre|la|le) .+ (était|n’était)/);
    expect(page.text).toContain('lundi 23 novembre, 9 h 30');
  });

  it('shows what people typed as text, never as HTML', async () => {
    const id = await arrives('<script>alert(1)</script>', {
      contact: { name: '<b>Eve</b>', email: 'e@example.org', phone: null, when: [] },
    });
    const page = await anne.open(`/dossiers/${id}`);
    expect(page.html.querySelectorAll('main script, main b')).toHaveLength(0);
    expect(page.text).toContain('puis écrivez à');
    expect(page.html.querySelector('a[href^="tel:"]')).toBeNull();
  });
});

describe('the acts', () => {
  it('take: one button, then the sheet says it is done', async () => {
    const id = await arrives();
    const page = await anne.send(await anne.open(`/dossiers/${id}`), {}, 'prendre-en-charge');
    expect(page.url).toBe(`${door.base}/dossiers/${id}?fait=prise-en-charge`);
    const notice = page.html.querySelector('.notice[data-focus][autofocus]');
    expect(notice?.getAttribute('tabindex')).toBe('-1');
    expect(notice?.text).toContain('Vous avez pris ce projet en charge.');
    expect(page.text).toContain('Vous suivez ce projet depuis lundi 23 novembre.');
    expect(page.text).toMatch(/Pris en charge par Anne D. : Territoire d’industrie/);
    expect(page.text).toContain('Contact promis : avant mercredi 25 novembre 18 h');
    desk.clock.now = new Date('2026-11-25T18:01:00+01:00');
    expect((await anne.open(`/dossiers/${id}`)).text).not.toContain('Contact promis');
    expect(
      (await anne.open('/dossiers?panier=en-cours')).html.querySelector(`a[href="/dossiers/${id}"]`),
    ).not.toBeNull();
  });

  it('take, from a page of its own for whoever comes from an e-mail: opening it changes nothing', async () => {
    const id = await arrives();
    const page = await anne.open(`/dossiers/${id}/prendre-en-charge`);
    expect(page.text).toContain('Vous vous engagez à contacter Camille R. avant mercredi 25 novembre à 18 h.');
    expect((await desk.parts.referrals.byId(id))?.state).toBe('waiting');
    expect((await anne.send(page, {})).text).toContain('Vous avez pris ce projet en charge.');
  });

  it('take, too late: says who was faster, with the way back', async () => {
    const id = await arrives();
    const seen = await anne.open(`/dossiers/${id}`);
    await services.takeReferral({ id, version: 1, by: staffMember('bruno') });
    const page = await anne.send(seen, {}, 'prendre-en-charge');
    expect(page.status).toBe(409);
    expect(page.text).toContain('Bruno P. a déjà pris ce projet en charge.');
    expect(page.html.querySelector('main a.button')?.getAttribute('href')).toBe(`/dossiers/${id}`);
  });

  it('decline: asks for a reason, keeps what was typed, and sends the project back', async () => {
    const id = await arrives();
    const form = await anne.open(`/dossiers/${id}/refuser`);
    const missing = await anne.send(form, { words: 'Une phrase à garder.' });
    expect(missing.status).toBe(422);
    expect(missing.html.querySelector('#reason-error')?.text).toContain('Choisissez une raison.');
    expect(missing.html.querySelector('.error-summary a')?.getAttribute('href')).toBe('#reason');
    expect(missing.html.querySelector('textarea')?.text).toContain('Une phrase à garder.');
    expect(squeeze(missing.html.querySelector('title')?.text)).toMatch(/^Erreur : /);
    expect(missing.html.querySelectorAll('.error-summary li')).toHaveLength(1);

    const why = await anne.send(missing, { reason: 'other' });
    expect(why.html.querySelector('#words-error')?.text).toContain('Dites en une phrase pourquoi vous refusez.');
    const done = await anne.send(why, { reason: 'other-need', words: 'La CCI suit déjà ce commerce.' });
    expect(done.text).toContain('Vous avez refusé ce projet.');
    expect(done.text).toContain('« La CCI suit déjà ce commerce. »');
    expect(done.html.querySelector('.sheet-next form')).toBeNull();
    expect(done.html.querySelector('.sheet-facts .tag')?.text).toBe('Refusé');
  });

  it('close: an outcome, and words that the holder will read', async () => {
    const id = await arrives();
    await services.takeReferral({ id, version: 1, by: staffMember('anne') });
    const form = await anne.open(`/dossiers/${id}/cloturer`);
    expect((await anne.send(form, {})).text).toContain('Choisissez comment ce projet a fini.');
    const done = await anne.send(form, { outcome: 'helped', help: 'premises', words: 'Un local est trouvé à Thiers.' });
    expect(done.text).toContain('Vous avez clôturé ce projet.');
    expect((await desk.parts.referrals.byId(id))?.notes.map(({ text }) => text)).toEqual([
      'Un local est trouvé à Thiers.',
    ]);
    expect((await anne.open(`/dossiers/${id}/cloturer`)).status).toBe(409);
  });

  it('close, not taken yet: refused with the way back', async () => {
    const id = await arrives();
    const page = await anne.open(`/dossiers/${id}/cloturer`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('Ce projet est maintenant : à prendre.');
  });
});

describe('who may see what', () => {
  it('another partner reads the same page as for a project that does not exist', async () => {
    const id = await arrives();
    const chloe = await door.signedIn('chloe');
    for (const end of ['', '/prendre-en-charge', '/refuser', '/cloturer']) {
      const foreign = await chloe.open(`/dossiers/${id}${end}`);
      const nothing = await chloe.open(`/dossiers/nothing${end}`);
      expect(foreign.status).toBe(404);
      expect(foreign.text).toBe(nothing.text);
    }
  });

  it('a manager reads a sheet without its acts, and has no queue', async () => {
    const id = await arrives();
    const marie = await door.signedIn('marie');
    const sheet = await marie.open(`/dossiers/${id}`);
    expect(sheet.status).toBe(200);
    expect(sheet.html.querySelector('.sheet-next form')).toBeNull();
    expect((await marie.open('/dossiers')).status).toBe(403);
    expect((await marie.open(`/dossiers/${id}/refuser`)).status).toBe(403);
  });

  it('nobody signed out sees anything: asked to sign in first', async () => {
    const id = await arrives();
    for (const address of [
      '/dossiers',
      `/dossiers/${id}`,
      `/dossiers/${id}/refuser`,
      '/pilotage',
      '/pilotage/chiffres.csv',
    ]) {
      const answer = await fetch(door.base + address, { redirect: 'manual' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/connexion?suite=${encodeURIComponent(address)}`);
      expect(parse(await answer.text()).text).not.toContain('Camille');
    }
  });
});
