import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, signInByHand, staffMember } from '../../support/staff.js';
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

let visitors = 0;
const arrives = async (title: string, changes: Parameters<typeof aSubmission>[0] = {}) => {
  visitors += 1;
  await services.saveDraft(`visitor-${visitors}`, {});
  const submission = aSubmission({ ...changes, facts: { title, ...changes?.facts } });
  const { project } = await services.submitProject({ visitor: `visitor-${visitors}`, submission });
  return (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
};
const stateOf = async (id: string) => (await desk.parts.referrals.byId(id))?.state;
const squeeze = (text: string | undefined): string => (text ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
const linesOf = (page: Page): string[] => page.html.querySelectorAll('.many li').map((line) => squeeze(line.text));
const seen = (ids: string[], version = 1): string[] => ids.map((id) => `${id}.${version}`);

/** What the queue's form sends, without looking for the rows on its pages. */
const choose = async (visitor: Visitor, act: string, choisis: string[]): Promise<Page> =>
  visitor.send(await visitor.open('/dossiers'), { acte: act, choisis }, '/dossiers/plusieurs');

describe('acting on many at once', () => {
  it('takes what is ticked in the queue, and says so for each, also when the page is read again', async () => {
    const ids = [await arrives('Premier'), await arrives('Deuxième')];
    const queue = await anne.open('/dossiers');
    const ticks = queue.html.querySelectorAll('input[name="choisis"]').map((tick) => tick.getAttribute('value') ?? '');
    expect(ticks).toEqual(expect.arrayContaining(seen(ids)));
    const asked = await choose(anne, 'take', seen(ids));
    expect(asked.status).toBe(200);
    expect(linesOf(asked)).toEqual(['Premier', 'Deuxième']);
    expect(await stateOf(ids[0] ?? '')).toBe('waiting');

    const done = await anne.send(asked, {});
    expect(done.url).toBe(`${door.base}/dossiers/plusieurs/resultat`);
    expect(done.text).toContain('C’est fait pour les 2 projets.');
    expect(linesOf(done)).toEqual(['fait Premier', 'fait Deuxième']);
    const before = await desk.parts.referrals.byId(ids[0] ?? '');
    expect(before).toMatchObject({ state: 'taken', takenBy: 'anne', version: 2 });
    expect(linesOf(await anne.open('/dossiers/plusieurs/resultat'))).toHaveLength(2);
    expect(linesOf(await anne.send(asked, {}))).toEqual(['fait Premier', 'fait Deuxième']);
    expect((await desk.parts.referrals.byId(ids[0] ?? ''))?.version).toBe(2);
  });

  it('does what can be done, and says who was faster and what is not allowed for the rest', async () => {
    const [free, taken, closed] = [await arrives('Libre'), await arrives('Pris avant'), await arrives('Clos avant')];
    const bruno = staffMember('bruno');
    const asked = await choose(anne, 'take', seen([free, taken, closed]));
    await services.takeReferral({ id: taken, version: 1, by: bruno });
    await services.takeReferral({ id: closed, version: 1, by: bruno });
    const closing = { outcome: 'no_solution', words: null } as const;
    await services.closeReferral({ id: closed, version: 2, by: bruno }, closing);

    const done = await anne.send(asked, {});
    expect(done.text).toContain('C’est fait pour 1 projet sur 3.');
    const lines = linesOf(done);
    expect(lines[0]).toContain('pas fait Pris avant Bruno P. a déjà pris ce projet en charge.');
    expect(lines[1]).toContain('pas fait Clos avant Ce projet est maintenant : sans solution.');
    expect(lines[2]).toBe('fait Libre');
  });

  it('gives them to a colleague', async () => {
    const ids = [await arrives('À confier'), await arrives('À confier aussi')];
    const asked = await choose(anne, 'transfer', seen(ids));
    expect((await anne.send(asked, {})).text).toContain('Choisissez une personne.');
    expect((await anne.send(asked, { to: 'chloe' })).text).toContain('Rien n’a pu être fait.');
    const to = (await desk.parts.referrals.byId(ids[0] ?? ''))?.assignee === 'lea' ? 'bruno' : 'lea';
    await anne.send(asked, { to });
    expect((await desk.parts.referrals.byId(ids[0] ?? ''))?.assignee).toBe(to);
  });

  it('closes them with one outcome, with or without words, and keeps what was typed when something is missing', async () => {
    const ids = [await arrives('À clore'), await arrives('À clore aussi')];
    for (const id of ids) await services.takeReferral({ id, version: 1, by: staffMember('anne') });
    const asked = await choose(anne, 'close', seen(ids, 2));
    const missing = await anne.send(asked, { words: 'Des mots à garder.' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('Choisissez comment ces projets ont fini.');
    expect(missing.html.querySelector('textarea')?.text).toContain('Des mots à garder.');
    expect((await anne.send(missing, { outcome: 'helped' })).text).toContain('Choisissez le genre d’aide.');
    const done = await anne.send(missing, { outcome: 'helped', help: 'advice' });
    expect(done.text).toContain('C’est fait pour les 2 projets.');
    const closed = await desk.parts.referrals.byId(ids[1] ?? '');
    expect(closed).toMatchObject({ state: 'helped', outcome: 'helped', help: 'advice', notes: [] });
  });

  it('says before asking what cannot be done, and asks nothing when nothing can', async () => {
    const id = await arrives('Pas encore pris');
    const page = await choose(anne, 'close', seen([id]));
    expect(linesOf(page)).toEqual(['Pas encore pris Pas possible : à prendre.']);
    expect(page.html.querySelector('main form')).toBeNull();
  });

  it('without a choice, or with too many, says what to do', async () => {
    await arrives('Là pour le formulaire');
    const none = await choose(anne, 'take', []);
    expect(none.status).toBe(422);
    expect(none.text).toContain('Cochez au moins un projet dans la liste.');
    const many = await choose(anne, 'take', seen(Array.from({ length: 101 }, (_, count) => `id-${count}`)));
    expect(many.status).toBe(422);
    expect(many.text).toContain('Choisissez 100 projets au plus.');
    expect((await choose(anne, 'decline', ['id.1'])).status).toBe(422);
  });

  it('leads back to the queue with its filters', async () => {
    const id = await arrives('Filtré');
    const asked = await choose(anne, 'take', seen([id]));
    await anne.open('/dossiers?besoin=industrie-du-futur&panier=en-cours');
    const done = await anne.send(asked, {});
    const back = done.html.querySelector('main a.button')?.getAttribute('href') ?? '';
    expect((await anne.open(back)).url).toContain('panier=en-cours');
  });

  it('says of another partner’s project what it says of none, and leaves it alone', async () => {
    const id = await arrives('Chez TILTAM');
    const { agent, tokenIn } = await signInByHand(desk, 'paul');
    const _csrf = tokenIn((await agent.get('/dossiers')).text);
    const tell = async (one: string) => {
      const form = { _csrf, acte: 'take', choisis: `${one}.1` };
      const asked = await agent.post('/dossiers/plusieurs').type('form').send(form).expect(200);
      await agent.post('/dossiers/plusieurs/faire').type('form').send(form).expect(303);
      const done = await agent.get('/dossiers/plusieurs/resultat').expect(200);
      return [asked.text, done.text].map((page) => page.replaceAll(one, 'ONE').replace(/_csrf" value="[^"]+/g, ''));
    };
    expect(await tell(id)).toEqual(await tell('nothing'));
    expect(await stateOf(id)).toBe('waiting');
  });

  it('reads a lost choice as none', async () => {
    expect((await anne.open('/dossiers/plusieurs')).html.querySelector('h1')?.text).toBe('Vos projets');
    const bruno = await door.signedIn('bruno');
    expect((await bruno.open('/dossiers/plusieurs/resultat')).html.querySelector('h1')?.text).toBe('Vos projets');
  });
});
