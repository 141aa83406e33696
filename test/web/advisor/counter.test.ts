import { CUTLER } from '../../support/fillIn.js';
import { addStaff, type Door, openDoor, type StaffName } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-16T09:30:00+01:00');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});

const ON_PAGE: Record<string, string[]> = {
  besoin: ['besoins'],
  situation: ['besoin-principal', 'avancement', 'vous', 'lieu'],
  projet: ['activite', 'projet', 'entreprise', 'deja-en-contact'],
  contact: ['contact'],
};
const BY_PHONE = { name: 'Paul M.', phone: '04 73 80 00 01', consent: 'yes', how: 'said' };

const pageAt = ({ url }: Page): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** Types a project from its first page to "check before sending". */
const typeIn = async (visitor: Visitor, contact: object = BY_PHONE, channel = 'telephone'): Promise<Page> => {
  let page = await visitor.send(await visitor.open('/guichet'), { channel }, '/guichet');
  for (let turn = 0; turn < 4; turn += 1) {
    const slug = pageAt(page);
    const answers = (ON_PAGE[slug] ?? []).map((step) => (step === 'contact' ? contact : CUTLER[step]));
    page = await visitor.send(page, Object.assign({}, ...answers));
  }
  return page;
};

const enter = async (who: StaffName, contact: object = BY_PHONE): Promise<{ page: Page; id: string; me: Visitor }> => {
  const me = await door.signedIn(who);
  const page = await me.send(await typeIn(me, contact), {});
  return { me, page, id: pageAt(page) };
};
const projectOf = async (id: string) => {
  const project = await desk.parts.projects.byId(id);
  if (!project) throw new Error(`no project ${id}`);
  return project;
};
const sendMail = async (project: string): Promise<string[]> => {
  const owed = await desk.parts.deliveries.ofProject(project);
  const sent = [];
  for (const { id } of owed) sent.push(await desk.services.sendDelivery(id));
  return sent;
};

