import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2020-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
let anne: Visitor;
let bruno: Visitor;
let chloe: Visitor;
let marie: Visitor;
let at: ReturnType<typeof arrivals>;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  anne = await door.signedIn('anne');
  bruno = await door.signedIn('bruno');
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

/** A project that Anne of TILTAM has taken and brought the CCI in on; `cci`: the referral there. */
const withTheCci = async () => {
  const { id, project, token } = await at.arrives();
  const by = staffMember('anne');
  await at.services.takeReferral({ id, version: 1, by });
  await at.services.bringInPartner({ id, version: 2, by }, { partner: 'cci-puy-de-dome' });
  const all = await desk.parts.referrals.involvedIn(project);
  const cci = all.find(({ partner }) => partner === 'cci-puy-de-dome')?.id ?? '';
  return { id, project, token, cci };
};
const writeNote = async (who: Visitor, id: string, note: string) =>
  who.send(await who.open(`/dossiers/${id}`), { note }, '/notes');
const writeMessage = async (who: Visitor, id: string, message: string) =>
  who.send(await who.open(`/dossiers/${id}`), { message }, '/messages');

describe('notes', () => {
  it('are read by the own partner only, with author and time, as they were written', async () => {
    const { id, cci } = await withTheCci();
    const page = await writeNote(anne, id, 'Elle a <b>deux</b> devis.\nRappeler jeudi.');
    expect(page.text).toContain('Note ajoutée.');
    expect(page.text).toContain('Anne D., lundi 23 novembre, 9 h 30');
    const text = page.html.querySelectorAll('.sheet-aside .as-written').map((note) => note.text);
    expect(text).toEqual(['Elle a <b>deux</b> devis.\nRappeler jeudi.']);
    expect(page.html.querySelectorAll('.sheet-aside b')).toHaveLength(0);
    expect((await bruno.open(`/dossiers/${id}`)).text).toContain('deux');
    expect((await chloe.open(`/dossiers/${cci}`)).text).not.toContain('devis');
    expect((await marie.open(`/dossiers/${id}`)).text).not.toContain('devis');

    await writeNote(chloe, cci, 'Dossier connu de la chambre.');
    expect((await anne.open(`/dossiers/${id}`)).text).not.toContain('Dossier connu');
    expect((await chloe.open(`/dossiers/${cci}`)).text).toContain('Dossier connu');
  });

  it('may not be empty nor too long, and what was typed stays', async () => {
    const { id } = await at.arrives();
    const empty = await writeNote(anne, id, '  ');
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Écrivez votre note.');
    const long = await anne.send(empty, { note: 'x'.repeat(2001) });
    expect(long.status).toBe(422);
    expect(long.text).toContain('Écrivez 2000 caractères au plus.');
    expect(long.html.querySelector('textarea')?.text).toContain('x'.repeat(2001));
    expect(await desk.parts.notes.ofPartner((await desk.parts.referrals.byId(id))?.project ?? '', 'ti-tiltam')).toEqual(
      [],
    );
  });

  it('sent twice are kept once; other words from the same form are another note', async () => {
    const { id, project } = await at.arrives();
    const sheet = await anne.open(`/dossiers/${id}`);
    for (const note of ['Rappeler jeudi.', 'Rappeler jeudi.', 'Ou vendredi.'])
      await anne.send(sheet, { note }, '/notes');
    const kept = await desk.parts.notes.ofPartner(project, 'ti-tiltam');
    expect(kept.map(({ text }) => text).sort()).toEqual(['Ou vendredi.', 'Rappeler jeudi.']);
  });
});

