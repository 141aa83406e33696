import { arrivals } from '../../support/arrivals.js';
import { addStaff, type Door, openDoor, staffMember } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';
import type { Visitor } from '../../support/visit.js';

const MONDAY = new Date('2024-11-25T09:30:00+01:00');

let desk: Desk;
let door: Door;
let arrive: ReturnType<typeof arrivals>;
let anne: Visitor;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
  arrive = arrivals(desk);
  anne = await door.signedIn('anne');
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

const refuses = (project: string) =>
  desk.parts.projects.model.updateOne(
    { _id: project },
    { $set: { mailRefused: { at: MONDAY, because: '550 No such user' } } },
  );

it('an advisor writes from the sheet; the holder reads it on the own page, and answers there', async () => {
  const { id, token } = await arrive.arrives();
  const sheet = await anne.open(`/dossiers/${id}`);
  const link = sheet.html.querySelectorAll('main a').find((one) => one.textContent === 'Écrire à la personne');
  const form = await anne.open(link?.getAttribute('href') ?? '');
  expect(form.text).toContain('Votre message part par e-mail.');

  const empty = await anne.send(form, { words: '  ' });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Écrivez votre message.')]);
  const done = await anne.send(form, { words: 'Un <b>webinaire</b> a lieu jeudi.' });
  expect(new URL(done.url).search).toBe('?fait=ecrit');
  expect(done.text).toContain('Message envoyé à la personne.');
  expect(done.text).toContain('Message envoyé à la personne par Anne D.');
  expect(done.text).toContain('Un <b>webinaire</b> a lieu jeudi.');

  for (const [language, title] of [
    ['fr', 'Ce que notre partenaire vous écrit'],
    ['en', 'What our partner writes to you'],
  ]) {
    const own = await door.visitor().open(`/suivi/${token}?lang=${language}`);
    const heading = own.html.querySelectorAll('h2').find((one) => one.textContent === title);
    expect(heading?.nextElementSibling?.nextElementSibling?.textContent).toBe('Un <b>webinaire</b> a lieu jeudi.');
  }
});

it('what is typed is kept for whoever comes too late', async () => {
  const { id } = await arrive.arrives();
  const form = await anne.open(`/dossiers/${id}/ecrire`);
  await arrive.services.takeReferral({ id, version: 1, by: staffMember('bruno') });
  const late = await anne.send(form, { words: 'Un long message à ne pas perdre.' });
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('Bruno P. vient d’agir sur ce projet.')]);
  const again = await anne.open(`/dossiers/${id}/ecrire`);
  expect(again.html.querySelector('textarea')?.textContent.trim()).toBe('Un long message à ne pas perdre.');
});

it('an address that refuses our messages is marked on the sheet, with what to do', async () => {
  const { id, project } = await arrive.arrives();
  expect((await anne.open(`/dossiers/${id}`)).text).not.toContain('Adresse refusée');
  await refuses(project);
  const sheet = await anne.open(`/dossiers/${id}`);
  expect(sheet.html.querySelector('.contact-refused')?.textContent).toContain('Adresse refusée');
  expect(sheet.html.querySelector('.contact-refused')?.textContent).toContain('Appelez la personne');
  expect((await anne.open(`/dossiers/${id}/ecrire`)).text).toContain('Son adresse e-mail ne reçoit pas nos messages');
  expect((await anne.open(`/dossiers/${id}/precision`)).text).toContain('posez-lui la question au téléphone');
});

it('what is written to somebody whom no e-mail reaches is to be said, and stands on the sheet', async () => {
  const { id, project } = await arrive.arrives();
  await refuses(project);
  await arrive.services.writeToHolder({ id, version: 1, by: staffMember('anne') }, { words: 'Le local est libre.' });
  const owed = (await desk.parts.deliveries.ofProject(project)).filter(({ email }) => email === 'holder-message');
  for (const { id: delivery } of owed) await desk.services.sendDelivery(delivery);
  const [line] = (await anne.open(`/dossiers/${id}`)).html.querySelectorAll('.to-call-words');
  expect(line?.textContent).toContain('Le local est libre.');
});