describe('entering a project for somebody', () => {
  it.each(['anne', 'lea', 'marie'] as const)('goes from the first question to the receipt for %s', async (who) => {
    const { page, id } = await enter(who);
    expect(page.text).toContain('TILTAM');
    expect(page.text).toContain('Une personne vous appelle avant mercredi 18 novembre');
    const project = await projectOf(id);
    expect(project.reference).toMatch(/^26-/);
    expect(page.text).toContain(project.reference);
    expect(project).toMatchObject({ channel: 'telephone', contact: { email: null, phone: '04 73 80 00 01' } });
    expect(project.consent).toMatchObject({ by: who, how: 'said', at: MONDAY });
    const [submitted, referred] = await desk.parts.events.ofProject(id);
    expect(submitted).toMatchObject({ type: 'submitted', actor: { role: expect.any(String), account: who } });
    expect(referred).toMatchObject({ type: 'referred', actor: { role: 'system' }, partner: 'ti-tiltam' });
  });

  it('keeps what was typed, here and on the server, until it is put right', async () => {
    const me = await door.signedIn('anne');
    const first = await me.send(await me.open('/guichet'), { channel: 'guichet' }, '/guichet');
    const empty = await me.send(first, {});
    expect(empty.status).toBe(422);
    const second = await me.send(empty, { needs: ['skills', 'water'] });
    const wrong = await me.send(second, { mainNeed: 'water', stage: 'growth', holderKind: 'company', place: 'Thierz' });
    expect(wrong.status).toBe(422);
    expect(wrong.html.querySelector('.error-summary')?.text).toContain('Nous ne trouvons pas cette commune');
    expect(wrong.html.querySelector('#place')?.getAttribute('value')).toBe('Thierz');
    expect(wrong.html.querySelector('input[value="growth"]')?.hasAttribute('checked')).toBe(true);
    const again = await me.open(wrong.url);
    expect(again.html.querySelector('input[value="growth"]')?.hasAttribute('checked')).toBe(true);
    const tooFar = await me.open(wrong.url.replace('situation', 'contact'));
    expect(pageAt(tooFar)).toBe('situation');
  });

  it('keeps half a story when the person hangs up, in a list of the account alone, and forgets it when asked', async () => {
    const me = await door.signedIn('bruno');
    let page = await me.send(await me.open('/guichet'), { channel: 'telephone' }, '/guichet');
    page = await me.send(page, { needs: 'water' });
    page = await me.send(page, { stage: 'growth', holderKind: 'company', place: 'Thiers' });
    const half = page.url;
    const list = await me.send(page, { title: 'Une laiterie', pause: '1' });
    expect(list.text).toContain('« Une laiterie »');
    expect(list.text).toContain('Par téléphone');
    const resumed = await me.open(list.html.querySelector('.counter-row a')?.getAttribute('href') ?? '');
    expect(resumed.html.querySelector('#title')?.getAttribute('value')).toBe('Une laiterie');
    const colleague = await door.signedIn('anne');
    expect((await colleague.open(half)).status).toBe(404);
    expect((await colleague.open('/guichet')).text).not.toContain('Une laiterie');
    const forgotten = await me.send(await me.open('/guichet'), {}, '/abandonner');
    expect(forgotten.text).toContain('Aucune saisie en cours');
    expect((await me.open(half)).status).toBe(404);
  });

  it('asks for an e-mail address or a telephone number, one of both', async () => {
    const me = await door.signedIn('anne');
    const neither = await typeIn(me, { name: 'Paul M.', consent: 'yes', how: 'said' });
    expect(neither.status).toBe(422);
    expect(neither.text).toContain('Sans adresse e-mail, il faut un numéro de téléphone.');
    const byEmail = await me.send(neither, { name: 'Paul M.', email: 'paul@example.org', consent: 'yes', how: 'said' });
    expect(pageAt(byEmail)).toBe('verification');
    const silent = await typeIn(me, { name: 'Paul M.', phone: '04 73 80 00 01', consent: 'yes' });
    expect(silent.text).toContain('Dites comment la personne a donné son accord.');
  });

  it('makes one project of a double click', async () => {
    const me = await door.signedIn('anne');
    const check = await typeIn(me);
    const [one, two] = await Promise.all([me.send(check, {}), me.send(check, {})]);
    expect(pageAt(one)).toBe(pageAt(two));
    const late = await me.send(check, {});
    expect(pageAt(late)).toBe(pageAt(one));
    expect(await desk.parts.referrals.ofProject(pageAt(one))).toHaveLength(1);
  });
});

describe('the decision', () => {
  const KEPT = { reason: 'known-here', words: 'Nous l’avons reçu hier.' };

  it('is shown with why, and goes as the rules say', async () => {
    const me = await door.signedIn('chloe');
    const check = await typeIn(me);
    expect(check.text).toContain('Envoyer à TILTAM');
    expect(check.text).toContain('Garder chez nous');
    const receipt = await me.send(check, {});
    const [referral] = await desk.parts.referrals.ofProject(pageAt(receipt));
    expect(referral?.partner).toBe('ti-tiltam');
  });

  it('is kept beside the project when an advisor keeps it at the own partner, with a reason', async () => {
    const me = await door.signedIn('chloe');
    const check = await typeIn(me);
    const without = await me.send(check, {}, 'choix=autre');
    expect(without.status).toBe(422);
    expect(without.text).toContain('Choisissez une raison.');
    const receipt = await me.send(without, KEPT, 'choix=autre');
    const id = pageAt(receipt);
    const project = await projectOf(id);
    expect(project.decision).toMatchObject({ outcome: 'routed', main: 'ti-tiltam' });
    expect(project.override).toMatchObject({ partner: 'cci-puy-de-dome', kind: 'kept', ...KEPT });
    const referred = (await desk.parts.events.ofProject(id)).find(({ type }) => type === 'referred');
    const kept = { partner: 'cci-puy-de-dome', reason: 'kept', actor: { role: 'advisor', account: 'chloe' } };
    expect(referred).toMatchObject(kept);
    expect(JSON.stringify(await desk.parts.events.ofProject(id))).not.toContain('hier');
    expect((await projectOf(id)).state).toBe('waiting');
  });

  it('may be another one for a manager, who chooses as in triage', async () => {
    const me = await door.signedIn('marie');
    const choice = { partner: 'cci-puy-de-dome', reason: 'from-text' };
    const receipt = await me.send(await typeIn(me), choice, 'choix=autre');
    const id = pageAt(receipt);
    const referred = (await desk.parts.events.ofProject(id)).find(({ type }) => type === 'referred');
    expect(referred).toMatchObject({ partner: 'cci-puy-de-dome', reason: 'from-text', actor: { role: 'manager' } });
  });

  it('is never confirmed unseen', async () => {
    const me = await door.signedIn('chloe');
    const check = await typeIn(me);
    check.html.querySelector('input[name="decided"]')?.setAttribute('value', 'routed:cci-allier');
    const refused = await me.send(check, {});
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Relisez l’orientation');
  });

  it('comes with a hint when the own partner has a project very close, and with none to another partner', async () => {
    const contact = { ...BY_PHONE, phone: '04 73 80 77 77' };
    await enter('anne', contact);
    const own = await typeIn(await door.signedIn('bruno'), contact);
    expect(own.text).toContain('Un projet très proche existe déjà');
    const foreign = await typeIn(await door.signedIn('chloe'), contact);
    expect(foreign.text).not.toContain('très proche');
  });
});

