import { once } from 'node:events';
import type { Server } from 'node:http';
import { CUTLER, fillIn, sendProject } from '../../support/fillIn.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import { visit } from '../../support/visit.js';

/** Friday 4 December 2026, 10:00 in Paris: two business days later is Tuesday 8. */
const FRIDAY = new Date('2026-12-04T09:00:00Z');

let desk: Desk;
let server: Server;
let base: string;

beforeAll(async () => {
  desk = await startDesk({ at: FRIDAY });
  server = desk.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await desk.stop();
});

const pathOf = (page: { url: string }): string => new URL(page.url).pathname;
const fieldError = (page: { html: import('node-html-parser').HTMLElement }, field: string) =>
  page.html.querySelector(`#${field}-error`)?.text;

describe('the home page', () => {
  test('says what happens, names who answers, and sets no cookie', async () => {
    const page = await visit(base).open('/');
    expect(page.text).toContain('Environ 5 minutes');
    expect(page.text).toContain('Clermont Auvergne Métropole');
    expect(page.text).toContain('TILTAM');
    expect((await fetch(base)).headers.getSetCookie()).toEqual([]);
  });
});

describe('a step', () => {
  test('left empty comes back with a summary, a message beside the field, and "Erreur" in its title', async () => {
    const visitor = visit(base);
    const page = await visitor.send(await visitor.open('/projet/besoins'), {});
    expect(page.status).toBe(422);
    expect(page.html.querySelector('title')?.text).toMatch(/^Erreur\s: /);
    const link = page.html.querySelector('.error-summary a');
    expect(link?.getAttribute('href')).toBe('#needs');
    expect(page.html.querySelector('#needs')?.getAttribute('type')).toBe('checkbox');
    expect(fieldError(page, 'needs')).toContain(link?.text);
  });

  test('out of order leads to the first one missing; unknown, to a page that says so', async () => {
    const visitor = visit(base);
    expect(pathOf(await visitor.open('/projet/contact'))).toBe('/projet/besoins');
    expect(pathOf(await visitor.open('/projet/verification'))).toBe('/projet/besoins');
    expect((await visitor.open('/projet/inconnue')).status).toBe(404);
  });

  test('keeps what was typed, as text', async () => {
    const visitor = visit(base);
    const title = '<b>"Un" & deux</b>';
    const answers = { ...CUTLER, projet: { title, summary: 'court' } };
    await expect(fillIn(visitor, answers)).rejects.toThrow('projet');
    const page = await visitor.send(await visitor.open('/projet/projet'), answers.projet);
    expect(page.html.querySelector('#title')?.getAttribute('value')).toBe(title);
    expect(page.html.querySelector('main b')).toBeNull();
    expect(fieldError(page, 'title')).toBeUndefined();
    expect(fieldError(page, 'summary')).toContain('Écrivez une phrase');
  });

  test('asks which commune when several match, and takes the choice', async () => {
    const visitor = visit(base);
    const answers = { ...CUTLER, lieu: { place: 'Clermont' } };
    await expect(fillIn(visitor, answers)).rejects.toThrow('lieu');
    const several = await visitor.send(await visitor.open('/projet/lieu'), answers.lieu);
    expect(several.status).toBe(422);
    expect(several.html.querySelector('#commune')?.getAttribute('value')).toBe('63113');
    const next = await visitor.send(several, { place: 'Clermont', commune: '63113' });
    expect(pathOf(next)).toBe('/projet/activite');
  });

  test('posted without the token of the page is refused calmly', async () => {
    const response = await fetch(`${base}/projet/besoins`, { method: 'POST', body: new URLSearchParams() });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Aller à l’accueil');
  });
});

describe('check your answers', () => {
  test('shows every answer with a link that changes it and comes back', async () => {
    const visitor = visit(base);
    const check = await fillIn(visitor);
    expect(check.text).toContain('Je veux moderniser ma production');
    expect(check.text).toContain('Thiers (Puy-de-Dôme, 63300)');
    const links = check.html.querySelectorAll('.summary-change a').map((link) => link.getAttribute('href'));
    expect(links).toContain('/projet/lieu?modifier=1');
    const place = await visitor.open('/projet/lieu?modifier=1');
    expect(place.html.querySelector('.back-link')?.getAttribute('href')).toBe('/projet/verification');
    expect(place.html.querySelector('#place')?.getAttribute('value')).toBe('Thiers');
    const back = await visitor.send(place, { place: 'Ambert' });
    expect(pathOf(back)).toBe('/projet/verification');
    expect(back.text).toContain('Ambert');
  });

  test('asks again what a change made uncertain, and only that', async () => {
    const visitor = visit(base);
    await fillIn(visitor);
    const reopened = await visitor.send(await visitor.open('/projet/besoins?modifier=1'), {
      needs: ['energy', 'skills'],
    });
    expect(pathOf(reopened)).toBe('/projet/besoin-principal');
    expect(pathOf(await visitor.send(reopened, { mainNeed: 'energy' }))).toBe('/projet/verification');
  });
});

