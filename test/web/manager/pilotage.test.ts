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
const csvLines = async (query: string): Promise<string[][]> => {
  const text = (await marie.open(`/pilotage/chiffres.csv?${query}`)).html.toString();
  return text
    .trim()
    .split('\r\n')
    .map((line) => line.split(';'));
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
  });

  it('come as tiles with their definition, and what they are counted on', async () => {
    const page = await marie.open('/pilotage');
    const submitted = await desk.parts.projects.model.countDocuments();
    expect(tile(page, 'Projets reçus').figure).toBe(String(submitted));
    expect(tile(page, 'Projets reçus').text).toContain('sans les publicités ni les recherches d’emploi.');
    expect(tile(page, 'Délai de prise en charge').figure).toBe('1 j 1 h');
    expect(tile(page, 'Pris en charge en 2 jours ouvrés').text).toMatch(/\d sur \d projets?\. Part/);
    expect(page.text).toContain('Données au 27 novembre 2026 à 10 h.');
    expect(page.text).toContain(
      'Aucun projet pendant la période d’avant (du 1er décembre 2024 au 27 novembre 2025) : rien à comparer.',
    );
  });

  it('keep the period in the address, and say when there is nothing', async () => {
    const month = await marie.open('/pilotage?periode=2026-11');
    expect(squeeze(month.html.querySelector('h1')?.text)).toBe('Chiffres : novembre 2026');
    expect(month.html.querySelector('option[selected]')?.getAttribute('value')).toBe('2026-11');
    const empty = await marie.open('/pilotage?periode=2020');
    expect(empty.html.querySelectorAll('.tile')).toHaveLength(0);
    expect(squeeze(empty.html.querySelector('.empty')?.text)).toContain('Choisissez une autre période plus haut.');
    expect(empty.text).toContain('Aucun projet pendant cette période');
    expect((await marie.open('/pilotage?periode=nonsense&periode=2026')).status).toBe(200);
  });

  it.each([
    ['du=2026-11-20&au=2026-11-10', 'au', 'La date de fin vient avant la date de début. Changez l’une des deux.'],
    ['du=2026-11-20&au=', 'au', 'Choisissez deux dates.'],
    ['du=&au=2026-11-20', 'du', 'Choisissez deux dates.'],
    ['du=2001-01-01&au=2026-11-20', 'au', 'Choisissez deux dates que dix ans au plus séparent.'],
  ])('say what is wrong with two dates, and keep them: %s', async (dates, field, message) => {
    const page = await marie.open(`/pilotage?periode=dates&${dates}`);
    expect(page.status).toBe(422);
    expect(page.html.querySelector('.error-summary a')?.getAttribute('href')).toBe(`#${field}`);
    expect(squeeze(page.html.querySelector(`#${field}-error`)?.text)).toContain(message);
    expect(page.html.querySelector('.period-dates')?.hasAttribute('open')).toBe(true);
    const typed = ['du', 'au'].map((name) => `${name}=${page.html.querySelector(`#${name}`)?.getAttribute('value')}`);
    expect(typed.join('&')).toBe(dates);
    expect(page.text).toContain('En attendant, voici les chiffres de cette période : 12 derniers mois.');
  });

  it('are drawn with a title, a description, and the same numbers in a table; without inline style', async () => {
    const page = await marie.open('/pilotage?periode=2026-T4');
    const chart = page.html.querySelector('svg[role="img"]');
    expect(chart?.getAttribute('aria-labelledby')).toBe('flux-titre flux-texte');
    const submitted = tile(page, 'Projets reçus').figure;
    expect(squeeze(chart?.querySelector('desc')?.text)).toContain(`Projets reçus : ${submitted}`);
    const rows = page.html.querySelectorAll('details table tbody tr').map((row) => squeeze(row.text));
    expect(rows.find((row) => row.startsWith('Novembre 2026'))).toContain(submitted);
    expect(page.html.querySelectorAll('[style]')).toHaveLength(0);
  });

  it('leave as a file: mark, semicolons, decimal commas, definitions', async () => {
    const { agent } = await signInByHand(desk, 'marie');
    const answer = await agent.get('/pilotage/chiffres.csv?periode=2026-11').buffer().expect(200);
    expect(answer.text.charCodeAt(0)).toBe(0xfeff);
    expect(answer.headers['content-disposition']).toBe('attachment; filename=chiffres-2026-11-01-2026-11-30.csv');
    const lines = await csvLines('periode=2026-11');
    expect(lines[0]?.slice(-1)).toEqual(['Définition']);
    const delay = lines.find((line) => line[2] === 'Ensemble' && line[4] === 'Délai de prise en charge');
    expect(delay?.slice(5, 7)).toEqual(['8', 'heures ouvrées']);
    expect(lines.some((line) => line[2] === 'Par partenaire' && line[3]?.includes('TILTAM'))).toBe(true);
  });

  it('are for managers: an advisor is told so', async () => {
    const anne = await door.signedIn('anne');
    for (const address of ['/pilotage', '/pilotage/chiffres.csv', '/pilotage/a-orienter', '/pilotage/projets/any']) {
      const page = await anne.open(address);
      expect(page.status).toBe(403);
      expect(page.text).toContain('Accès réservé');
      expect(page.text).toContain('Demandez-le à la personne qui gère les comptes.');
    }
  });
});
