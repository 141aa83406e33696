import { KPI_IDS } from '../../../src/domain/statistics/kpis.js';
import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

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

let visitors = 0;
const arrives = async (submission = aSubmission()) => {
  visitors += 1;
  await services.saveDraft(`visitor-${visitors}`, {});
  const { project } = await services.submitProject({ visitor: `visitor-${visitors}`, submission });
  return { project: project.id, referral: (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '' };
};
const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const tile = (page: Page, label: string) => {
  const found = page.html
    .querySelectorAll('.tile')
    .find((one) => squeeze(one.querySelector('.tile-label')?.text) === label);
  return { figure: squeeze(found?.querySelector('.tile-figure')?.text), text: squeeze(found?.text) };
};
describe('triage', () => {
  it('says why each project waits: the rules could not tell, or a partner declined and why', async () => {
    await arrives(anUndecidedSubmission());
    desk.clock.now = new Date(MONDAY.getTime() + 60_000);
    const { referral } = await arrives(aSubmission({ facts: { title: 'Un atelier refusé' } }));
    const words = 'La CCI le suit déjà.';
    await services.declineReferral(
      { id: referral, version: 1, by: staffMember('anne') },
      { reason: 'duplicate', words },
    );

    const page = await marie.open('/pilotage/a-orienter');
    const rows = page.html.querySelectorAll('.queue tbody tr').map((row) => squeeze(row.text));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('Il manque le besoin : les règles ne peuvent pas choisir.');
    expect(rows[1]).toContain('Un atelier refusé');
    expect(rows[1]).toContain('Refusé par Territoire d’industrie Lezoux-Thiers-Ambert-Montbrison (TILTAM) :');
    expect(rows[1]).toContain('Ce projet nous est déjà confié. « La CCI le suit déjà. »');
  });

  it('puts first what has waited longest in triage, and says how long in words', async () => {
    const { referral } = await arrives(aSubmission({ facts: { title: 'Reçu avant, refusé après' } }));
    desk.clock.now = new Date('2026-11-24T09:30:00+01:00');
    await arrives({
      ...anUndecidedSubmission(),
      facts: { ...anUndecidedSubmission().facts, title: 'Reçu entre-temps' },
    });
    desk.clock.now = new Date('2026-11-25T09:30:00+01:00');
    const reason = { reason: 'other-need', words: null } as const;
    await services.declineReferral({ id: referral, version: 1, by: staffMember('anne') }, reason);

    desk.clock.now = new Date('2026-12-09T09:30:00+01:00');
    const page = await marie.open('/pilotage/a-orienter');
    const rows = page.html.querySelectorAll('.queue tbody tr').map((row) => squeeze(row.text));
    expect(rows.at(-2)).toMatch(/^Reçu entre-temps .* depuis 15 jours \(mardi 24 novembre\)$/);
    expect(rows.at(-1)).toMatch(/^Reçu avant, refusé après .* depuis 14 jours \(mercredi 25 novembre\)$/);
    desk.clock.now = MONDAY;
  });

  it('keeps what was set aside within reach, and lets a person put it right', async () => {
    const away = await arrives(aSubmission({ facts: { title: 'Un atelier à Paris', commune: '75056' } }));
    const page = await marie.open('/pilotage/a-orienter');
    expect(squeeze(page.html.querySelector('.set-aside')?.text)).toMatch(/Un atelier à Paris Hors territoire/);
    expect(page.text).toContain('Reçu lundi 23 novembre.');
    desk.clock.now = new Date('2027-01-04T09:30:00+01:00');
    expect((await marie.open('/pilotage/a-orienter')).text).toContain('Reçu lundi 23 novembre 2026.');
    desk.clock.now = MONDAY;
    const sheet = await marie.open(`/pilotage/projets/${away.project}`);
    expect(sheet.text).toContain('Envoyer à un partenaire');
  });

  it('sends to a partner: candidates first, a reason, then the sheet says where it is', async () => {
    const { project, referral } = await arrives();
    await services.declineReferral(
      { id: referral, version: 1, by: staffMember('anne') },
      { reason: 'other-need', words: null },
    );
    const sheet = await marie.open(`/pilotage/projets/${project}`);
    expect(sheet.text).toContain('Ce projet n’est chez aucun partenaire.');
    const form = await marie.open(`/pilotage/projets/${project}/envoyer`);
    const choices = form.html.querySelectorAll('.choice-group')[0]?.querySelectorAll('.choice') ?? [];
    expect(squeeze(choices[0]?.text)).not.toContain('A refusé');
    expect(squeeze(choices.at(-1)?.text)).toContain('A refusé ce projet.');

    const missing = await marie.send(form, {});
    expect(missing.status).toBe(422);
    expect(missing.html.querySelectorAll('.error-summary li').map((line) => squeeze(line.text))).toEqual([
      'Choisissez un partenaire.',
      'Choisissez une raison.',
    ]);
    const other = await marie.send(form, { partner: 'other', reason: 'from-text' });
    expect(other.html.querySelector('#otherPartner-error')?.text).toContain('Choisissez un partenaire dans la liste.');
    expect(squeeze(other.html.querySelector('label[for="otherPartner"]')?.text)).toContain(
      'Si c’est un autre, lequel ?',
    );
    const listed = form.html.querySelectorAll('option').at(-1)?.getAttribute('value') ?? '';
    const halfway = await marie.send(form, { otherPartner: listed });
    expect(halfway.html.querySelector('#partner-other')?.hasAttribute('checked')).toBe(true);
    expect(halfway.html.querySelector('option[selected]')?.getAttribute('value')).toBe(listed);
    const nobody = await marie.send(form, { partner: 'le-bivouac', reason: 'from-text' });
    expect(nobody.status).toBe(422);

    const done = await marie.send(form, { otherPartner: 'cimes', reason: 'after-decline' });
    expect(done.html.querySelector('.notice[data-focus]')?.text).toContain('Projet envoyé.');
    expect(done.text).toContain('Chez CIMES');
    expect(done.text).toContain('Envoyé par Marie R. : CIMES');
    expect(done.text).toContain('Après le refus d’un partenaire.');
    const late = await marie.send(form, { partner: 'cci-puy-de-dome', reason: 'from-text' });
    expect(late.status).toBe(409);
    expect(late.html.querySelector('main a.button')?.getAttribute('href')).toBe(`/pilotage/projets/${project}`);
  });

  it('shows the decision with its rules, points and why not the others', async () => {
    const { project } = await arrives();
    const page = await marie.open(`/pilotage/projets/${project}`);
    expect(page.text).toContain('Pourquoi pas les autres');
    expect(page.text).toContain('Les règles qui ont compté');
    expect(page.text).toMatch(/\d+ points/);
    expect(page.text).toContain('Voir la fiche du partenaire');
    expect(page.text).not.toContain('Envoyer à un partenaire');
  });
});

describe('the figures', () => {
  beforeAll(async () => {
    const { referral } = await arrives();
    desk.clock.now = new Date('2026-11-24T10:30:00+01:00');
    await services.takeReferral({ id: referral, version: 1, by: staffMember('anne') });
    desk.clock.now = new Date('2026-11-27T10:00:00+01:00');
    await services.refreshFacts();
  });

  it('come under their headings, with their definition and what they are counted on', async () => {
    const page = await marie.open('/pilotage');
    const submitted = await desk.parts.projects.model.countDocuments();
    expect(page.html.querySelectorAll('.figure-group h2').map((title) => squeeze(title.text))).toEqual([
      'Ce qui arrive, et vers qui',
      'La prise en charge',
      'Ce que les projets deviennent',
      'Ce qui attend encore',
      'Ce qu’en disent les personnes',
    ]);
    expect(page.html.querySelectorAll('.tile')).toHaveLength(KPI_IDS.length);
    expect(tile(page, 'Projets reçus').figure).toBe(String(submitted));
    expect(tile(page, 'Projets reçus').text).toContain('sans les publicités ni les recherches d’emploi.');
    expect(tile(page, 'Délai de prise en charge').figure).toBe('1 j 1 h');
    expect(tile(page, 'Pris en charge en 2 jours ouvrés').text).toMatch(/\d sur \d projets? Part/);
    expect(page.text).toContain('Données au 27 novembre 2026 à 10 h.');
    expect(page.text).toContain(
      'Aucun projet pendant la période d’avant (de décembre 2024 à novembre 2025) : rien à comparer.',
    );
  });

  it('keep the period in the address, and say when there is nothing', async () => {
    const month = await marie.open('/pilotage?periode=2026-11');
    expect(squeeze(month.html.querySelector('h1')?.text)).toBe('Chiffres : novembre 2026');
    expect(month.html.querySelector('option[selected]')?.getAttribute('value')).toBe('2026-11');
    const empty = await marie.open('/pilotage?periode=2020');
    expect(empty.html.querySelectorAll('.tile')).toHaveLength(0);
    expect(squeeze(empty.html.querySelector('.empty')?.text)).toContain('Choisissez une autre période');
    expect(empty.text).toContain('Aucun projet pendant cette période');
    expect(empty.text).toContain('Données au 31 janvier 2021 au soir : elles ne changent plus.');
    expect((await marie.open('/pilotage?periode=nonsense&periode=2026')).status).toBe(200);
    const days = await marie.open('/pilotage?periode=dates&du=2026-10-15&au=2026-11-20');
    expect(squeeze(days.html.querySelector('h1')?.text)).toBe('Chiffres : d’octobre 2026 à novembre 2026');
  });

  it('keep filters in the address, and count under them', async () => {
    const page = await marie.open('/pilotage?periode=2026-11&partenaire=ti-tiltam&avancement=');
    expect(squeeze(page.html.querySelector('.figures-narrowed')?.text)).toBe(
      'Partenaire : Territoire d’industrie Lezoux-Thiers-Ambert-Montbrison (TILTAM).',
    );
    expect(Number(tile(page, 'Projets reçus').figure)).toBeLessThan(
      Number(tile(await marie.open('/pilotage?periode=2026-11'), 'Projets reçus').figure),
    );
    expect(page.html.querySelector('#filtre-partenaire option[selected]')?.getAttribute('value')).toBe('ti-tiltam');
    const [clear] = page.html.querySelectorAll('.figure-go a').map((link) => link.getAttribute('href'));
    expect(clear).toBe('/pilotage?periode=2026-11');
    expect(page.html.querySelector('.period-dates input[name="partenaire"]')?.getAttribute('value')).toBe('ti-tiltam');
    const behind = page.html.querySelectorAll('.tile-link a').map((link) => link.getAttribute('href'));
    expect(behind[0]).toBe('/pilotage/chiffres/submitted?periode=2026-11&partenaire=ti-tiltam');
    const nobody = await marie.open('/pilotage?partenaire=le-bivouac');
    expect(nobody.html.querySelector('.figures-narrowed')).toBeNull();
  });

  it('count with two filters, without the tables that are not kept', async () => {
    const page = await marie.open('/pilotage?periode=2026-11&partenaire=ti-tiltam&territoire=tiltam');
    expect(page.status).toBe(200);
    expect(page.html.querySelectorAll('.breakdown h3').map((title) => squeeze(title.text))).toEqual(['Par mois']);
    expect(page.text).toContain('Avec deux filtres, seul le tableau par mois peut être donné.');
    expect(page.html.querySelectorAll('svg[role="img"]').length).toBeGreaterThan(4);
  });

  it.each([
    ['partenaire=ti-tiltam&territoire=tiltam&avancement=idea', 'filtre-avancement', 'Choisissez deux filtres au plus'],
    ['besoin=energy&axe=industry', 'filtre-axe', 'L’axe et le besoin se recouvrent'],
    ['periode=mois&du=2026-11&au=2026-10', 'au', 'Le dernier mois vient avant le premier. Changez l’un des deux.'],
    ['periode=mois&du=2026-11&au=', 'au', 'Choisissez deux mois.'],
    ['periode=mois&du=&au=2026-11', 'du', 'Choisissez deux mois.'],
    ['periode=mois&du=2001-01&au=2026-11', 'au', 'Choisissez deux mois que dix ans au plus séparent.'],
    ['periode=dates&du=2026-11-20&au=2026-09-10', 'au', 'Le dernier mois vient avant le premier.'],
  ])('say what is wrong with %s, and keep it', async (query, field, message) => {
    const page = await marie.open(`/pilotage?${query}`);
    expect(page.status).toBe(422);
    expect(page.html.querySelector('.error-summary a')?.getAttribute('href')).toBe(`#${field}`);
    expect(squeeze(page.html.querySelector(`#${field}-error`)?.text)).toContain(message);
    expect(page.html.querySelector(`#${field}`)?.getAttribute('aria-invalid')).toBe('true');
    expect(page.text).toContain('En attendant, voici les chiffres de cette période');
    for (const [name, value] of new URLSearchParams(query)) {
      if (name === 'periode') continue;
      const chosen = page.html.querySelector(`#filtre-${name} option[selected]`) ?? page.html.querySelector(`#${name}`);
      expect(chosen?.getAttribute('value')).toBe(query.includes('dates') ? value.slice(0, 7) : value);
    }
  });

  it('are drawn with a title, a description, and the same numbers in a table; without inline style', async () => {
    const page = await marie.open('/pilotage?periode=2026-T4');
    const figures = page.html.querySelectorAll('figure');
    expect(figures.map((figure) => squeeze(figure.querySelector('h3')?.text))).toEqual([
      'Projets reçus, pris en charge et clôturés',
      'Délais de prise en charge',
      'Ce que les projets deviennent, par partenaire',
      'Du besoin au partenaire, et à l’issue',
      'D’où viennent les projets',
    ]);
    for (const drawing of page.html.querySelectorAll('figure svg')) {
      expect(drawing.getAttribute('role')).toBe('img');
      for (const id of (drawing.getAttribute('aria-labelledby') ?? '').split(' '))
        expect(squeeze(page.html.querySelector(`#${id}`)?.text)).not.toBe('');
    }
    const submitted = tile(page, 'Projets reçus').figure;
    expect(squeeze(figures[0]?.querySelector('desc')?.text)).toContain(`Projets reçus : ${submitted}`);
    const rows = page.html.querySelectorAll('figure table tbody tr').map((row) => squeeze(row.text));
    expect(rows.find((row) => row.startsWith('Novembre 2026'))).toContain(submitted);
    const places = page.html.querySelectorAll('.heat tbody tr').map((row) => row.querySelectorAll('td').length);
    expect(new Set(places)).toEqual(new Set([6]));
    expect(page.html.querySelectorAll('[style]')).toHaveLength(0);
  });

  it('compare shares and delays while the period is under way, and say better or worse in words', async () => {
    desk.clock.now = new Date('2026-12-04T10:00:00+01:00');
    const late = (await arrives()).referral;
    await services.takeReferral({ id: late, version: 1, by: staffMember('anne') });
    await services.refreshFacts();
    const page = await marie.open('/pilotage?periode=2026-12');
    expect(page.text).toContain('La période n’est pas finie : les nombres de projets ne sont pas comparés');
    expect(tile(page, 'Projets reçus').text).not.toContain('que la période d’avant');
    expect(tile(page, 'Délai de prise en charge').text).toContain(
      '1 jour et 1 heure de moins que la période d’avant (1 j 1 h) : c’est mieux',
    );
    desk.clock.now = new Date('2026-11-27T10:00:00+01:00');
  });

  it('leave as a file: mark, semicolons, decimal commas, definitions', async () => {
    const { agent } = await signInByHand(desk, 'marie');
    const answer = await agent.get('/pilotage/chiffres.csv?periode=2026-11').buffer().expect(200);
    expect(answer.text.charCodeAt(0)).toBe(0xfeff);
    expect(answer.headers['content-disposition']).toContain('chiffres-2026-11-01-2026-11-30.csv');
    expect(answer.text).toContain('Délai de prise en charge;8;');
  });

  it('are not for advisors, who are told so', async () => {
    const anne = await door.signedIn('anne');
    for (const address of ['/pilotage', '/pilotage/chiffres.csv', '/pilotage/a-orienter', '/pilotage/projets/any']) {
      const page = await anne.open(address);
      expect(page.status).toBe(403);
      expect(page.text).toContain('Accès réservé');
      expect(page.text).toContain('Demandez-le à la personne qui gère les comptes.');
    }
  });

  it('are those of the own partner for a lead, whatever the address says', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.open('/pilotage?periode=2026-11&partenaire=cci-puy-de-dome');
    expect(page.text).toContain(
      'Projets dont le dernier partenaire est Territoire d’industrie Lezoux-Thiers-Ambert-Montbrison',
    );
    expect(page.html.querySelector('#filtre-partenaire')).toBeNull();
    const asManager = await marie.open('/pilotage?periode=2026-11&partenaire=ti-tiltam');
    expect(tile(page, 'Projets reçus').figure).toBe(tile(asManager, 'Projets reçus').figure);
    const paul = await door.signedIn('paul');
    expect((await paul.open('/pilotage?periode=2026-11')).text).toContain('Aucun projet pendant cette période');
    const wrong = await lea.open('/pilotage?territoire=tiltam&avancement=idea');
    expect(wrong.text).toContain('Choisissez un seul filtre : votre partenaire en est déjà un.');
  });

  it('are all there for an observer, without any list of projects', async () => {
    const odile = await door.signedIn('odile');
    const page = await odile.open('/pilotage?periode=2026-11');
    expect(page.html.querySelectorAll('.tile')).toHaveLength(KPI_IDS.length);
    expect(page.html.querySelectorAll('.tile-link')).toHaveLength(0);
    for (const address of ['/pilotage/chiffres/submitted', '/pilotage/periodes', '/pilotage/a-orienter'])
      expect((await odile.open(address)).status).toBe(403);
  });
});

