import type { AUDIT_ACTS } from '../../../src/domain/audit/auditActs.js';
import { RETENTION } from '../../../src/domain/privacy/retention.js';
import { paths } from '../../../src/paths.js';
import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');

let desk: Desk;
let door: Door;
let here: ReturnType<typeof arrivals>;
let marie: Visitor;
let admin: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  here = arrivals(desk);
  marie = await door.signedIn('marie');
  admin = await door.signedIn('admin');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

/** What the audit log tells of an act. */
const told = async (act: keyof typeof AUDIT_ACTS) =>
  (await desk.parts.auditLines.model.find({ act }).sort({ _id: 1 }).lean()).map(({ actor, about, detail }) => ({
    actor,
    about,
    detail,
  }));

describe('a holder who lost the link and telephones', () => {
  it('gets the same file as from the follow-up page, and the audit log says who gave it', async () => {
    const { project, token } = await here.arrives();
    const { agent } = await signInByHand(desk, 'marie');
    const given = await agent.get(`/pilotage/projets/${project}/donnees.json`).expect(200);
    const own = await agent.get(paths.ownDataJson(token)).expect(200);
    expect(given.body).toEqual(own.body);
    expect(given.headers['content-disposition']).toMatch(/^attachment/);
    expect(await told('personal-data-given')).toEqual([
      { actor: { account: 'marie' }, about: { kind: 'project', id: project } },
    ]);
  });

  it('is erased once it is said how the person was recognised, and no sooner', async () => {
    const { project } = await here.arrives();
    const page = await marie.open(`/pilotage/projets/${project}/effacer`);
    expect(page.text).toContain('restent des codes sans nom');
    const refused = await marie.send(page, {}, 'effacer');
    expect([refused.status, refused.text]).toEqual([
      422,
      expect.stringContaining('Choisissez comment vous avez vérifié'),
    ]);
    expect((await desk.parts.projects.byId(project))?.erasedAt).toBeNull();

    const done = await marie.send(refused, { identity: 'called-back' }, 'effacer');
    expect(done.text).toContain('Données effacées par Marie R., à la demande de la personne');
    expect(done.text).toContain('J’ai rappelé au numéro de téléphone du projet');
    expect((await desk.parts.projects.byId(project))?.contact).toMatchObject({ name: '', email: '', phone: null });
    const [event] = (await desk.parts.events.ofProject(project)).filter(({ type }) => type === 'erased');
    expect(event).toMatchObject({ actor: { role: 'manager', account: 'marie' }, reason: 'called-back' });
    const about = { kind: 'project', id: project };
    expect(await told('project-erased')).toEqual([
      { actor: { account: 'marie' }, about, detail: { identity: 'called-back' } },
    ]);
  });

  it('asked a second time, nothing is left to give or to erase: the sheet says so', async () => {
    const { project } = await here.arrives();
    const page = await marie.open(`/pilotage/projets/${project}/effacer`);
    await marie.send(page, { identity: 'own-address' }, 'effacer');
    const again = await marie.send(page, { identity: 'own-address' }, 'effacer');
    expect([again.status, again.url]).toEqual([
      200,
      expect.stringMatching(new RegExp(`/pilotage/projets/${project}$`)),
    ]);
    const file = await marie.open(`/pilotage/projets/${project}/donnees.json`);
    expect(file.text).toContain('Données effacées');
    expect((await desk.parts.events.ofProject(project)).filter(({ type }) => type === 'erased')).toHaveLength(1);
  });

  it('an advisor, who may not answer, is refused', async () => {
    const { project } = await here.arrives();
    const by = staffMember('anne');
    await expect(desk.services.dataOnRequest(by, project)).rejects.toMatchObject({ status: 403 });
    await expect(desk.services.eraseOnRequest(by, project, 'own-address')).rejects.toMatchObject({ status: 403 });
  });
});