describe('messages between partners', () => {
  it('are read by all that are involved, with an event that holds no text', async () => {
    const { id, project, cci } = await withTheCci();
    const page = await writeMessage(anne, id, 'Pouvez-vous voir le financement ?');
    expect(page.text).toContain('Message envoyé aux partenaires de ce projet.');
    const sheet = await chloe.open(`/dossiers/${cci}`);
    expect(sheet.text).toContain('Pouvez-vous voir le financement ?');
    expect(sheet.text).toContain('Anne D., Territoire d’industrie');
    await writeMessage(chloe, cci, 'Oui, rendez-vous mardi.');
    expect((await anne.open(`/dossiers/${id}`)).text).toContain('Oui, rendez-vous mardi.');
    expect((await marie.open(`/dossiers/${id}`)).text).toContain('Oui, rendez-vous mardi.');
    const events = (await desk.parts.events.ofProject(project)).filter(({ type }) => type === 'shared');
    expect(events.map(({ partner }) => partner)).toEqual(['ti-tiltam', 'cci-puy-de-dome']);
    expect(JSON.stringify(events)).not.toContain('financement');
  });

  it('need somebody to read them', async () => {
    const { id } = await at.arrives();
    expect((await anne.open(`/dossiers/${id}`)).html.querySelector('form[action$="/messages"]')).toBeNull();
    const page = await anne.open(`/dossiers/${id}/messages`);
    expect((await anne.send(page, { message: 'Il y a quelqu’un ?' })).status).toBe(409);
  });

  it('of later days are not read by a partner that let the project go', async () => {
    const { id, cci } = await withTheCci();
    await writeMessage(chloe, cci, 'Écrit avant.');
    const { version } = (await desk.parts.referrals.byId(id)) ?? { version: 0 };
    desk.clock.now = new Date('2020-11-24T10:00:00+01:00');
    const reason = { reason: 'other-need', words: null } as const;
    await at.services.declineReferral({ id, version, by: staffMember('anne') }, reason);
    desk.clock.now = new Date('2020-11-24T11:00:00+01:00');
    const share = { id: '5b0b8a52-6f0b-4b1c-9a53-6d1c8f7b9a11', text: 'Écrit après.' };
    await at.services.shareMessage(staffMember('chloe'), cci, share).catch(() => undefined);
    const sheet = await anne.open(`/dossiers/${id}`);
    expect(sheet.text).toContain('Écrit avant.');
    expect(sheet.text).not.toContain('Écrit après.');
    expect(sheet.html.querySelector('form[action$="/messages"]')).toBeNull();
  });
});

describe('a partner brought in', () => {
  it('sees the project and who follows it, and may not act on it', async () => {
    const { id, cci } = await withTheCci();
    const sheet = await chloe.open(`/dossiers/${cci}`);
    expect(sheet.status).toBe(200);
    expect(sheet.html.querySelector('.tag')?.text).toBe('Associé');
    expect(sheet.text).toContain('Un autre partenaire suit ce projet et vous y associe.');
    expect(sheet.html.querySelector('.sheet-list')?.text).toContain('Anne D.');
    expect(sheet.html.querySelectorAll('.act-list, .sheet-next form')).toHaveLength(0);
    expect((await chloe.open(`/dossiers/${cci}/cloturer`)).status).toBe(409);
    expect((await chloe.open(`/dossiers/${id}`)).status).toBe(404);
    expect((await chloe.open(`/dossiers/${id}/notes`)).status).toBe(404);
  });
});

