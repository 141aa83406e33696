import { addBusinessDays } from '../../src/domain/calendar/businessTime.js';
import { TooMany } from '../../src/errors.js';
import { aSubmission } from '../support/aSubmission.js';
import { addStaff } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ at: MONDAY, mailbox: true, limits: true });
  await addStaff(desk);
});
beforeEach(() => {
  desk.clock.now = MONDAY;
});
afterAll(() => desk.stop());

it('reminds one address of two questionnaires a day, however many were begun in its name', async () => {
  const begin = (email: string, visitor: string) => {
    const contact = { name: 'Camille R.', email, phone: null, when: [], consent: 'yes' as const };
    return desk.services.saveDraft(visitor, { contact }, 'fr');
  };
  for (let i = 0; i < 6; i += 1) await begin(`camille+${i}@example.org`, `flood-${i}`);
  await begin('other@example.org', 'other');
  desk.clock.now = addBusinessDays(MONDAY, 1);
  for (const id of await desk.parts.deliveries.due(desk.clock.now)) await desk.services.sendDelivery(id);
  const sent = desk.mailbox?.messages().map(({ to }) => to[0]?.address ?? '') ?? [];
  expect(sent.filter((address) => address.startsWith('camille+'))).toHaveLength(2);
  expect(sent.filter((address) => address === 'other@example.org')).toHaveLength(1);
});

it('lets a holder correct things a few times an hour, so that the advisor is not flooded', async () => {
  const { project, token } = await desk.services.submitProject({ visitor: 'holder', submission: aSubmission() });
  const correct = (name: string) =>
    desk.services.correctContact(token, { name, email: 'camille@example.org', phone: null, when: [] });
  for (let i = 0; i < 10; i += 1) await correct(`Camille ${i}`);
  await expect(correct('Camille 10')).rejects.toThrow(TooMany);
  const owed = (await desk.parts.deliveries.ofProject(project.id)).filter(({ email }) => email === 'advisor-message');
  expect(owed).toHaveLength(10);
  expect((await desk.parts.projects.byId(project.id))?.contact.name).toBe('Camille 9');
});
