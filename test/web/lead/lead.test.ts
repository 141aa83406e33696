import type { Referral } from '../../../src/domain/referrals/referral.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, type StaffName, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

let visitors = 0;
/** A new project at TILTAM. */
const arrives = async (): Promise<Referral> => {
  visitors += 1;
  const visitor = `visitor-${visitors}`;
  await desk.services.saveDraft(visitor, {});
  const { project } = await desk.services.submitProject({ visitor, submission: aSubmission() });
  return (await desk.parts.referrals.ofProject(project.id))[0] as Referral;
};
const now = async ({ id }: Referral): Promise<Referral> => (await desk.parts.referrals.byId(id)) as Referral;
const SETTINGS = { closures: '', mailbox: '', hoursFr: '', hoursEn: '', receiptFr: '', receiptEn: '' };

describe('the pages of a lead', () => {
  it.each<[string, StaffName, number]>([
    ['/equipe', 'lea', 200],
    ['/equipe', 'anne', 403],
    ['/equipe', 'marie', 403],
    ['/equipe/reglages', 'lea', 200],
    ['/equipe/reglages', 'anne', 403],
    ['/equipe/reglages', 'marie', 403],
    ['/equipe/absences', 'lea', 200],
    ['/equipe/absences', 'anne', 200],
    ['/equipe/absences', 'marie', 403],
    ['/equipe/absences/anne/gone/retirer', 'anne', 200],
    ['/equipe/absences/anne/gone/retirer', 'marie', 403],
    ['/equipe/personnes/anne', 'lea', 200],
    ['/equipe/personnes/anne', 'bruno', 403],
    ['/equipe/personnes/anne', 'marie', 403],
    ['/equipe/personnes/anne', 'paul', 404],
    ['/equipe/personnes/nobody', 'lea', 404],
  ])('%s is, for %s, %i', async (address, name, status) => {
    const visitor = await door.signedIn(name);
    expect((await visitor.open(address)).status).toBe(status);
  });

  it('send whoever has not signed in to sign in', async () => {
    const page = await door.visitor().open('/equipe');
    expect(page.url).toContain('/connexion?suite=%2Fequipe');
  });

  it('are in the header of leads, absences in that of advisors too', async () => {
    const linksOf = async (name: StaffName) =>
      (await (await door.signedIn(name)).open('/equipe/absences')).html
        .querySelectorAll('.header-nav a')
        .map((link) => link.text.trim());
    expect(await linksOf('lea')).toEqual(expect.arrayContaining(['Équipe', 'Absences']));
    expect(await linksOf('anne')).toContain('Absences');
    expect(await linksOf('anne')).not.toContain('Équipe');
  });

  it('are reached from signing in, which lands on the queue', async () => {
    const lea = await door.signedIn('lea');
    expect((await lea.open('/connexion')).url).toMatch(/\/dossiers$/);
  });
});

describe('the team', () => {
  it('shows who has what, with the way to it', async () => {
    const lea = await door.signedIn('lea');
    expect((await lea.open('/equipe')).text).toContain('Aucun projet ouvert');

    const referral = await arrives();
    const page = await lea.open('/equipe');
    const row = page.html.querySelectorAll('.team tbody tr').find((one) => one.text.includes('Anne D.'));
    expect(referral.assignee).toBe('anne');
    expect(row?.querySelector('[data-label="À prendre"]')?.text.trim()).toBe('1 à prendre, Anne D.');
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('/dossiers?personne=anne');
    expect(row?.text).toContain('tout, partout');
    expect(page.text).not.toContain('Chloé');
  });

  it('counts what is late', async () => {
    desk.clock.now = new Date('2026-11-26T10:00:00+01:00');
    const page = await (await door.signedIn('lea')).open('/equipe');
    desk.clock.now = MONDAY;
    expect(page.text).toContain('Un projet est en retard.');
    expect(page.html.querySelector('.team .is-late')?.text).toContain('Anne D.');
    expect(page.text).toContain('depuis 3 jours');
  });

  it('says what nobody has', async () => {
    const referral = await arrives();
    await desk.parts.referrals.model.updateOne({ _id: referral.id }, { $set: { assignee: null } });
    const page = await (await door.signedIn('lea')).open('/equipe');
    expect(page.text).toContain('Un projet n’est confié à personne.');
    expect(page.html.querySelector('.team-links a')?.getAttribute('href')).toBe('/dossiers?personne=aucune');
  });
});

