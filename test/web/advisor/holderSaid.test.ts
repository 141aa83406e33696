import { anUndecidedSubmission, aSubmission } from '../../support/aSubmission.js';
import { addStaff, type Door, openDoor } from '../../support/staff.js';
import { type Desk, startDesk } from '../../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
let door: Door;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
});

let visitors = 0;
const sends = async (submission = aSubmission()) => {
  visitors += 1;
  const visitor = `holder-${visitors}`;
  await desk.services.saveDraft(visitor, {}, 'fr');
  const { project, token } = await desk.services.submitProject({ visitor, submission });
  const referral = (await desk.parts.referrals.ofProject(project.id))[0]?.id ?? '';
  return { id: project.id, token, sheet: `/dossiers/${referral}` };
};

it('the sheet says when to call, in which language, and shows messages as written', async () => {
  const contact = { ...aSubmission().contact, when: ['morning' as const], phone: '+44 20 7946 0018' };
  const { token, sheet } = await sends(
    aSubmission({ language: 'en', siret: '73282932000074', link: 'https://example.org/projet', contact }),
  );
  desk.clock.now = new Date('2026-11-23T10:30:00+01:00');
  await desk.services.addMessage(token, '<i>Le</i> devis est prêt');
  const anne = await door.signedIn('anne');
  const page = await anne.open(sheet);
  for (const words of ['À joindre le matin', 'a répondu en anglais', 'SIRET 73282932000074', '<i>Le</i> devis'])
    expect(page.text).toContain(words);
  expect(page.html.querySelector('a[href="https://example.org/projet"]')?.getAttribute('rel')).toBe(
    'noopener noreferrer',
  );
  expect(page.html.querySelector('a[href="tel:+442079460018"]')).not.toBeNull();
  expect((await anne.open('/dossiers')).text).toContain('message de la personne');
});

it('a link that no browser should open stays a text', async () => {
  const { sheet } = await sends(aSubmission({ link: 'javascript:alert(1)' }));
  const page = await (await door.signedIn('anne')).open(sheet);
  expect(page.status).toBe(200);
  expect(page.html.querySelector('a[href^="javascript"]')).toBeNull();
});

it('an erased project names nobody on the pages of staff', async () => {
  const routed = await sends();
  const undecided = await sends(anUndecidedSubmission());
  for (const { token } of [routed, undecided]) await desk.services.eraseProject(token);
  const anne = await door.signedIn('anne');
  const marie = await door.signedIn('marie');
  const pages = [
    await anne.open(routed.sheet),
    await anne.open('/dossiers?panier=clotures'),
    await marie.open(`/pilotage/projets/${routed.id}`),
    await marie.open(`/pilotage/projets/${undecided.id}`),
  ];
  for (const page of pages) {
    expect(page.status).toBe(200);
    expect(page.text).toContain('Données effacées');
    expect(page.text).not.toContain('Camille');
  }
  expect(pages[0]?.text).toContain('Il n’y a plus personne à contacter.');
  expect((await marie.open(`/pilotage/projets/${undecided.id}/envoyer`)).text).not.toContain('Camille');
});
