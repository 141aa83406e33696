import type { EmailId } from '../../../src/domain/emails/catalogue.js';
import type { Referral } from '../../../src/domain/referrals/referral.js';
import { arrivals } from '../../support/arrivals.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const LATER = new Date('2026-11-24T14:05:00+01:00');

let desk: Desk;
let door: Door;
let here: ReturnType<typeof arrivals>;
let anne: Visitor;
let chloe: Visitor;
let marie: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  here = arrivals(desk);
  [anne, chloe, marie] = (await Promise.all(
    (['anne', 'chloe', 'marie'] as const).map((who) => door.signedIn(who)),
  )) as [Visitor, Visitor, Visitor];
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

const arrives = async (title: string, submission = aSubmission()) => {
  const { id, project } = await here.arrives({ ...submission, facts: { ...submission.facts, title } });
  return { project, referral: (await desk.parts.referrals.byId(id)) as Referral };
};
const find = async (project: string, email: EmailId): Promise<string> =>
  (await desk.parts.deliveries.ofProject(project)).find((each) => each.email === email)?.id ?? '';
const leaves = async (project: string, email: EmailId): Promise<string> => {
  const id = await find(project, email);
  await desk.parts.deliveries.markSent(id, { at: MONDAY, messageId: `<${id}@localhost>`, response: '250 ok' });
  return id;
};

const squeeze = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
/** The e-mails that a sheet shows, each as one line. */
const emailsOn = (page: Page): string[] => {
  const title = page.html.querySelector('#courriels');
  const items = title?.parentNode?.querySelectorAll('h2#courriels ~ .email-list li, h2#courriels ~ details li') ?? [];
  return items.map((item) => squeeze(item.textContent));
};
const line = (page: Page, label: string): string => emailsOn(page).find((text) => text.startsWith(label)) ?? '';

describe('the e-mails of a project on its sheet', () => {
  it('say what each is, to whom, and where it stands', async () => {
    const { project, referral } = await arrives('Où en sont les messages');
    await leaves(project, 'holder-receipt');
    const failed = await find(project, 'advisor-new-project');
    await desk.parts.deliveries.markFailed(failed, { because: '550 5.1.1 unknown', final: true, at: MONDAY });
    const second = await find(project, 'advisor-second-reminder');
    await desk.parts.deliveries.markFailed(second, { because: 'connect ECONNREFUSED', final: false, at: MONDAY });
    await desk.parts.deliveries.markCancelled(await find(project, 'lead-escalation'), 'while waiting');
    const page = await anne.open(`/dossiers/${referral.id}`);
    expect(line(page, 'Accusé de réception')).toMatch(
      /à la personne qui porte le projet Envoyé lundi 23 novembre à 9 h 30/,
    );
    expect(line(page, 'Un projet pour vous')).toMatch(
      /à l’équipe du partenaire, .*TILTAM.* Pas arrivé adresse refusée/,
    );
    expect(line(page, 'Relance : un projet')).toMatch(/Prévu mercredi 25 novembre à 9 h 30/);
    expect(line(page, 'Deuxième relance')).toMatch(/Nouvel essai vendredi 27 novembre à 9 h 30 : serveur injoignable/);
    expect(line(page, 'Personne n’a pris')).toMatch(/Annulé le projet n’est plus à prendre/);
    expect(page.text).not.toContain('@example.org Envoyé');
    expect(emailsOn(page)[0]).toContain('Pas arrivé');
  });

  it('that a taken project does not need any more say so, after all the others', async () => {
    const { project, referral } = await arrives('Pris en charge');
    await leaves(project, 'holder-receipt');
    const { id, version } = referral;
    await here.services.takeReferral({ id, version, by: staffMember('anne') });
    const page = await anne.open(`/dossiers/${id}`);
    expect(line(page, 'Le projet est pris en charge')).toMatch(/Prévu lundi 23 novembre à 9 h 40/);
    for (const label of ['Relance : un projet', 'Deuxième relance', 'Personne n’a pris', 'La date promise'])
      expect(line(page, label)).toMatch(/Ne part pas le projet n’est plus à prendre/);
    const shown = emailsOn(page);
    expect(shown.findIndex((text) => text.includes('Ne part pas'))).toBeGreaterThan(
      shown.findIndex((text) => text.includes('Envoyé')),
    );
  });

  it('fold what is beyond six', async () => {
    const { project, referral } = await arrives('Beaucoup de messages');
    const before = emailsOn(await anne.open(`/dossiers/${referral.id}`)).length;
    const receipt = await leaves(project, 'holder-receipt');
    const by = staffMember('anne');
    for (let count = 0; count < 4; count += 1) await here.services.sendAgain(by, receipt, `time-number-${count}`);
    const page = await anne.open(`/dossiers/${referral.id}`);
    expect(emailsOn(page)).toHaveLength(before + 4);
    const folded = page.html.querySelectorAll('#courriels ~ details li');
    expect(folded).toHaveLength(before + 4 - 6);
    expect(page.text).toContain(`Voir les ${before - 2} autres messages`);
  });

  it('hide from a partner what another one’s people were sent, and show what the holder was', async () => {
    const { project, referral } = await arrives('De l’un à l’autre');
    await leaves(project, 'advisor-new-project');
    await here.services.rerouteReferral(
      { id: referral.id, version: referral.version, by: staffMember('anne') },
      { to: 'cci-puy-de-dome', reason: 'other-need', words: 'La CCI connaît ce métier.' },
    );
    const next = (await desk.parts.referrals.ofProject(project)).at(-1)?.id ?? '';
    const theirs = await chloe.open(`/dossiers/${next}`);
    expect(line(theirs, 'Un projet pour vous')).toMatch(/CCI/);
    expect(emailsOn(theirs).filter((text) => text.includes('TILTAM'))).toEqual([]);
    expect(line(theirs, 'Accusé de réception')).not.toBe('');
    const ours = await anne.open(`/dossiers/${referral.id}`);
    expect(line(ours, 'Un projet pour vous')).toMatch(/TILTAM/);
    expect(emailsOn(ours).filter((text) => text.includes('à l’équipe du partenaire, CCI'))).toEqual([]);
    const all = emailsOn(await marie.open(`/pilotage/projets/${project}`));
    expect(all.filter((text) => text.startsWith('Un projet pour vous'))).toHaveLength(2);
  });

  it('are said to be none while there are none', async () => {
    const { project, referral } = await arrives('Rien encore');
    await desk.parts.deliveries.removeOfProjects([project]);
    expect((await anne.open(`/dossiers/${referral.id}`)).text).toContain('Aucun message pour l’instant.');
  });
});