describe('competences', () => {
  it('are kept, shown on the team’s page, and followed by the next project', async () => {
    const lea = await door.signedIn('lea');
    const form = await lea.open('/equipe/personnes/anne');
    const page = await lea.send(form, { needs: ['export', 'funding'], epcis: '200070753' });
    expect(page.text).toContain('C’est enregistré.');
    expect(page.text).toContain('développement international, financement de projet ; Riom Limagne et Volcans');

    const given = await arrives();
    expect(given).toMatchObject({ assignee: 'bruno', assignedBecause: { code: 'only-for-need' } });
    const again = await lea.open('/equipe/personnes/anne');
    expect(again.html.querySelectorAll('input[checked]').map((box) => box.getAttribute('value'))).toEqual(
      expect.arrayContaining(['export', 'funding', '200070753']),
    );
    await lea.send(again, {});
  });

  it('are chosen from the lists', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.send(await lea.open('/equipe/personnes/anne'), { needs: 'magic' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Choisissez des réponses de la liste.');
  });

  it('of another partner’s people are not the lead’s to change', async () => {
    const { services } = desk;
    const nothing = { needs: [], epcis: [] };
    await expect(services.saveCompetences(staffMember('paul'), 'anne', nothing)).rejects.toThrow('adresse');
    await expect(services.saveCompetences(staffMember('anne'), 'anne', nothing)).rejects.toThrow('accès');
  });
});

describe('absences', () => {
  it('are entered by an advisor, who sees where the projects went', async () => {
    const waiting = await arrives();
    expect(waiting.assignee).toBe('anne');
    const anne = await door.signedIn('anne');
    const form = await anne.open('/equipe/absences');
    expect(form.text).toContain('Aucune absence à venir');
    const page = await anne.send(form, { from: '2026-11-24', to: '2026-11-27', deputy: 'bruno' });

    expect(page.status).toBe(200);
    expect(page.text).toContain('L’absence est notée.');
    expect(page.text).toMatch(/2 projets dont la date serait passée sont confiés à quelqu’un d’autre\./);
    expect(page.text).toContain('du mardi 24 novembre au vendredi 27 novembre');
    expect(await now(waiting)).toMatchObject({
      assignee: 'bruno',
      assignedBecause: { code: 'deputy', deputyOf: 'anne', until: '2026-11-27' },
      callBy: waiting.callBy,
    });
    const sheet = await (await door.signedIn('bruno')).open(`/dossiers/${waiting.id}`);
    expect(sheet.text).toContain('Confié à vous : remplace Anne D. jusqu’au vendredi 27 novembre.');
    const story = await desk.parts.events.ofProject(waiting.project);
    expect(story.at(-1)).toMatchObject({ type: 'transferred', actor: { role: 'system', account: null }, to: 'bruno' });
  });

  it('skip the absent, whom the deputy stands in for', async () => {
    desk.clock.now = new Date('2026-11-25T10:00:00+01:00');
    const given = await arrives();
    const page = await (await door.signedIn('lea')).open('/equipe');
    desk.clock.now = MONDAY;
    expect(given.assignee).toBe('bruno');
    expect(page.text).toContain('jusqu’au vendredi 27 novembre, remplacement par Bruno P.');
    expect(page.text).toContain('Une personne est absente.');
  });

  it.each([
    [{ from: '2026-11-20', to: '2026-11-30' }, 'from', 'Ce jour est passé.'],
    [{ from: '2026-12-20', to: '2026-12-10' }, 'to', 'vient avant le premier'],
    [{ from: '2026-11-27', to: '2026-12-04' }, 'from', 'Une absence est déjà notée du 24 novembre 2026'],
    [{ from: '31/02/2027', to: '2027-03-04' }, 'from', 'Écrivez le premier jour'],
    [{ from: '', to: '' }, 'to', 'Choisissez le dernier jour.'],
    [{ from: '2026-12-21', to: '2027-12-31' }, 'to', 'un an au plus'],
    [{ from: '2026-12-21', to: '2026-12-31', deputy: 'chloe' }, 'deputy', 'une personne de l’équipe'],
  ])('say what to correct: %j', async (typed, field, message) => {
    const anne = await door.signedIn('anne');
    const page = await anne.send(await anne.open('/equipe/absences'), { deputy: '', ...typed });
    expect(page.status).toBe(422);
    expect(page.html.querySelector(`#${field}-error`)?.text.replaceAll('\u00a0', ' ')).toContain(message);
    expect((await desk.parts.absences.ofAccount('anne')).absences).toHaveLength(1);
  });

  it('are entered by the lead for anybody of the team, as people write dates', async () => {
    const lea = await door.signedIn('lea');
    const form = await lea.open('/equipe/absences');
    expect(form.html.querySelectorAll('#account option').map((one) => one.getAttribute('value'))).toEqual([
      '',
      'anne',
      'bruno',
      'lea',
    ]);
    const page = await lea.send(form, { account: 'bruno', from: '26/11/2026', to: '26/11/2026', deputy: '' });
    expect(page.text).toContain('jeudi 26 novembre');
    expect(page.text).toContain('aussi absence ces jours-là');
    expect((await desk.parts.absences.ofAccount('bruno')).absences).toMatchObject([
      { from: '2026-11-26', to: '2026-11-26', deputy: null },
    ]);
    const nobody = await lea.send(form, { account: '', from: '2026-12-01', to: '2026-12-01', deputy: '' });
    expect(nobody.html.querySelector('#account-error')?.text).toContain('Choisissez qui s’absente.');
  });

  it('of a colleague are not an advisor’s to enter or to see, and those of elsewhere do not exist', async () => {
    const { services } = desk;
    const wanted = { account: 'bruno', from: '2026-12-21', to: '2026-12-21', deputy: null };
    await expect(services.addAbsence(staffMember('anne'), wanted)).rejects.toThrow('personne responsable');
    await expect(services.addAbsence(staffMember('paul'), wanted)).rejects.toThrow('adresse');
    await expect(services.addAbsence(staffMember('marie'), wanted)).rejects.toThrow('accès');
    const [his] = (await desk.parts.absences.ofAccount('bruno')).absences;
    const removed = services.removeAbsence(staffMember('paul'), { account: 'bruno', id: his?.id ?? '' });
    await expect(removed).rejects.toThrow('adresse');
    expect((await (await door.signedIn('anne')).open('/equipe/absences')).text).not.toContain('Bruno P.,');
  });

  it('never overlap, even when two people enter them at once', async () => {
    const wanted = { account: 'chloe', from: '2026-12-21', to: '2026-12-24', deputy: null };
    const both = [staffMember('chloe'), staffMember('paul')].map((by) => desk.services.addAbsence(by, wanted));
    expect((await Promise.all(both)).map(({ kind }) => kind).sort()).toEqual(['added', 'refused']);
    expect((await desk.parts.absences.ofAccount('chloe')).absences).toHaveLength(1);
  });

  it('are taken away, and gone twice is gone once', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.open('/equipe/absences');
    const done = await lea.send(page, {}, '/bruno/');
    expect(done.text).toContain('L’absence est retirée.');
    expect((await lea.send(page, {}, '/bruno/')).status).toBe(200);
    expect((await desk.parts.absences.ofAccount('bruno')).absences).toEqual([]);
  });
});