describe('what is half written', () => {
  it('is kept without JavaScript, shown again, and gone once sent', async () => {
    const { id } = await at.arrives();
    const sheet = await anne.open(`/dossiers/${id}`);
    const kept = await anne.send(
      { ...sheet, html: withAction(sheet, '/notes', `/dossiers/${id}/brouillon?formulaire=note`) },
      { note: 'À moitié' },
      '/brouillon',
    );
    expect(kept.text).toContain('Brouillon enregistré.');
    expect(kept.html.querySelector('textarea#note')?.text).toContain('À moitié');
    expect((await bruno.open(`/dossiers/${id}`)).html.querySelector('textarea#note')?.text.trim()).toBe('');
    await anne.send(kept, { note: 'Entière.' }, '/notes');
    expect((await anne.open(`/dossiers/${id}`)).html.querySelector('textarea#note')?.text.trim()).toBe('');
  });

  it('of an act is found again on its form and on the sheet', async () => {
    const { id } = await at.arrives();
    const form = await anne.open(`/dossiers/${id}/refuser`);
    const html = withAction(form, '/refuser', `/dossiers/${id}/brouillon?formulaire=decline`);
    const again = await anne.send({ ...form, html }, { reason: 'other-place', words: 'Voir la mairie' });
    expect(new URL(again.url).pathname).toBe(`/dossiers/${id}/refuser`);
    expect(again.text).toContain('Votre brouillon du lundi 23 novembre, 9 h 30, est repris.');
    expect(again.html.querySelector('textarea')?.text).toContain('Voir la mairie');
    expect(again.html.querySelector('input[checked]')?.getAttribute('value')).toBe('other-place');
    expect((await anne.open(`/dossiers/${id}`)).html.querySelector('.sheet-drafts')?.text).toContain('Refuser');
    await anne.send(again, { reason: 'other-place', words: 'Voir la mairie' });
    expect((await anne.open(`/dossiers/${id}`)).html.querySelector('.sheet-drafts')).toBeNull();
  });

  it('is kept while one types: a status and nothing else', async () => {
    const { id } = await at.arrives();
    const { agent, tokenIn } = await signInByHand(desk, 'anne');
    const form = await agent.get(`/dossiers/${id}/precision`);
    const body = { _csrf: tokenIn(form.text), version: '1', question: 'Combien' };
    const save = (address: string) => agent.post(address).type('form').accept('application/json').send(body);
    await save(`/dossiers/${id}/brouillon?formulaire=askHolder`).expect(204);
    const [draft] = await at.services.readNoteDrafts(staffMember('anne'), id);
    expect(draft?.values).toEqual({ question: 'Combien' });
    await save(`/dossiers/${id}/brouillon?formulaire=autre`).expect(404);
    await save('/dossiers/nothing/brouillon?formulaire=note').expect(404);
    await agent
      .post(`/dossiers/${id}/brouillon?formulaire=askHolder`)
      .type('form')
      .accept('application/json')
      .send({ ...body, question: '' })
      .expect(204);
    expect(await at.services.readNoteDrafts(staffMember('anne'), id)).toEqual([]);
  });

  it('of another partner’s project is refused as if there were none', async () => {
    const { id } = await at.arrives();
    const draft = { referral: id, form: 'note', values: { note: 'x' } } as const;
    await expect(at.services.saveNoteDraft(staffMember('chloe'), draft)).rejects.toMatchObject({ status: 404 });
    await expect(at.services.addNote(staffMember('chloe'), id, { id: 'a', text: 'x' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(at.services.addNote(staffMember('marie'), id, { id: 'a', text: 'x' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is shown to be copied when the session has ended, and nothing of it is stored', async () => {
    const { id } = await at.arrives();
    const visitor = await door.signedIn('bruno');
    const form = await visitor.open(`/dossiers/${id}/refuser`);
    await desk.parts.accounts.model.updateOne({ _id: 'bruno' }, { $set: { active: false } });
    try {
      const page = await visitor.send(form, { reason: 'other', words: 'Une longue <i>phrase</i> à garder.' });
      expect(page.status).toBe(403);
      expect(page.text).toContain('Rien n’est parti.');
      expect(page.html.querySelector('.as-written')?.text).toContain('Une longue');
      expect(page.html.querySelector('main a')?.getAttribute('href')).toBe(
        `/connexion?suite=${encodeURIComponent(`/dossiers/${id}/refuser`)}`,
      );
    } finally {
      await desk.parts.accounts.model.updateOne({ _id: 'bruno' }, { $set: { active: true } });
    }
    expect((await desk.parts.referrals.byId(id))?.state).toBe('waiting');
  });
});

it('erasure takes notes, messages and drafts away', async () => {
  const { id, project, token, cci } = await withTheCci();
  await writeNote(anne, id, 'Un secret de Camille.');
  await writeMessage(chloe, cci, 'Un message sur Camille.');
  const values = { words: 'Camille a dit' };
  await at.services.saveNoteDraft(staffMember('anne'), { referral: id, form: 'close', values });
  await at.services.eraseProject(token);
  expect(await desk.parts.notes.ofPartner(project, 'ti-tiltam')).toEqual([]);
  expect(await at.services.readNoteDrafts(staffMember('anne'), id)).toEqual([]);
  for (const { notes } of await desk.parts.referrals.involvedIn(project)) expect(notes).toEqual([]);
  const sheet = await anne.open(`/dossiers/${id}`);
  expect(sheet.text).not.toContain('Camille');
  expect(sheet.html.querySelector('.note-form')).toBeNull();
  const late = at.services.addNote(staffMember('anne'), id, { id: 'late', text: 'Trop tard.' });
  await expect(late).rejects.toMatchObject({ status: 409 });
});

/** The same page, as its button with another address sends the form. */
function withAction(page: { html: Awaited<ReturnType<Visitor['open']>>['html'] }, from: string, to: string) {
  page.html.querySelector(`main form[action$="${from}"]`)?.setAttribute('action', to);
  return page.html;
}