describe('the projects behind a figure', () => {
  const rowsOf = (page: Page) => page.html.querySelectorAll('.queue tbody tr').map((row) => squeeze(row.text));

  it('are as many as it counts, each with where it stands, and open for managers', async () => {
    const page = await marie.open('/pilotage?periode=2026-11');
    for (const [label, kpi] of [
      ['Projets reçus', 'submitted'],
      ['Pris en charge', 'taken'],
      ['Refusés par un partenaire', 'declined'],
      ['Hors du territoire', 'outOfTerritory'],
    ] as const) {
      const list = await marie.open(`/pilotage/chiffres/${kpi}?periode=2026-11`);
      expect(`${kpi} ${rowsOf(list).length}`).toBe(`${kpi} ${tile(page, label).figure}`);
    }
    const taken = await marie.open('/pilotage/chiffres/taken?periode=2026-11');
    expect(rowsOf(taken)[0]).toMatch(/26-[0-9A-Z]{5} .*TILTAM.* En cours depuis mardi 24 novembre/);
    const href = taken.html.querySelector('.queue tbody a')?.getAttribute('href') ?? '';
    expect((await marie.open(href)).status).toBe(200);
  });

  it('are those of a share, then all that it is counted on', async () => {
    const counted = await marie.open('/pilotage/chiffres/takenWithin2?periode=2026-11');
    const links = counted.html.querySelectorAll('.behind-choices a').map((link) => link.getAttribute('href') ?? '');
    const whole = await marie.open(links[1] ?? '');
    expect(whole.text).toContain('Compté');
    expect(rowsOf(whole).filter((row) => row.endsWith('oui'))).toHaveLength(rowsOf(counted).length);
    expect(rowsOf(whole).length).toBeGreaterThan(rowsOf(counted).length);
  });

  it('say that the figure is settled while the list is of today', async () => {
    desk.clock.now = new Date('2027-01-11T10:00:00+01:00');
    const page = await marie.open('/pilotage/chiffres/taken?periode=2026-11');
    expect(page.text).toContain('Le chiffre est arrêté au 31 décembre 2026.');
    desk.clock.now = new Date('2026-11-27T10:00:00+01:00');
  });

  it('open for a lead only where the own partner has, or had, the project', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.open('/pilotage/chiffres/submitted?periode=2026-11');
    expect(rowsOf(page).length).toBeGreaterThan(0);
    const href = page.html.querySelector('.queue tbody a')?.getAttribute('href') ?? '';
    expect(href).toMatch(/^\/dossiers\//);
    expect((await lea.open(href)).status).toBe(200);
    const declined = await lea.open('/pilotage/chiffres/declined?periode=2026-11');
    expect(rowsOf(declined).join()).toContain('Un atelier refusé');
    const paul = await door.signedIn('paul');
    expect(rowsOf(await paul.open('/pilotage/chiffres/submitted?periode=2026-11&partenaire=ti-tiltam'))).toEqual([]);
  });

  it('sends an address that cannot be counted back to the page that says why', async () => {
    const page = await marie.open('/pilotage/chiffres/taken?besoin=energy&axe=industry');
    expect(page.status).toBe(422);
    expect(page.text).toContain('L’axe et le besoin se recouvrent');
  });

  it('answers that a figure that nobody knows does not exist', async () => {
    expect((await marie.open('/pilotage/chiffres/constructor')).status).toBe(404);
    expect((await marie.open('/pilotage/chiffres/submitted?apres=2026-11-01_nobody')).status).toBe(200);
  });
});