describe('a project sent', () => {
  test('shows the answer first: who has it, and before when somebody calls', async () => {
    const page = await sendProject(visit(base));
    expect(page.html.querySelector('h1')?.text).toContain('Votre projet est entre les mains du Territoire d’industrie');
    expect(page.text).toContain('Une personne vous appelle avant mardi 8 décembre à 18 h');
    expect(page.text).toContain('Pourquoi le Territoire d’industrie');
  });

  test('twice by the same form shows the same project', async () => {
    const visitor = visit(base);
    const check = await fillIn(visitor);
    const reference = (page: { html: import('node-html-parser').HTMLElement }) =>
      page.html.querySelector('.reference strong')?.text;
    const first = await visitor.send(check, {});
    const second = await visitor.send(check, {});
    expect(reference(second)).toBe(reference(first));
    expect(reference(await visitor.open(first.url))).toBe(reference(first));
  });

  test('leaves a fresh questionnaire behind', async () => {
    const visitor = visit(base);
    await sendProject(visitor);
    expect(pathOf(await visitor.open('/projet'))).toBe('/projet/besoins');
  });

  test('is opened by its own link only', async () => {
    const page = await visit(base).open('/suivi/nothing-here');
    expect(page.status).toBe(404);
    expect(page.text).toContain('Ce lien n’ouvre aucun projet');
  });
});

test('a questionnaire begun is offered again, or begun afresh', async () => {
  const visitor = visit(base);
  await visitor.send(await visitor.open('/projet'), { needs: 'water' });
  const offer = await visitor.open('/projet');
  expect(offer.text).toContain('Vous avez commencé un questionnaire');
  expect(offer.html.querySelector('a.button')?.getAttribute('href')).toBe('/projet/avancement');
  expect(pathOf(await visitor.send(offer, {}))).toBe('/projet/besoins');
});

test('an answer sent before its turn leads to the first one missing, and counts when its turn comes', async () => {
  const visitor = visit(base);
  const first = await visitor.open('/projet/besoins');
  const post = (slug: string) => {
    first.html.querySelector('main form')?.setAttribute('action', `/projet/${slug}`);
    return visitor.send(first, CUTLER[slug] ?? {});
  };
  expect(pathOf(await post('avancement'))).toBe('/projet/besoins');
  expect(pathOf(await post('contact'))).toBe('/projet/besoins');
  expect(pathOf(await post('besoins'))).toBe('/projet/besoin-principal');
  expect(pathOf(await post('besoin-principal'))).toBe('/projet/avancement');
  const stage = (await visitor.open('/projet/avancement')).html.querySelector('input[checked]');
  expect(stage?.getAttribute('value')).toBe('industrialisation');
  const kept = await desk.parts.drafts.model.findOne({ 'answers.avancement.stage': 'industrialisation' }).lean();
  expect(kept?.answers).not.toHaveProperty('contact');
});

test('the commune already chosen is told from its homonyms, and stays chosen', async () => {
  const visitor = visit(base);
  const answers = { ...CUTLER, lieu: { place: '43100 Beaumont' } };
  await fillIn(visitor, answers);
  const place = await visitor.open('/projet/lieu?modifier=1');
  expect(place.html.querySelector('#place-chosen')?.text.replaceAll('\u00a0', ' ')).toBe(
    'Choisie : Beaumont (Haute-Loire, 43100)',
  );
  expect(place.html.querySelector('#place')?.getAttribute('aria-describedby')).toContain('place-chosen');
  expect((await visitor.send(place, { place: 'Beaumont' })).text).toContain('Beaumont (Haute-Loire, 43100)');
  const fresh = await visitor.send(place, { place: 'Thiers' });
  expect(fresh.text).toContain('Thiers (Puy-de-Dôme, 63300)');
});

test('the summary names answers that make no sense away from their question', async () => {
  const check = await fillIn(visit(base), { ...CUTLER, activite: { sector: 'other', otherSector: 'Horlogerie' } });
  const questions = check.html.querySelectorAll('.summary-row dt').map((question) => question.text.trim());
  expect(questions).toEqual(expect.arrayContaining(['Titre du projet', 'Description', 'Activité, avec vos mots']));
  expect(check.text).not.toContain('Donnez un titre à votre projet');
});

test('later: says whether anything is kept', async () => {
  const visitor = visit(base);
  const empty = await visitor.open('/projet/plus-tard');
  expect(empty.html.querySelector('h1')?.text).toBe('Vous n’avez encore rien enregistré');
  expect(empty.html.querySelector('title')?.text).toContain('Vous n’avez encore rien enregistré');
  await visitor.send(await visitor.open('/projet'), { needs: 'water' });
  expect((await visitor.open('/projet/plus-tard')).html.querySelector('h1')?.text).toBe('Vos réponses sont gardées');
});

test('communes are suggested while typing, ours first', async () => {
  const found = (await (await fetch(`${base}/communes?q=clermont`)).json()) as object[];
  expect(found[0]).toEqual({ code: '63113', name: 'Clermont-Ferrand', detail: 'Puy-de-Dôme, 63000, 63100' });
  expect(await (await fetch(`${base}/communes?q[]=x&q=`)).json()).toEqual([]);
});

test.each(['/donnees-personnelles', '/accessibilite', '/projet/plus-tard'])('%s opens', async (path) => {
  expect((await visit(base).open(path)).status).toBe(200);
});