describe('the settings of a partner', () => {
  const typed = {
    closures: '24/12/2026 au 31/12/2026 Fin d’année\n25/11/2026',
    mailbox: 'Accueil@Example.org',
    hoursFr: 'Du lundi au vendredi',
    hoursEn: '',
    receiptFr: 'Venez avec vos plans.',
    receiptEn: '',
  };

  it('are kept, and closures move the next promise', async () => {
    const lea = await door.signedIn('lea');
    const page = await lea.send(await lea.open('/equipe/reglages'), typed);
    expect(page.text).toContain('C’est enregistré.');
    expect(await desk.parts.partnerSettings.read('ti-tiltam')).toMatchObject({
      closures: [
        { from: '2026-11-25', to: '2026-11-25', label: '' },
        { from: '2026-12-24', to: '2026-12-31', label: 'Fin d’année' },
      ],
      mailbox: 'accueil@example.org',
      hours: { fr: 'Du lundi au vendredi', en: '' },
    });
    expect((await desk.parts.partnerSettings.read('cci-puy-de-dome')).version).toBe(0);
    const referral = await arrives();
    expect(referral.callBy).toEqual(new Date('2026-11-26T18:00:00+01:00'));
    const [, sent] = await desk.parts.events.ofProject(referral.project);
    expect(sent).toMatchObject({ type: 'referred', callBy: referral.callBy });
  });

  it.each([
    ['closures', '31/02/2027 Jamais', '31/02/2027'],
    ['closures', '01/06/2027 au 01/12/2027', '62 jours'],
    ['closures', 'Noël', 'Vérifiez cette ligne'],
    ['mailbox', 'accueil', 'adresse e-mail'],
    ['receiptFr', 'x'.repeat(501), '500 caractères au plus'],
  ])('say what to correct in %s: %s', async (field, value, message) => {
    const lea = await door.signedIn('lea');
    const page = await lea.send(await lea.open('/equipe/reglages'), { ...typed, [field]: value });
    expect(page.status).toBe(422);
    expect(page.html.querySelector(`#${field}-error`)?.text.replaceAll('\u00a0', ' ')).toContain(message);
    expect(page.html.querySelector('#hoursFr')?.text).toContain('Du lundi au vendredi');
  });

  it('tell the slower of two leads who saved, and lose nothing of theirs', async () => {
    const lea = await door.signedIn('lea');
    const opened = await lea.open('/equipe/reglages');
    const first = await lea.send(opened, SETTINGS);
    expect(first.status).toBe(200);
    const late = await lea.send(opened, typed);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Léa M. a enregistré cette page avant vous');
    expect(late.text).toContain('Ce qui est enregistré maintenant');
    const again = await lea.send(late, typed);
    expect(again.status).toBe(200);
    expect((await desk.parts.partnerSettings.read('ti-tiltam')).receipt.fr).toBe('Venez avec vos plans.');
  });
});