describe('the receipt', () => {
  it('is for who entered the project and for the partner that has it', async () => {
    const { page, id } = await enter('chloe', { ...BY_PHONE, how: 'signed' });
    expect(page.text).toContain('Signature de la personne');
    expect((await (await door.signedIn('anne')).open(`/guichet/recepisse/${id}`)).status).toBe(200);
    expect((await (await door.signedIn('paul')).open(`/guichet/recepisse/${id}`)).status).toBe(404);
    expect((await (await door.signedIn('marie')).open(`/guichet/recepisse/${id}`)).status).toBe(404);
  });

  it('carries the address of the follow-up page when the person wants it, or has an e-mail', async () => {
    const { page, me } = await enter('anne');
    expect(page.html.querySelector('.paper-code')).toBeNull();
    const asked = await me.send(page, {});
    const link = asked.html.querySelector('.paper-address')?.text ?? '';
    expect(asked.html.querySelector('.paper-code svg')).not.toBeNull();
    const followed = await door.visitor().open(new URL(link).pathname);
    expect(followed.status).toBe(200);
    const { page: second } = await enter('anne', { ...BY_PHONE, email: 'paul@example.org' });
    expect(second.html.querySelector('.paper-address')?.text).toContain('/suivi/');
  });
});

describe('a person without an e-mail address', () => {
  it('is told on the telephone what others read, and each line is ticked off', async () => {
    const { id, me } = await enter('anne', { ...BY_PHONE, name: 'Odile V.' });
    expect(await sendMail(id)).toContain('to call');
    const [referral] = await desk.parts.referrals.ofProject(id);
    const by = {
      id: 'anne',
      email: 'anne@example.org',
      name: 'Anne D.',
      role: 'advisor',
      partner: 'ti-tiltam',
    } as const;
    await desk.services.takeReferral({ id: referral?.id ?? '', version: referral?.version ?? 1, by });
    desk.clock.now = new Date(MONDAY.getTime() + 15 * 60_000);
    await sendMail(id);
    const lines = await me.open('/dossiers/a-appeler');
    expect(lines.text).toContain('Odile V.');
    expect(lines.text).toContain('Appeler 04 73 80 00 01');
    expect(lines.text).toContain('prend votre projet en charge');
    expect(lines.text).not.toContain('http');
    expect((await (await door.signedIn('chloe')).open('/dossiers/a-appeler')).text).not.toContain('Odile V.');
    const before = lines.html.querySelectorAll('.to-call').length;
    const after = await me.send(lines, {}, '/a-appeler/');
    expect(after.html.querySelectorAll('.to-call')).toHaveLength(before - 1);
    const said = (await desk.parts.deliveries.ofProject(id)).filter(({ toCall }) => toCall?.done);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ sentAt: null, toCall: { by: 'anne', done: desk.clock.now } });
  });

  it('has its lines found by their index, as many as are shown', async () => {
    const filter = { 'toCall.partner': 'ti-tiltam', 'toCall.done': null };
    const found = desk.parts.deliveries.model.find(filter).sort({ 'toCall.since': 1, _id: 1 }).limit(50);
    const plan = (await found.explain('executionStats')) as unknown as {
      executionStats: { totalDocsExamined: number; nReturned: number };
    };
    const { totalDocsExamined, nReturned } = plan.executionStats;
    expect(totalDocsExamined).toBe(nReturned);
  });

  it('is not hidden behind lines that have become pointless, however many', async () => {
    const { id } = await enter('anne');
    await sendMail(id);
    const { deliveries } = desk.parts;
    const [line] = await deliveries.model.find({ project: id, 'toCall.partner': 'ti-tiltam' }).lean();
    const toCall = { ...line?.toCall, since: new Date(MONDAY.getTime() - 3_600_000) };
    // Nobody has it in hand any more.
    const old = (nth: number) => ({ ...line, email: 'holder-taken', toCall, _id: `old-${nth}`, key: `old-${nth}` });
    await deliveries.model.insertMany(Array.from({ length: 60 }, (_, nth) => old(nth)));
    const { id: other, me } = await enter('anne', { ...BY_PHONE, name: 'Berthe L.' });
    await sendMail(other);
    expect((await me.open('/dossiers/a-appeler')).text).toContain('Berthe L.');
  });

  it('has lines that nobody of another partner may tick off', async () => {
    const { id } = await enter('anne');
    await sendMail(id);
    const line = (await desk.parts.deliveries.ofProject(id)).find(({ toCall }) => toCall);
    const me = await door.signedIn('chloe');
    const page = await me.open('/guichet');
    page.html.querySelector('main form')?.setAttribute('action', `/dossiers/a-appeler/${line?.id}`);
    expect((await me.send(page, {})).status).toBe(404);
  });

  it('corrects the contact data without giving an address', async () => {
    const { id } = await enter('anne');
    const token = await desk.parts.links.create({ purpose: 'follow-up', project: id }, MONDAY);
    const visitor = door.visitor();
    const form = await visitor.open(`/suivi/${token}/coordonnees`);
    await visitor.send(form, { name: 'Paule M.', phone: '04 73 80 00 02' });
    expect((await projectOf(id)).contact).toMatchObject({ name: 'Paule M.', email: null, phone: '04 73 80 00 02' });
  });

  it('is forgotten whole: nothing of the entry, the reason or the lines outlives the erasure', async () => {
    const me = await door.signedIn('chloe');
    const check = await typeIn(me, { ...BY_PHONE, name: 'Zoé Unique' });
    const instead = { reason: 'other', words: 'Zoé Unique est venue' };
    const id = pageAt(await me.send(check, instead, 'choix=autre'));
    await sendMail(id);
    const token = await desk.parts.links.create({ purpose: 'follow-up', project: id }, MONDAY);
    await desk.services.eraseProject(token);
    expect(JSON.stringify(await projectOf(id))).not.toContain('Zoé');
    expect(await desk.parts.counterDrafts.model.find({ project: id }).lean()).toEqual([]);
    expect((await me.open('/dossiers/a-appeler')).text).not.toContain('Zoé');
    expect((await desk.parts.deliveries.ofProject(id)).every(({ toCall }) => toCall === null)).toBe(true);
  });
});

describe('the counter', () => {
  it('is nothing that the address of a link can claim', async () => {
    const visitor = door.visitor();
    await visitor.open('/projet?via=guichet');
    const drafts = await desk.parts.drafts.model.find({ channel: 'guichet' }).lean();
    expect(drafts).toEqual([]);
  });

  it('has its own lines among the entry links of the figures', async () => {
    await enter('anne');
    const page = await (await door.signedIn('marie')).open('/pilotage');
    expect(page.text).toContain('Par téléphone');
  });

  it('sends who is not signed in to sign in', async () => {
    const page = await door.visitor().open('/guichet');
    expect(pageAt(page)).toBe('connexion');
  });

  it.each(['/dossiers/a-appeler/some-line', '/guichet/saisie/some-entry/abandonner'])(
    'brings who signs in again after sending %s back to the list that it is about',
    async (address) => {
      const page = await (await door.signedIn('anne')).open(address);
      expect([page.status, pageAt(page)]).toEqual([200, address.includes('guichet') ? 'guichet' : 'a-appeler']);
    },
  );
});