describe('the register of processing', () => {
  it('tells managers and administrators what is kept, why, for how long, and what was erased', async () => {
    await desk.parts.publicSite.save(
      0,
      { ...(await desk.parts.publicSite.read()), publisher: 'Pôle Exemple' },
      'marie',
      MONDAY,
    );
    const proof = { class: 'contact', at: MONDAY, until: new Date('2021-11-25T09:30:00+01:00'), count: 12 } as const;
    await desk.parts.purges.add('2024-11-25', proof);
    for (const visitor of [marie, admin]) {
      const { text, status } = await visitor.open('/exploitation/traitements');
      expect(status).toBe(200);
      for (const words of [
        'Responsable du traitement : Pôle Exemple',
        'Mission d’intérêt public (RGPD, article 6, paragraphe 1, e)',
        '3 ans après le dernier contact avec la personne',
        'Un journal des lectures, des exports et des effacements',
        '1225 novembre 2021',
      ])
        expect(text).toContain(words);
    }
  });

  it('and the public pages say the durations of the same table, in both languages', async () => {
    const { token } = await here.arrives();
    const visitor = door.visitor();
    expect(RETENTION.contact.keeps).toEqual({ years: 3 });
    expect((await visitor.open('/donnees-personnelles')).text).toContain(
      's’effacent 3 ans après notre dernier contact',
    );
    expect((await visitor.open(paths.ownData(token))).text).toContain('s’effacent 3 ans après notre dernier contact');
    const english = await visitor.open('/donnees-personnelles?lang=en');
    expect(english.text).toContain('are erased 3 years after our last contact with you');
  });
});

describe('somebody of the staff', () => {
  it('reads and takes away what is kept about them, and nobody else’s', async () => {
    const { id } = await here.arrives();
    await desk.services.takeReferral({ id, version: 1, by: staffMember('anne') });
    await desk.parts.savedViews.save('anne', { name: 'Mes retards', query: 'retard=1' }, MONDAY);
    await desk.parts.absences.save({ id: 'anne', partner: 'ti-tiltam' }, 0, [
      { id: 'a1', account: 'anne', from: '2024-12-23', to: '2024-12-31', deputy: null },
    ]);
    const anne = await door.signedIn('anne');
    const page = await anne.open('/compte/mes-donnees');
    for (const words of ['anne@example.org', '1 acte', 'Mes retards', '23 décembre 2024'])
      expect(page.text).toContain(words);
    const { agent } = await signInByHand(desk, 'anne');
    const { body } = await agent.get('/compte/mes-donnees.json').expect(200);
    expect(body).toMatchObject({ account: { id: 'anne' }, acts: { taken: 1 }, views: [{ name: 'Mes retards' }] });
    expect(body.audit[0]).toMatchObject({ act: 'personal-data-given', about: { kind: 'account', id: 'anne' } });
    expect(JSON.stringify(body)).not.toContain('bruno');
  });

  it('is erased once the account is closed: acts stay without the name, the audit log is untouched', async () => {
    const { id, project } = await here.arrives();
    await desk.services.takeReferral({ id, version: 1, by: staffMember('bruno') });
    const byAdmin = staffMember('admin');
    await expect(desk.services.eraseAccount(byAdmin, 'bruno')).rejects.toMatchObject({ status: 409 });
    await expect(desk.services.eraseAccount(staffMember('marie'), 'bruno')).rejects.toMatchObject({ status: 403 });
    await expect(desk.services.eraseAccount(byAdmin, 'nobody')).rejects.toMatchObject({ status: 404 });
    await desk.parts.accounts.model.updateOne({ _id: 'bruno' }, { $set: { active: false } });
    const lines = await desk.parts.auditLines.model.find().sort({ _id: 1 }).lean();

    await desk.services.eraseAccount(byAdmin, 'bruno');
    await desk.services.eraseAccount(byAdmin, 'bruno');

    const [account] = await desk.parts.accounts.byIds(['bruno']);
    expect(account).toMatchObject({ name: 'Compte effacé', email: 'bruno@efface.invalid' });
    expect((await marie.open(`/pilotage/projets/${project}`)).text).toContain('Pris en charge par Compte effacé');
    const after = await desk.parts.auditLines.model.find().sort({ _id: 1 }).lean();
    expect(after.slice(0, lines.length)).toEqual(lines);
    expect(await told('account-erased')).toEqual([
      { actor: { account: 'admin' }, about: { kind: 'account', id: 'bruno' } },
    ]);
  });
});
