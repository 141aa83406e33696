import { aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

/** What the holder's own page says of what the desk does, in both languages. */
const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const FRIDAY = new Date('2026-11-27T14:30:00+01:00');
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
  const referral = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
  const seen = async () => ({
    id: referral,
    version: (await desk.parts.referrals.byId(referral))?.version ?? 0,
    by: anne,
  });
  return { page: `/suivi/${token}`, project: project.id, referral, seen };
};
const open = async (page: string, language: 'fr' | 'en') =>
  (await door.visitor().open(`${page}?lang=${language}`)).text;

it('shows the question first, with a form whose answer ends the wait', async () => {
  const { page, referral, seen } = await sends();
  await desk.services.askHolder(await seen(), { question: 'Avez-vous un <local> ?' });
  expect(await open(page, 'en')).toContain('the clock stands still until you answer, or until Monday 7 December');
  const visitor = door.visitor();
  const shown = await visitor.open(page);
  expect(shown.text).toContain('le délai s’arrête jusqu’à votre réponse');
  expect(shown.html.querySelector('#question')?.nextElementSibling?.textContent).toBe('Avez-vous un <local> ?');
  const separate = await visitor.open(`${page}/message`);
  expect(separate.html.querySelector('h1')?.textContent).toBe('Répondre à la question');
  expect(separate.text).toContain('Avez-vous un');

  const empty = await visitor.send(shown, { text: ' ' });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Écrivez votre message.')]);
  const answered = await visitor.send(shown, { text: 'Oui, à Riom.' });
  expect(answered.text).toContain('Votre réponse est envoyée.');
  expect(answered.html.querySelector('#question')).toBeNull();
  expect(answered.text).toContain('Vous nous avez répondu.');
  expect(answered.text).not.toContain('Vous avez ajouté un message.');
  expect((await desk.parts.referrals.byId(referral))?.asked).toBeNull();
});

it('shows the appointment, its place and its calendar file, until it is over or cancelled', async () => {
  const { page, referral, seen } = await sends();
  await desk.services.takeReferral(await seen());
  await desk.services.bookAppointment(await seen(), { at: FRIDAY, minutes: 45, kind: 'visit', place: '3 rue Exemple' });
  const shown = await open(page, 'fr');
  expect(shown).toContain('Vous avez rendez-vous vendredi 27 novembre à 14 h 30.');
  expect(shown).toMatch(/Rencontre sur place, 45 minutes[\s\S]*3 rue Exemple/);
  expect(await open(page, 'en')).toContain('You have an appointment on Friday 27 November, 2:30 pm.');
  const file = await desk.services.ownAppointment(page.split('/')[2] ?? '', 'en');
  expect(file?.text).toContain('DTSTART:20261127T133000Z');
  expect(file?.text).toContain(`UID:${referral}@localhost`);
  expect((await door.visitor().open(`${page}/rendez-vous.ics`)).status).toBe(200);

  desk.clock.now = new Date(FRIDAY.getTime() + 46 * 60_000);
  expect(await open(page, 'fr')).not.toContain('3 rue Exemple');
  desk.clock.now = MONDAY;
  await desk.services.cancelAppointment(await seen());
  expect(await open(page, 'fr')).toContain('Le rendez-vous du vendredi 27 novembre est annulé.');
  expect((await door.visitor().open(`${page}/rendez-vous.ics`)).status).toBe(404);
});

it('says who is in charge after a transfer, who was brought in, and keeps what is not the holder’s', async () => {
  const { page, referral, seen } = await sends();
  const { assignee } = (await desk.parts.referrals.byId(referral)) ?? {};
  await desk.services.transferReferral(await seen(), { to: assignee === 'bruno' ? 'anne' : 'bruno' });
  expect(await open(page, 'fr')).not.toContain('Une autre personne suit votre projet.');
  await desk.services.takeReferral(await seen());
  await desk.services.bringInPartner(await seen(), { partner: 'cci-puy-de-dome' });
  await desk.services.shareMessage(anne, (await seen()).id, { id: `m${visitors}`, text: 'Entre nous.' });
  await desk.services.logCall(await seen(), { result: 'reached', words: 'Elle hésite.' });
  await desk.services.transferReferral(await seen(), { to: 'bruno' });
  const shown = await open(page, 'fr');
  expect(shown).toContain(staffMember('bruno').name);
  expect(shown).toContain('Une autre personne suit votre projet.');
  expect(shown).toMatch(/Ces partenaires aident aussi\s*CCI Puy-de-Dôme/);
  expect(shown).toMatch(/Un autre partenaire vient aider : CCI/);
  expect(shown).not.toMatch(/Entre nous|Elle hésite|Les partenaires ont échangé|essayé de vous appeler/);
  expect(await open(page, 'en')).toContain('These partners help too');
});

it('says why it went to another partner, that it starts again, and that nobody took it in time', async () => {
  const { page, seen, project } = await sends();
  await desk.services.takeReferral(await seen());
  await desk.services.closeReferral(await seen(), { outcome: 'helped', help: 'premises', words: null });
  expect(await open(page, 'fr')).toContain('Vous avez reçu : un local ou un terrain.');
  await desk.services.reopenReferral(await seen(), { reason: 'mistake' });
  expect(await open(page, 'fr')).toContain('Le suivi reprend. Nous l’avions terminé par erreur.');
  await desk.services.rerouteReferral(await seen(), { to: 'cci-puy-de-dome', reason: 'other-place', words: null });
  expect(await open(page, 'fr')).toMatch(
    /confie votre projet à un autre partenaire. Votre commune relève de ce partenaire./,
  );
  expect(await open(page, 'en')).toContain('This partner serves the place of your project.');
  const owed = (await desk.parts.deliveries.ofProject(project)).map(({ email }) => email);
  expect(owed.filter((email) => email === 'holder-rerouted' || email === 'holder-sent-on')).toEqual([
    'holder-rerouted',
  ]);

  desk.clock.now = new Date('2027-01-15T09:30:00+01:00');
  await desk.services.sweep();
  const shown = await open(page, 'fr');
  expect(shown).toContain('ne l’a pas pris à temps, et nous en sommes désolés.');
  expect(shown).not.toContain('Pourquoi la CCI');
  expect(await open(page, 'en')).toContain('We are looking for another partner for your project.');
});