describe('named periods', () => {
  it('are named, chosen among the others, and taken away', async () => {
    const page = await marie.open('/pilotage/periodes');
    expect(page.text).toContain('Aucune période nommée');
    const missing = await marie.send(page, { label: ' ', from: '', to: 'demain' });
    expect(missing.status).toBe(422);
    expect(missing.html.querySelectorAll('.error-summary li').map((line) => squeeze(line.text))).toEqual([
      'Donnez un nom à cette période, avec des lettres ou des chiffres.',
      'Choisissez le premier mois.',
      'Choisissez le dernier mois.',
    ]);
    const reversed = await marie.send(page, { label: 'Année 1', from: '2026-12', to: '2026-01' });
    expect(squeeze(reversed.html.querySelector('#to-error')?.text)).toContain(
      'Le dernier mois vient avant le premier.',
    );
    expect(reversed.html.querySelector('#from')?.getAttribute('value')).toBe('2026-12');

    const named = await marie.send(page, { label: 'Convention, 1re année', from: '2026-01', to: '2026-12' });
    expect(squeeze(named.html.querySelector('.notice')?.text)).toBe('La période est dans la liste.');
    expect(named.text).toContain('de janvier 2026 à décembre 2026');
    const href = named.html.querySelector('.queue tbody a')?.getAttribute('href') ?? '';
    const figures = await (await door.signedIn('odile')).open(href);
    expect(squeeze(figures.html.querySelector('h1')?.text)).toBe('Chiffres : Convention, 1re année');
    expect(squeeze(figures.html.querySelector('option[selected]')?.text)).toBe('Convention, 1re année');

    const removed = await marie.send(named, {}, '/retirer');
    expect(removed.text).toContain('La période n’est plus dans la liste.');
    expect(squeeze((await marie.open(href)).html.querySelector('h1')?.text)).toBe('Chiffres : 12 derniers mois');
  });
});