describe('"Envoyer à nouveau"', () => {
  it('asks first, says what leaves to whom, and comes back to the sheet', async () => {
    const { project, referral } = await arrives('À nouveau');
    const receipt = await leaves(project, 'holder-receipt');
    desk.clock.now = LATER;
    const sheet = await anne.open(`/dossiers/${referral.id}`);
    const href = sheet.html.querySelector(`a[href="/courriels/${receipt}/renvoyer"]`);
    expect(squeeze(href?.textContent ?? '')).toMatch(/^Envoyer à nouveau : Accusé de réception/);
    const page = await anne.open(`/courriels/${receipt}/renvoyer`);
    expect(page.text).toContain('à la personne qui porte le projet');
    expect(page.text).toContain('Envoyé lundi 23 novembre à 9 h 30');
    expect(await find(project, 'holder-receipt')).toBe(receipt);
    const done = await anne.send(page, {});
    expect(done.url).toContain(`/dossiers/${referral.id}?fait=renvoi`);
    expect(done.text).toContain('le message part à nouveau');
    expect(emailsOn(done).filter((text) => text.includes('(à nouveau)'))).toHaveLength(1);
    // The same page sent twice, as by a double click.
    const twice = await anne.send(page, {});
    expect(emailsOn(twice).filter((text) => text.includes('(à nouveau)'))).toHaveLength(1);
  });

  it('leads a manager back to the project', async () => {
    const { project } = await arrives('Pour le pilotage');
    const receipt = await leaves(project, 'holder-receipt');
    const done = await marie.send(await marie.open(`/courriels/${receipt}/renvoyer`), {});
    expect(done.url).toContain(`/pilotage/projets/${project}?fait=renvoi`);
    expect(done.text).toContain('le message part à nouveau');
  });

  it('is not offered for what is owed or no longer wanted, and says why when it is asked for', async () => {
    const { project, referral } = await arrives('Plus utile');
    const told = await leaves(project, 'advisor-new-project');
    const owed = await find(project, 'holder-receipt');
    const { id, version } = referral;
    await here.services.takeReferral({ id, version, by: staffMember('anne') });
    const sheet = await anne.open(`/dossiers/${id}`);
    expect(sheet.html.querySelectorAll('a[href^="/courriels/"]')).toHaveLength(0);
    const page = await anne.open(`/courriels/${told}/renvoyer`);
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('le projet n’est plus à prendre')]);
    expect((await anne.open(`/courriels/${owed}/renvoyer`)).text).toContain('pas encore parti');
    expect((await chloe.open(`/courriels/${told}/renvoyer`)).status).toBe(404);
  });
});
