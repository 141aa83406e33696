import { paths } from '../../../src/paths.js';
import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Page } from '../../support/visit.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const THURSDAY = new Date('2026-11-26T09:30:00+01:00');
const anne = staffMember('anne');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

let visitors = 0;
const sends = async (language: 'fr' | 'en' = 'fr') => {
  visitors += 1;
  const visitor = `holder-${visitors}`;
  await desk.services.saveDraft(visitor, {}, language);
  const submission = aSubmission({ language });
  const { project, token } = await desk.services.submitProject({ visitor, submission });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0];
  return { id: project.id, token, page: `/suivi/${token}`, referral: referral?.id ?? '' };
};
const linksOf = (page: Page): string[] =>
  page.html.querySelectorAll('.own-acts a').map((link) => link.getAttribute('href')?.split('/')[3] ?? '');
const contact = { name: 'Camille R.', email: 'camille@example.org', phone: '06 39 98 12 34' };

it('offers what makes sense: nobody called only once the date is past', async () => {
  const { page } = await sends();
  const visitor = door.visitor();
  expect(linksOf(await visitor.open(page))).toEqual(['message', 'coordonnees', 'mes-donnees', 'retirer', 'effacer']);
  desk.clock.now = THURSDAY;
  expect(linksOf(await visitor.open(page))[0]).toBe('personne-n-a-appele');
});

it('every act in French: its page, its answer, its line in the story', async () => {
  const { page, referral } = await sends();
  const visitor = door.visitor();
  const empty = await visitor.send(await visitor.open(`${page}/message`), { text: ' ' });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Écrivez votre message.')]);
  const long = await visitor.send(await visitor.open(`${page}/message`), { text: 'é'.repeat(2001) });
  expect(long.html.querySelector('textarea')?.textContent.trim()).toBe('é'.repeat(2001));

  const written = await visitor.send(await visitor.open(`${page}/message`), { text: '<b>Un</b> détail' });
  expect(written.url).toContain('?fait=message');
  expect(written.text).toContain('Votre message est ajouté.');
  expect(written.html.querySelector('.as-written')?.textContent).toBe('<b>Un</b> détail');

  const wrong = await visitor.send(await visitor.open(`${page}/coordonnees`), { ...contact, email: 'nulle part' });
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('Vérifiez l’adresse e-mail')]);
  const right = await visitor.send(await visitor.open(`${page}/coordonnees`), { ...contact, name: 'Camille Roux' });
  expect(right.text).toContain('Vos coordonnées sont à jour.');

  await desk.services.takeReferral({ id: referral, version: 1, by: anne });
  const said = await visitor.send(await visitor.open(`${page}/personne-n-a-appele`), {});
  expect(said.text).toContain('C’est noté.');
  expect(linksOf(said)).not.toContain('personne-n-a-appele');

  await desk.services.closeReferral(
    { id: referral, version: 2, by: anne },
    { outcome: 'helped', help: 'advice', words: null },
  );
  const unsaid = await visitor.send(await visitor.open(`${page}/avis`), {});
  expect(unsaid.status).toBe(422);
  // Each says what it asks: read one after the other, two that are alike tell nothing.
  expect(unsaid.html.querySelectorAll('.error-summary a').map((link) => link.text)).toEqual([
    'Dites si une personne a pris contact avec vous.',
    'Dites si cet accompagnement a été utile.',
  ]);
  const thanked = await visitor.send(await visitor.open(`${page}/avis`), { calledBack: 'yes', useful: 'partly' });
  expect(thanked.text).toContain('Merci.');
  const again = await visitor.open(`${page}/avis`);
  expect(again.html.querySelector('#useful-partly')?.hasAttribute('checked')).toBe(true);
  expect(thanked.text).toContain('Vous avez ajouté un message.');
});

it('speaks the language of the project, unless another one is chosen', async () => {
  const { page } = await sends('en');
  const visitor = door.visitor();
  const english = await visitor.open(page);
  expect(english.html.querySelector('html')?.getAttribute('lang')).toBe('en');
  expect(english.text).toContain('Somebody will call you before Wednesday 25 November');
  expect(english.text).toContain('You sent your project.');
  expect((await visitor.open(`${page}/retirer`)).text).toContain('Withdraw your project');
  expect((await visitor.open(`${page}?lang=fr`)).text).toContain('Ce que vous pouvez faire ici');
});

it('withdrawing asks why, says what happens, and is done once', async () => {
  const { page } = await sends();
  const visitor = door.visitor();
  const form = await visitor.open(`${page}/retirer`);
  expect(form.text).toContain('vous ne pouvez pas revenir en arrière');
  expect((await visitor.send(form, {})).status).toBe(422);
  const done = await visitor.send(form, { reason: 'solved' });
  expect(done.text).toContain('Vous avez retiré votre projet.');
  expect((await visitor.send(form, { reason: 'solved' })).status).toBe(200);
  expect(linksOf(done)).toEqual(['mes-donnees', 'effacer']);
});

it('everything can be seen, and downloaded as a file', async () => {
  const { page, token } = await sends();
  const visitor = door.visitor();
  await desk.services.addMessage(token, 'Un détail');
  const seen = await visitor.open(`${page}/mes-donnees`);
  for (const words of ['Camille R.', 'camille@example.org', 'Un détail', 'Coutellerie du Pont'])
    expect(seen.text).toContain(words);
  const file = await fetch(`${door.base}${page}/mes-donnees.json`);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=projet-.*\.json$/);
  expect(await file.json()).toMatchObject({ contact, messages: [{ text: 'Un détail' }] });
});

it('erasing shows a calm page, also the second time and from the old link', async () => {
  const { page } = await sends();
  const visitor = door.visitor();
  const form = await visitor.open(`${page}/effacer`);
  expect(form.text).toContain('effacés tout de suite');
  for (const erased of [await visitor.send(form, {}), await visitor.send(form, {}), await visitor.open(page)]) {
    expect([erased.status, new URL(erased.url).pathname]).toEqual([200, '/donnees-effacees']);
    expect(erased.text).toContain('Vos données sont effacées');
  }
  expect((await visitor.open(`${page}/mes-donnees`)).text).not.toContain('Camille');
});

it('a lost link gets the same answer, in the same time, with or without a project', async () => {
  await sends();
  const visitor = door.visitor();
  const ask = async (email: string) => {
    const form = await visitor.open('/lien-perdu');
    const from = performance.now();
    const { status, url, text } = await visitor.send(form, { email });
    expect(performance.now() - from).toBeGreaterThan(390);
    return { status, url, text };
  };
  const known = await ask('camille@example.org');
  expect(known.text).toContain('Si un projet a été envoyé avec cette adresse');
  expect(await ask('nobody@example.org')).toEqual(known);
  expect((await visitor.send(await visitor.open('/lien-perdu'), { email: 'x' })).status).toBe(422);
});

it('a link that leads nowhere says what to do', async () => {
  const page = await door.visitor().open('/suivi/nothing');
  expect([page.status, page.text]).toEqual([404, expect.stringContaining('Lien de suivi perdu')]);
  expect(page.html.querySelector('main a.button')?.getAttribute('href')).toBe(paths.lostLink());
});
