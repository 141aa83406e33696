import type { Flag } from '../../../src/domain/referrals/referral.js';
import { CUTLER, fillIn, sendProject } from '../../support/fillIn.js';
import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page, Visitor } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let desk: Desk;
let door: Door;
beforeEach(async () => {
  desk = await startDesk({ at: MONDAY, humanSeconds: 20 });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterEach(async () => {
  await door.close();
  await desk.stop();
});

const pass = (milliseconds: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + milliseconds);
};
const all = () => desk.parts.projects.byEmail('camille@example.org', new Date(0));
const newest = async () => {
  const [project] = await all();
  if (!project) throw new Error('no project');
  return project;
};
const withProject = (changes: Record<string, string>) => ({ ...CUTLER, projet: { ...CUTLER['projet'], ...changes } });
const checkPage = async (visitor: Visitor, answers = CUTLER): Promise<Page> => {
  const page = await fillIn(visitor, answers);
  pass(MINUTE);
  return page;
};
const pathOf = (page: Page): string => new URL(page.url).pathname;

describe('an honest sending', () => {
  it('goes to the partner, without a flag', async () => {
    const visitor = door.visitor();
    const receipt = await visitor.send(await checkPage(visitor), { remarque: '' });
    expect(pathOf(receipt)).toMatch(/^\/suivi\//);
    expect(await newest()).toMatchObject({ flags: [], state: 'waiting', decision: { main: 'ti-tiltam' } });
  });

  it('has a field that nobody meets: hidden, out of the way of the keyboard, never filled in by the browser', async () => {
    const page = await checkPage(door.visitor());
    const field = page.html.querySelector('input[name="remarque"]');
    expect(field?.getAttribute('tabindex')).toBe('-1');
    expect(field?.getAttribute('autocomplete')).toBe('off');
    expect(field?.closest('[aria-hidden="true"]')?.classList.contains('unseen')).toBe(true);
  });
});

describe('what looks like a robot’s', () => {
  const isHeld = async (receipt: Page, flags: Flag[]): Promise<void> => {
    expect(pathOf(receipt)).toMatch(/^\/suivi\//);
    expect(receipt.status).toBe(200);
    const project = await newest();
    expect(project).toMatchObject({ flags, state: 'triage', decision: { outcome: 'triage', main: null } });
    expect(await desk.parts.referrals.ofProject(project.id)).toEqual([]);
  };

  it('with the hidden field filled in gets its receipt, and a person reads it first', async () => {
    const visitor = door.visitor();
    await isHeld(await visitor.send(await checkPage(visitor), { remarque: 'http://spam.example' }), ['honeypot']);
  });

  it('with the hidden field sent twice over, too', async () => {
    const visitor = door.visitor();
    await isHeld(await visitor.send(await checkPage(visitor), { remarque: ['', 'x'] }), ['honeypot']);
  });

  it.each([
    [19_999, true],
    [20_000, false],
  ])('sent %d ms after the first answer: held back is %s', async (milliseconds, expected) => {
    const visitor = door.visitor();
    const page = await fillIn(visitor);
    pass(milliseconds);
    const receipt = await visitor.send(page, {});
    if (expected) await isHeld(receipt, ['too-fast']);
    else expect(await newest()).toMatchObject({ flags: [], state: 'waiting' });
  });

  it('is told to managers in words, with the partner that the rules propose, and may be sent on', async () => {
    const visitor = door.visitor();
    await visitor.send(await fillIn(visitor), { remarque: 'x' });
    const marie = await door.signedIn('marie');
    const triage = await marie.open('/pilotage/a-orienter');
    expect(triage.text).toContain('À lire avant tout envoi. Les règles proposent Territoire d’industrie');
    expect(triage.text).toContain('Champ invisible rempli Un champ que personne ne voit a été rempli.');
    expect(triage.text).toContain('Envoi très rapide Envoyé plus vite qu’une personne ne répond.');

    const { id } = await newest();
    const sheet = await marie.open(`/pilotage/projets/${id}`);
    expect(sheet.text).toContain('Champ invisible rempli');
    const form = await marie.open(`/pilotage/projets/${id}/envoyer`);
    const sent = await marie.send(form, { partner: 'ti-tiltam', reason: 'from-text' });
    expect(sent.text).toContain('Projet envoyé.');
    expect(await newest()).toMatchObject({ state: 'waiting', flags: ['honeypot', 'too-fast'] });
  });

  it('an advertisement is set aside, and listed with its flag', async () => {
    const visitor = door.visitor();
    const offer = {
      title: 'Offre de prêt',
      summary: 'Offre de prêt entre particulier, crédit rapide. Répondez vite, sans engagement.',
    };
    await visitor.send(await checkPage(visitor, { ...withProject(offer), besoins: { needs: 'unknown' } }), {});
    expect(await newest()).toMatchObject({ flags: ['solicitation'], state: 'rejected' });
    const triage = await (await door.signedIn('marie')).open('/pilotage/a-orienter');
    expect(triage.text).toContain(
      'Publicité ou emploi Le texte ressemble à une publicité ou à une recherche d’emploi.',
    );
  });
});

describe('nearly the same project again', () => {
  const again = async (answers = CUTLER, visitor = door.visitor()): Promise<{ visitor: Visitor; page: Page }> => ({
    visitor,
    page: await visitor.send(await checkPage(visitor, answers), {}),
  });

  it('is asked about, and shows nothing of the first one', async () => {
    await sendProject(door.visitor());
    pass(DAY);
    const { page } = await again(withProject({ title: 'Robot à l’émouture' }));
    expect(pathOf(page)).toBe('/projet/deja-envoye');
    expect(page.text).toContain('Vous avez déjà envoyé un projet très proche');
    expect(page.text).not.toContain((await newest()).reference);
    expect(page.html.toString()).not.toContain((await newest()).id);
    expect(page.html.querySelector('form[action="/lien-perdu"] input[name="email"]')?.getAttribute('value')).toBe(
      'camille@example.org',
    );
    expect(page.html.querySelector('form[action="/projet/deja-envoye"]')).toBeNull();
    expect(await all()).toHaveLength(1);
  });

  it('is sent all the same when the person says so: routed as usual, with a flag', async () => {
    await sendProject(door.visitor());
    const { visitor, page } = await again();
    const receipt = await visitor.send(page, {}, '/projet/verification');
    expect(pathOf(receipt)).toMatch(/^\/suivi\//);
    expect(await all()).toHaveLength(2);
    expect(await newest()).toMatchObject({ flags: ['sent-again'], state: 'waiting' });
  });

  it('opens the first one in the browser that sent it', async () => {
    const visitor = door.visitor();
    await visitor.send(await checkPage(visitor), {});
    pass(DAY);
    const { page } = await again(CUTLER, visitor);
    const opened = await visitor.send(page, {}, '/projet/deja-envoye');
    expect(pathOf(opened)).toMatch(/^\/suivi\//);
    expect(opened.text).toContain((await newest()).reference);
    expect(await all()).toHaveLength(1);
  });

  it('has the link of the first one sent to its e-mail', async () => {
    await sendProject(door.visitor());
    const { visitor, page } = await again();
    const answer = await visitor.send(page, {}, '/lien-perdu');
    expect(answer.status).toBe(200);
    const owed = await desk.parts.deliveries.model.find({ email: 'holder-link-again' }).lean();
    expect(owed).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  it('opens nothing in another browser: its link goes by e-mail only', async () => {
    await sendProject(door.visitor());
    expect(await desk.services.openNearProject('another', await newest())).toBeNull();
  });

  it.each([
    ['another e-mail', { ...CUTLER, contact: { ...CUTLER['contact'], email: 'dominique@example.org' } }, 0],
    [
      'another text',
      withProject({ title: 'De l’eau', summary: 'Notre atelier consomme trop d’eau, nous voulons la recycler.' }),
      0,
    ],
    ['15 days later', CUTLER, 15 * DAY],
  ])('is not asked about with %s', async (_, answers, later) => {
    await sendProject(door.visitor());
    pass(later);
    const { page } = await again(answers as typeof CUTLER);
    expect(pathOf(page)).toMatch(/^\/suivi\//);
  });

  it('is asked about 13 days later', async () => {
    await sendProject(door.visitor());
    pass(13 * DAY);
    expect(pathOf((await again()).page)).toBe('/projet/deja-envoye');
  });

  it('speaks English, too', async () => {
    await sendProject(door.visitor());
    const visitor = door.visitor();
    await visitor.open('/?lang=en');
    const { page } = await again(CUTLER, visitor);
    expect(page.text).toContain('You have already sent a project very much like this one');
    expect(page.html.querySelectorAll('main form')).toHaveLength(2);
  });

  it('leads back to the check when there is nothing to ask about', async () => {
    const visitor = door.visitor();
    await checkPage(visitor);
    expect(pathOf(await visitor.open('/projet/deja-envoye'))).toBe('/projet/verification');
    expect(pathOf(await door.visitor().open('/projet/deja-envoye'))).toBe('/projet/besoins');
  });
});

describe('sending at the same instant', () => {
  it('twenty times makes one project, and twenty receipts', async () => {
    const visitor = door.visitor();
    const page = await checkPage(visitor);
    const receipts = await Promise.all(Array.from({ length: 20 }, () => visitor.send(page, {})));
    expect(receipts.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(receipts.map((receipt) => pathOf(receipt).slice(0, 7)))).toEqual(new Set(['/suivi/']));
    expect(await all()).toHaveLength(1);
    expect(await desk.parts.referrals.ofProject((await newest()).id)).toHaveLength(1);
  });

  it('on two devices that share a draft makes one project', async () => {
    const phone = door.visitor();
    await checkPage(phone);
    await phone.send(await phone.open('/projet/plus-tard'), { email: 'camille@example.org' });
    const draft = await desk.parts.drafts.model.findOne({ lastProject: null }).lean<{ _id: string }>();
    const secret = await desk.parts.links.create({ purpose: 'resume', draft: draft?._id ?? '' }, desk.clock.now);
    const desktop = door.visitor();
    const resumed = await desktop.open(`/reprendre/${secret}`);
    const opened = pathOf(resumed).startsWith('/reprendre/') ? await desktop.send(resumed, {}) : resumed;
    expect(pathOf(opened)).toBe('/projet/verification');
    const check = await phone.open('/projet/verification');
    const receipts = await Promise.all([phone.send(check, {}), desktop.send(opened, {})]);
    expect(receipts.map((page) => pathOf(page).slice(0, 7))).toEqual(['/suivi/', '/suivi/']);
    expect(await all()).toHaveLength(1);
  });

  it('and then reloaded, or sent again by going back, shows the same receipt', async () => {
    const visitor = door.visitor();
    const page = await checkPage(visitor);
    const receipt = await visitor.send(page, {});
    const again = await visitor.send(page, {});
    const { reference } = await newest();
    expect(receipt.text).toContain(reference);
    expect(again.text).toContain(reference);
    expect(await all()).toHaveLength(1);
  });
});
